"""The list that staff work from: order, marks, filters, paging, and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cases.make import NORTH, make_case, make_city, make_incident, staff_actor, the_system

from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.assign_incident import assign_incident
from hark311.cases.actions.merge_incidents import merge_incidents
from hark311.console.queue import filters
from hark311.domain.lifecycle import State
from hark311.government.models import Account
from hark311.platform import clock

pytestmark = pytest.mark.django_db


def _ids(response) -> list[int]:
    return [row.incident_id for row in response.context["page"].rows]


def test_the_earliest_due_comes_first_and_what_has_no_clock_last(city, signed_in):
    now = clock.now()
    young = make_case(city, opened_at=now)
    old = make_case(city, opened_at=now - timedelta(days=4))
    asked = make_case(city, opened_at=now - timedelta(days=3))
    ask_reporter(asked.pk, "Which side?", actor=the_system(city))

    page = signed_in(city).get("/staff/queues/streets")

    assert _ids(page) == [old.incident_id, young.incident_id, asked.incident_id]


def test_late_is_said_in_words_and_by_a_shape(city, signed_in, frozen_clock):
    make_incident(city)
    frozen_clock.move_by(timedelta(days=3))

    text = signed_in(city).get("/staff/queues").content.decode()

    assert "Late 2 days" in text
    assert "M12 3.8 21.2 20" in text


def test_soon_late_is_marked_once_its_clock_has_warned(city, signed_in, frozen_clock):
    incident = make_incident(city)
    frozen_clock.move_by(timedelta(hours=7))

    page = signed_in(city).get("/staff/queues?due=soon")

    assert _ids(page) == [incident.pk]
    assert "(soon)" in page.content.decode()


def test_a_row_says_how_often_people_asked_again(city, signed_in):
    make_incident(city, cases=4)

    assert "asked again 3 times" in signed_in(city).get("/staff/queues").content.decode()


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        pytest.param("state=acknowledged", ["seen"], id="state"),
        pytest.param("state=closed", ["closed"], id="closed"),
        pytest.param("area=ward:north", ["north"], id="area"),
        pytest.param("with=me", ["mine"], id="mine"),
        pytest.param(
            "state=nonsense&after=-4&service=x&due=ever&with=x",
            ["seen", "north", "mine"],
            id="nonsense",
        ),
    ],
)
def test_filters_narrow_the_list(city, signed_in, query, wanted):
    client = signed_in(city)
    mine = make_incident(city)
    me = Account.objects.get(pk=int(client.session["_auth_user_id"]))
    assign_incident(mine.pk, me.pk, actor=staff_actor(city))
    made = {
        "seen": make_incident(city, state=State.ACKNOWLEDGED).pk,
        "closed": make_incident(city, state=State.CLOSED).pk,
        "north": make_incident(city, point=NORTH).pk,
        "mine": mine.pk,
    }

    page = client.get(f"/staff/queues?{query}")

    assert set(_ids(page)) == {made[name] for name in wanted}


def test_what_was_joined_away_is_in_no_list(city, signed_in):
    source, target = make_incident(city), make_incident(city)
    merge_incidents(source.pk, target.pk, actor=the_system(city))

    assert _ids(signed_in(city).get("/staff/queues")) == [target.pk]


def test_only_own_queues_are_listed(city, signed_in):
    make_incident(city, service="graffiti")
    make_case(city, service="wellbeing")
    make_incident(make_city("elsewhere"))
    client = signed_in(city)

    assert _ids(client.get("/staff/queues")) == []
    assert client.get("/staff/queues/parks").status_code == 404
    assert client.get("/staff/queues/care").status_code == 404


def test_a_long_list_has_pages(city, signed_in, monkeypatch):
    monkeypatch.setattr(filters, "PAGE_SIZE", 2)
    made = [make_incident(city).pk for _each in range(3)]
    client = signed_in(city)

    first = client.get("/staff/queues")
    second = client.get(f"/staff/queues?after={first.context['page'].after}")
    again = client.get(f"/staff/queues?before={second.context['page'].before}")

    assert _ids(first) + _ids(second) == made
    assert _ids(again) == _ids(first)
    assert (first.context["page"].before, second.context["page"].after) == ("", "")
    assert 'rel="next"' in first.content.decode()
    assert 'rel="next"' not in second.content.decode()


def test_a_list_costs_the_same_however_long_it_is(city, signed_in):
    client = signed_in(city)
    make_incident(city)
    client.get("/staff/queues")
    with CaptureQueriesContext(connection) as short:
        client.get("/staff/queues")
    for _each in range(5):
        make_incident(city, cases=2)
    with CaptureQueriesContext(connection) as long:
        client.get("/staff/queues")

    assert len(long) == len(short) == 11, [one["sql"][:120] for one in long]


def test_pages_speak_spanish(city, signed_in):
    make_incident(city)

    text = signed_in(city).get("/es/staff/queues").content.decode()

    assert '<html lang="es"' in text
    assert "Mis colas" in text


@pytest.mark.parametrize("page", ["9" * 5000, "00", "٠", "-1", "two"])
def test_a_page_that_is_none_answers_with_one_that_is(city, signed_in, page):
    client = signed_in(city)

    assert (
        client.get(
            "/staff/queues",
            {"after": page, "before": page, "service": "9" * 5000, "with": "9" * 5000},
        ).status_code
        == 200
    )
    assert client.get("/staff/routing", {"last": "9" * 5000}).status_code == 200
