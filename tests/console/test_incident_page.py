"""The page of an incident: what it shows, to whom, and what it costs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cases.make import (
    SOUTH,
    cases_of,
    make_case,
    make_incident,
    staff_actor,
    the_system,
)

from hark311.cases.actions.add_note import add_internal_note, add_public_note
from hark311.cases.actions.order_work import order_work
from hark311.cases.actions.wait_incident import wait_incident
from hark311.cases.queries.staff_incident import last_sequence
from hark311.domain.actor import Role
from hark311.domain.lifecycle import State, WaitingFor
from hark311.domain.place import Point
from hark311.domain.vocabulary import Privacy, WorkOrderKind

pytestmark = pytest.mark.django_db


def _page(client, incident, query="") -> str:
    return client.get(f"/staff/incidents/{incident.pk}{query}").content.decode()


def test_an_incident_costs_the_same_however_many_cases_it_has(city, signed_in):
    client = signed_in(city)
    small, large = make_incident(city), make_incident(city, cases=24)
    for turn in range(30):
        add_internal_note(large.pk, f"Note {turn}", actor=staff_actor(city))
    _page(client, small)
    with CaptureQueriesContext(connection) as few:
        _page(client, small)
    with CaptureQueriesContext(connection) as many:
        _page(client, large)

    # The names of colleagues are read where any acted.
    assert (len(few), len(many)) == (33, 34), [one["sql"][:120] for one in many]


def test_a_page_of_120_cases_stays_under_100_kilobytes(city, signed_in):
    incident = make_incident(city, cases=120)

    text = _page(signed_in(city), incident)

    assert len(text.encode()) < 100_000
    assert "120 cases about this" in text


def test_all_cases_are_reached_page_by_page_each_once(city, signed_in):
    incident = make_incident(city, cases=24)
    client, query, seen = signed_in(city), "", []
    while query is not None:
        text = _page(client, incident, query)
        seen += re.findall(r'rowheader"><bdi class="num" dir="ltr">([^<]+)', text)
        more = re.search(r'href="(\?cases=\d+)#cases-h"', text)
        query = more.group(1) if more else None

    assert seen == [case.number for case in cases_of(incident)]


def test_all_that_happened_is_reached_page_by_page_newest_first(city, signed_in):
    incident = make_incident(city)
    for turn in range(60):
        add_internal_note(incident.pk, f"Note {turn}.", actor=the_system(city))
    client, query, seen = signed_in(city), "", []
    while query is not None:
        text = _page(client, incident, query)
        seen += [int(one) for one in re.findall(r'id="event-(\d+)"', text)]
        older = re.search(r'href="(\?before=\d+)#time-h"', text)
        query = older.group(1) if older else None

    assert seen == list(range(61, 0, -1))


def test_the_timeline_shows_its_public_part_alone(city, signed_in):
    incident = make_incident(city)
    add_internal_note(incident.pk, "Careful: dog", actor=staff_actor(city))
    add_public_note(incident.pk, "The crew comes on Tuesday", actor=staff_actor(city))
    client = signed_in(city)

    public, staff = _page(client, incident, "?show=public"), _page(client, incident, "?show=staff")

    assert ("Careful: dog" in public, "crew comes" in public) == (False, True)
    assert ("Careful: dog" in staff, "crew comes" in staff) == (True, False)


def test_the_page_says_what_people_see_now_in_the_words_of_the_public_page(city, signed_in):
    incident = make_incident(city, state=State.ACKNOWLEDGED)
    number = cases_of(incident)[0].number
    client = signed_in(city)
    phrase = re.compile(r"<dt>(What happens next|By when)</dt><dd>(?:<bdi>)?([^<]+)")

    public = phrase.findall(client.get(f"/track/{number}").content.decode())

    assert len(public) == 2
    assert public == phrase.findall(_page(client, incident))


def test_the_page_says_that_a_private_case_is_seen_by_its_reporter_alone(city, signed_in):
    case = make_case(city, privacy=Privacy.PRIVATE)

    text = _page(signed_in(city), case.incident)

    assert "Only its reporter sees this: it is not public." in text
    assert "Open the public page" not in text


def test_the_first_thing_to_do_follows_from_the_state(city, signed_in):
    client = signed_in(city)
    fresh = _page(client, make_incident(city))
    seen = _page(client, make_incident(city, state=State.ACKNOWLEDGED))
    closed = _page(client, make_incident(city, state=State.CLOSED))

    main = re.compile(r'<(?:button|a) class="btn "[^>]*>.*?</svg>([^<]+)', re.S)
    assert [main.search(text).group(1).strip() for text in (fresh, seen, closed)] == [
        "Mark as seen",
        "Start work",
        "Open it again",
    ]


def test_a_clock_that_stands_still_says_since_when_and_why(city, signed_in):
    incident = make_incident(city)
    wait_incident(incident.pk, WaitingFor.THIRD_PARTY, "The gas company", actor=the_system(city))

    text = _page(signed_in(city), incident)

    assert "Stands still since June 1, 2026" in text
    assert "we wait for somebody outside" in text


def test_another_department_reads_the_text_of_its_own_work_order_only(city, signed_in):
    incident = make_incident(city)
    for queue, text in (("streets", "Fill the hole"), ("parks", "Cut the roots")):
        order_work(
            incident.pk, WorkOrderKind.REPAIR, city.queues[queue].pk, text, actor=the_system(city)
        )
    owner = _page(signed_in(city), incident)
    other = _page(signed_in(city, role=Role.CREW, department="community"), incident)

    assert ("Fill the hole" in owner, "Cut the roots" in owner) == (True, True)
    assert ("Fill the hole" in other, "Cut the roots" in other) == (False, True)
    assert "Its details stay with its department." in other


def test_the_opening_of_a_contact_stands_beside_it(city, signed_in):
    case = make_case(city)
    client = signed_in(city)
    client.post(f"/staff/cases/{case.pk}/contact")

    assert "Opened by supervisor works, 06/01/2026" in _page(client, case.incident)


def test_open_ones_of_the_service_within_its_radius_are_offered_as_the_same(city, signed_in):
    here = make_incident(city)
    near = make_incident(city, point=Point(SOUTH.lon + 0.0002, SOUTH.lat))
    make_incident(city, point=Point(SOUTH.lon + 0.01, SOUTH.lat))
    make_incident(city, state=State.CLOSED)

    text = _page(signed_in(city), here)

    offered = text.partition("May be the same")[2].partition("</section>")[0]
    assert re.findall(r'href="/staff/incidents/(\d+)"', offered) == [str(near.pk)]


def test_a_change_by_a_colleague_is_told_and_ones_own_is_not(city, signed_in):
    incident = make_incident(city)
    client = signed_in(city)
    address = f"/staff/incidents/{incident.pk}/changes?after={last_sequence(incident.pk)}"
    client.post(
        f"/staff/incidents/{incident.pk}/note",
        {"text": "Mine", "seen": last_sequence(incident.pk)},
    )
    own = client.get(address).content.decode().strip()
    add_internal_note(incident.pk, "Theirs", actor=staff_actor(city))

    told = client.get(address).content.decode()

    assert own == ""
    assert "Changed by Staff just now." in told


@pytest.mark.parametrize("after", ["", "x", "-1", "1" * 30])
def test_changes_after_nothing_known_are_not_found(city, signed_in, after):
    incident = make_incident(city)

    page = signed_in(city).get(f"/staff/incidents/{incident.pk}/changes?after={after}")

    assert page.status_code == 404


def test_a_department_moves_on_its_own_work_order_only(city, signed_in):
    incident = make_incident(city)
    orders = [
        order_work(
            incident.pk, WorkOrderKind.REPAIR, city.queues[queue].pk, "x", actor=the_system()
        )
        for queue in ("streets", "parks")
    ]

    page = signed_in(city, role=Role.CREW, department="community").get(
        f"/staff/incidents/{incident.pk}/order-state?order={orders[1].pk}&state=sent"
    )

    text = page.content.decode()
    assert f'name="order" value="{orders[0].pk}"' not in text
    assert f'name="order" value="{orders[1].pk}"' in text
    assert 'name="state" value="sent"' in text
