"""The one inbox: who takes what waits, and what becomes of it."""

from datetime import timedelta

import pytest
from tests.cases.make import make_case, make_city

from hark311.cases.models import Case
from hark311.cases.queries import staff_inbox
from hark311.contacts.actions import Touch, add_message, open_interaction
from hark311.contacts.drafts import forget_drafts
from hark311.contacts.models import Draft, Interaction, Message
from hark311.domain.actor import Role
from hark311.domain.vocabulary import Channel, InteractionKind
from hark311.platform import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(city, signed_in):
    return signed_in(city, role=Role.AGENT)


def _draft(city, **content: object) -> Draft:
    now = clock.now()
    touch = Touch(
        jurisdiction_id=city.jurisdiction.pk,
        channel=Channel.FAX,
        kind=InteractionKind.REQUEST,
        language="en",
        at=now,
    )
    return Draft.objects.create(
        interaction=open_interaction(touch).interaction,
        content={"description": "Light out. Call 212 555 0123", **content},
        created_at=now,
    )


def test_a_draft_is_claimed_and_becomes_the_case_of_its_own_touch(city, client):
    draft = _draft(city, service_code="pothole", address_text="9 Oak Street")

    claimed = client.post(f"/staff/inbox/drafts/{draft.pk}/claim")
    answer = client.post(claimed.url, {**_typed(client, claimed.url), "step": "take"})

    case = Case.objects.get()
    draft.refresh_from_db()
    assert answer.url == f"/staff/desk/{draft.pk}/done"
    assert (draft.state, draft.content) == ("confirmed", {})
    assert (case.channel, case.address) == ("fax", "9 Oak Street")
    assert case.interaction_id == draft.interaction_id
    assert Interaction.objects.get().case_number == case.number


def test_the_same_draft_confirmed_twice_is_one_case(city, client):
    draft = _draft(city, service_code="pothole", address_text="9 Oak Street")
    claimed = client.post(f"/staff/inbox/drafts/{draft.pk}/claim")
    form = {**_typed(client, claimed.url), "step": "take"}

    first, second = client.post(claimed.url, form), client.post(claimed.url, form)

    assert first.url == second.url
    assert Case.objects.count() == 1


def _typed(client, url) -> dict[str, object]:
    form = client.get(url).context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() is not None}


def test_the_inbox_masks_what_a_draft_says(city, client):
    _draft(city)

    text = client.get("/staff/inbox").content.decode()

    assert "Light out. Call ●●●" in text


def test_two_agents_do_not_work_on_the_same_draft(city, client, signed_in):
    draft = _draft(city)
    client.post(f"/staff/inbox/drafts/{draft.pk}/claim")
    other = signed_in(city, role=Role.AGENT)

    assert other.post(f"/staff/inbox/drafts/{draft.pk}/claim").status_code == 409
    assert other.post(f"/staff/desk/{draft.pk}", {"step": "take"}).status_code == 409
    assert other.get(f"/staff/desk/{draft.pk}").url == f"/staff/inbox/drafts/{draft.pk}"
    assert "A colleague works on it." in other.get(f"/staff/inbox/drafts/{draft.pk}").text
    assert not Case.objects.exists()


def test_a_claim_ends_by_itself_after_half_an_hour(city, client, signed_in, frozen_clock):
    draft = _draft(city)
    client.post(f"/staff/inbox/drafts/{draft.pk}/claim")
    other = signed_in(city, role=Role.AGENT)

    frozen_clock.move_by(timedelta(minutes=29))
    early = other.post(f"/staff/inbox/drafts/{draft.pk}/claim")
    frozen_clock.move_by(timedelta(minutes=2))
    late = other.post(f"/staff/inbox/drafts/{draft.pk}/claim")

    assert (early.status_code, late.status_code) == (409, 302)
    assert client.post(f"/staff/inbox/drafts/{draft.pk}/release").status_code == 409


def test_a_draft_is_given_back_or_put_away_with_the_reason(city, client):
    draft = _draft(city)
    client.post(f"/staff/inbox/drafts/{draft.pk}/claim")
    client.post(f"/staff/inbox/drafts/{draft.pk}/release")
    draft.refresh_from_db()
    assert (draft.state, draft.claimed_by_id) == ("open", None)

    client.post(f"/staff/inbox/drafts/{draft.pk}/discard", {"reason": "spam"})
    draft.refresh_from_db()
    assert (draft.state, draft.reason) == ("discarded", "spam")
    assert draft.interaction.outcome == "discarded_spam"
    assert client.get(f"/staff/inbox/drafts/{draft.pk}").status_code == 404


