"""What narrows a list, and that pages neither skip nor repeat."""

from datetime import timedelta

import pytest
from tests.cases.make import (
    FIXED,
    cases_of,
    make_case,
    make_incident,
    resident_actor,
    staff_actor,
    the_system,
)

from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.request_dispute import request_dispute
from hark311.cases.actions.set_severity import set_severity
from hark311.cases.models import Incident
from hark311.cases.queries import worklist
from hark311.console.queue import filters
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import Severity
from hark311.platform import clock

pytestmark = pytest.mark.django_db


def _ids(page) -> list[int]:
    return [row.incident_id for row in page.context["page"].rows]


@pytest.fixture
def made(city) -> dict[str, int]:
    now = clock.now()
    disputed = make_incident(city, state=State.CLOSED)
    case = cases_of(disputed)[0]
    request_dispute(case.pk, "It is still there.", actor=resident_actor(case))
    urgent = make_incident(city)
    set_severity(urgent.pk, Severity.URGENT, actor=staff_actor(city))
    words = make_case(city, description="A trampoline blocks the lane.").incident
    number = make_case(city)
    return {
        "late": make_case(city, opened_at=now - timedelta(days=9)).incident_id,
        "asked": make_incident(city, cases=2).pk,
        "urgent": urgent.pk,
        "words": words.pk,
        "number": number.incident_id,
        "disputed": disputed.pk,
        "typed": number.number,
    }


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        pytest.param("mark=asked", {"asked"}, id="asked again"),
        pytest.param("mark=urgent", {"urgent"}, id="urgent"),
        pytest.param("mark=disputed", {"disputed"}, id="disputed"),
        pytest.param("due=late", {"late"}, id="late"),
        pytest.param("due=week", {"asked", "urgent", "words", "number"}, id="within seven days"),
        pytest.param("due=today", {"asked", "urgent", "words", "number"}, id="today"),
        pytest.param("due=never", set(), id="no clock"),
        pytest.param("words=trampoline", {"words"}, id="a word"),
        pytest.param("words=TRAMPOLINE+-lane", set(), id="without a word"),
        pytest.param("words=elm&mark=urgent", {"urgent"}, id="a street and a mark"),
        pytest.param("words=%00%27%3B--", set(), id="odd words"),
    ],
)
def test_a_filter_shows_what_fits_and_nothing_else(signed_in, city, made, query, wanted):
    page = signed_in(city).get(f"/staff/queues?{query}")

    assert set(_ids(page)) == {made[name] for name in wanted}


def test_a_number_finds_its_incident_with_hyphens_or_without(signed_in, city, made):
    client = signed_in(city)

    assert _ids(client.get("/staff/queues", {"words": made["typed"]})) == [made["number"]]
    plain = made["typed"].replace("-", "")
    assert _ids(client.get("/staff/queues", {"words": plain})) == [made["number"]]


def test_a_common_word_is_found_row_by_row(signed_in, city, made, monkeypatch):
    monkeypatch.setattr(worklist, "COMMON_WORD", 1)

    page = signed_in(city).get("/staff/queues?words=elm")

    assert len(_ids(page)) == 5


def test_closed_ones_are_listed_by_closing_the_last_first(city, signed_in, frozen_clock):
    first, second = make_incident(city), make_incident(city)
    for one in (second, first):
        frozen_clock.move_by(timedelta(hours=1))
        close_incident(one.pk, FIXED, actor=the_system(city))

    assert _ids(signed_in(city).get("/staff/queues?state=closed")) == [first.pk, second.pk]


@pytest.mark.parametrize("query", ["all=1", "state=closed", "words=elm"])
def test_pages_to_and_fro_show_each_row_once(city, signed_in, monkeypatch, query):
    monkeypatch.setattr(filters, "PAGE_SIZE", 3)
    client = signed_in(city)
    for number in range(8):
        incident = make_incident(city)
        if query == "state=closed":
            close_incident(incident.pk, FIXED, actor=the_system(city))
        elif number % 3 == 0:
            Incident.objects.filter(pk=incident.pk).update(due_at=None)
    whole, address = [], f"/staff/queues?{query}"
    pages = []
    while address:
        page = client.get(address)
        pages.append(_ids(page))
        whole += pages[-1]
        after = page.context["page"].after
        address = f"/staff/queues?{query}&after={after}" if after else ""
    back = []
    for _each in range(2):
        page = client.get(f"/staff/queues?{query}&before={page.context['page'].before}")
        back.insert(0, _ids(page))

    assert len(whole) == len(set(whole)) == 8
    assert back == pages[:2]


def test_a_row_worked_off_meanwhile_moves_no_other_past_the_page(city, signed_in, monkeypatch):
    monkeypatch.setattr(filters, "PAGE_SIZE", 2)
    made = [make_incident(city).pk for _each in range(4)]
    client = signed_in(city)
    after = client.get("/staff/queues").context["page"].after
    close_incident(made[0], FIXED, actor=the_system(city))

    assert _ids(client.get(f"/staff/queues?after={after}")) == made[2:]
