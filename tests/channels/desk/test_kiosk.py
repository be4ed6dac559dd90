"""Who walks in takes a ticket, is called, and is served as anybody else is."""

from datetime import timedelta

import pytest
from tests.cases.make import make_account, make_city, staff_actor

from hark311.access.links import LinkKind, token_for
from hark311.contacts.models import Draft, Interaction, Ticket
from hark311.contacts.tickets import call_next, miss_ticket, serve_ticket
from hark311.domain.actor import Role
from hark311.domain.errors import Conflict, NotFound
from hark311.government.models import Account, StaffRole
from hark311.platform import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(frozen_clock):
    return make_city()


@pytest.fixture
def kiosk(client, city):
    token = token_for(LinkKind.KIOSK, city.jurisdiction.pk)
    assert client.get(f"/kiosk/open/{token}").status_code == 302
    return client


def take(kiosk, *, key: str = "a", need: str = "report", **said: str):
    return kiosk.post("/kiosk/need", {"need": need, "key": key, **said})


@pytest.fixture
def agent(city) -> Account:
    account = make_account("Ann")
    StaffRole.objects.create(
        account=account,
        jurisdiction=city.jurisdiction,
        department=city.departments["works"],
        role=Role.AGENT.value,
    )
    return account


def test_a_ticket_is_given_and_says_how_long_it_may_take(kiosk):
    answer = take(kiosk, interpreter="vi")

    page = kiosk.get(answer.url).content.decode()
    assert ">A1<" in page
    assert "About 6 minutes." in page
    assert "Tiếng Việt" in page
    assert Interaction.objects.get().language == "vi"


def test_the_same_press_twice_is_one_ticket(kiosk):
    assert take(kiosk).url == take(kiosk).url
    assert Ticket.objects.count() == 1


def test_without_a_need_nothing_typed_is_lost(kiosk):
    answer = kiosk.post("/kiosk/need", {"key": "a", "interpreter": "es"})

    assert answer.status_code == 422
    assert '<option value="es" lang="es" selected>' in answer.content.decode()


def test_elsewhere_than_at_the_kiosk_no_ticket_is_given(client, city):
    take(client)

    assert Ticket.objects.count() == 0
    assert "Tickets are given at the desk" in client.get("/kiosk").content.decode()


def test_a_link_that_is_not_ours_makes_no_kiosk(client, city):
    assert client.get(f"/kiosk/open/{'0' * 32}").status_code == 404


def test_a_ticket_of_somebody_else_is_not_guessed(kiosk):
    take(kiosk)

    assert kiosk.get(f"/kiosk/ticket/{Ticket.objects.get().pk}-{'0' * 32}").status_code == 404


def test_who_waits_longest_is_called_first_and_once(city, kiosk):
    for key in "abc":
        take(kiosk, key=key)
    first, second = staff_actor(city), staff_actor(city)
    now = clock.now()

    assert call_next("1", actor=first, at=now).place == 1
    assert call_next("2", actor=second, at=now).place == 2
    assert call_next("1", actor=first, at=now).place == 3
    with pytest.raises(NotFound):
        call_next("1", actor=first, at=now)


def test_the_screen_shows_who_is_called_where_and_nobody(city, kiosk):
    take(kiosk)
    take(kiosk, key="b", need="status")
    call_next("Desk 3", actor=staff_actor(city), at=clock.now())

    page = kiosk.get("/kiosk/screen").content.decode()

    assert ">A1<" in page
    assert "Desk 3" in page
    assert ">B2<" in page


def test_the_queue_is_read_with_one_statement(city, kiosk, django_assert_max_num_queries):
    for key in "abcdef":
        take(kiosk, key=key)

    with django_assert_max_num_queries(4):
        kiosk.get("/kiosk/screen")


def test_a_colleagues_ticket_cannot_be_served(city, kiosk):
    take(kiosk)
    ticket = call_next("1", actor=staff_actor(city), at=clock.now())

    with pytest.raises(Conflict):
        serve_ticket(ticket.pk, actor=staff_actor(city), at=clock.now())


def test_who_does_not_come_is_noted(city, kiosk):
    take(kiosk)
    actor = staff_actor(city)
    ticket = call_next("1", actor=actor, at=clock.now())

    miss_ticket(ticket.pk, actor=actor, at=clock.now())

    assert Ticket.objects.get().state == "no_show"
    assert Interaction.objects.get().outcome == "no_show"


def test_an_agent_calls_and_takes_what_they_came_for(city, kiosk, client, agent):
    take(kiosk)
    kiosk.force_login(agent)

    kiosk.post("/staff/tickets/call", {"counter": "2"})
    page = kiosk.get("/staff/tickets").content.decode()
    ticket = Ticket.objects.get()
    answer = kiosk.post(f"/staff/tickets/{ticket.pk}/serve")

    assert "You called" in page
    draft = Draft.objects.get()
    assert answer.url == f"/staff/desk/{draft.pk}"
    assert draft.interaction_id == ticket.interaction_id
    assert draft.interaction.channel == "desk"


def test_another_day_begins_at_one(city, kiosk, frozen_clock):
    take(kiosk)
    frozen_clock.move_by(timedelta(days=1))
    take(kiosk, key="b")

    assert [one.place for one in Ticket.objects.order_by("pk")] == [1, 1]