def test_what_a_draft_said_is_forgotten_thirty_days_after_it_was_put_away(
    city, client, frozen_clock
):
    draft = _draft(city)
    client.post(f"/staff/inbox/drafts/{draft.pk}/discard", {"reason": "spam"})

    frozen_clock.move_by(timedelta(days=29))
    assert forget_drafts() == 0
    frozen_clock.move_by(timedelta(days=2))
    assert forget_drafts() == 1

    draft.refresh_from_db()
    assert draft.content == {}


def test_a_draft_of_another_city_is_absent(city, client):
    draft = _draft(make_city("elsewhere"))

    assert client.get(f"/staff/inbox/drafts/{draft.pk}").status_code == 404
    assert client.post(f"/staff/inbox/drafts/{draft.pk}/claim").status_code == 404


def _message(city, case_number: str = "") -> Message:
    now = clock.now()
    touch = Touch(
        jurisdiction_id=city.jurisdiction.pk,
        channel=Channel.EMAIL,
        kind=InteractionKind.REQUEST,
        language="en",
        at=now,
    )
    interaction = open_interaction(touch).interaction
    Interaction.objects.filter(pk=interaction.pk).update(case_number=case_number)
    return add_message(interaction, "Any news?", at=now)


def test_a_message_is_taken_and_seen_to(city, client, signed_in):
    message = _message(city, make_case(city).number)
    other = signed_in(city, role=Role.AGENT)

    client.post(f"/staff/inbox/messages/{message.pk}/claim")
    shown = client.get("/staff/inbox").text
    refused = other.post(f"/staff/inbox/messages/{message.pk}")
    client.post(f"/staff/inbox/messages/{message.pk}")

    message.refresh_from_db()
    assert "Any news?" in shown
    assert refused.status_code == 409
    assert message.handled_by_id == int(client.session["_auth_user_id"])
    assert "Any news?" not in client.get("/staff/inbox").text


def test_a_message_is_put_with_the_case_it_is_about(city, client):
    case, message = make_case(city), _message(city)

    client.post(f"/staff/inbox/messages/{message.pk}/attach", {"number": "99"})
    unknown = Interaction.objects.get(pk=message.interaction_id).case_number
    client.post(f"/staff/inbox/messages/{message.pk}/attach", {"number": case.number})

    assert unknown == ""
    assert Interaction.objects.get(pk=message.interaction_id).case_number == case.number
    assert f"/staff/incidents/{case.incident_id}/ask" in client.get("/staff/inbox").text


def test_a_message_is_never_put_with_a_case_that_the_agent_may_not_know_of(city, client):
    case, message = make_case(city, service="wellbeing"), _message(city)

    client.post(f"/staff/inbox/messages/{message.pk}/attach", {"number": case.number})

    assert Interaction.objects.get(pk=message.interaction_id).case_number == ""


def test_the_inbox_is_narrowed_and_paged_oldest_first(city, client, frozen_clock, monkeypatch):
    monkeypatch.setattr(staff_inbox, "PAGE_SIZE", 2)
    for _each in range(2):
        _draft(city)
        frozen_clock.move_by(timedelta(minutes=1))
        _message(city)
        frozen_clock.move_by(timedelta(minutes=1))

    first = client.get("/staff/inbox").context["page"]
    second = client.get("/staff/inbox?page=2").context["page"]
    faxes = client.get("/staff/inbox?channel=fax").context["page"]
    none = client.get("/staff/inbox?language=es")

    kinds = [row.kind for row in (*first.rows, *second.rows)]
    assert kinds == ["draft", "message", "draft", "message"]
    assert (first.has_more, second.has_more) == (True, False)
    assert {row.kind for row in faxes.rows} == {"draft"}
    assert "Nothing like this waits." in none.text


def test_the_way_to_the_inbox_says_how_much_waits(city, client, signed_in):
    _draft(city)
    _message(city)
    _message(city, make_case(city, service="wellbeing").number)

    assert '<span class="count">2</span>' in client.get("/staff/search").text
    assert (
        "count" not in signed_in(city, role=Role.CREW).get("/staff/search").text.split("</nav>")[0]
    )


def test_the_inbox_costs_the_same_however_much_waits(city, client, django_assert_max_num_queries):
    _draft(city)
    client.get("/staff/inbox")
    for _each in range(6):
        _draft(city)
        _message(city, make_case(city).number)

    with django_assert_max_num_queries(9):
        client.get("/staff/inbox")


def test_a_message_about_a_sensitive_case_is_absent_outside_its_queue(city, client):
    message = _message(city, make_case(city, service="wellbeing").number)

    assert "Any news?" not in client.get("/staff/inbox").content.decode()
    assert client.post(f"/staff/inbox/messages/{message.pk}").status_code == 404
