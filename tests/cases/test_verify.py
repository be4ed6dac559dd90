from datetime import UTC, datetime, timedelta

import pytest
from tests.cases.town import AT, make_case, make_town

from hark311.cases import feed
from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.seal_day import seal_day, seal_days
from hark311.cases.models import DailyRoot, Event
from hark311.cases.verify import BrokenLink, Fault, verify
from hark311.domain.actor import system_actor
from hark311.domain.vocabulary import EventKind, StreamKind

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def three_events():
    """An incident with three events: received, joined, acknowledged."""
    town = make_town()
    case = make_case(town)
    make_case(town, join=case.incident_id)
    acknowledge_incident(case.incident_id, actor=town.staff)
    return Event.objects.filter(stream_kind=StreamKind.INCIDENT).order_by("sequence")


def broken(event: Event, fault: Fault) -> tuple[BrokenLink, ...]:
    return (BrokenLink(StreamKind.INCIDENT, event.stream_id, event.sequence, fault),)


def test_a_chain_that_nobody_touched_is_whole(three_events):
    verdict = verify()

    assert verdict.is_whole
    assert (verdict.streams, verdict.events, verdict.erased) == (1, 3, 0)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("kind = 'closed'", id="another kind"),
        pytest.param("at = at + interval '1 second'", id="another time"),
        pytest.param("visibility = 'staff'", id="another reader"),
        pytest.param("actor_kind = 'system'", id="another kind of actor"),
        pytest.param("actor_account_id = NULL", id="nobody instead of somebody"),
        pytest.param("case_id = 987654", id="another case"),
        pytest.param("origin = 'import'", id="another origin"),
        pytest.param("body_digest = decode(repeat('00', 32), 'hex')", id="another body"),
        pytest.param("body_digest = ''", id="no body digest"),
        pytest.param("digest = decode(repeat('00', 32), 'hex')", id="another digest"),
    ],
)
def test_a_changed_event_is_the_first_broken_link(three_events, owner_connection, change):
    second = three_events[2] if "actor" in change else three_events[1]
    tamper = f"UPDATE cases_event SET {change} WHERE id = %s"  # noqa: S608  # words of this test
    owner_connection.execute(tamper, [second.pk])

    assert verify().broken_links == broken(second, Fault.CHANGED)


def test_a_changed_body_is_named(three_events, owner_connection):
    second = three_events[1]
    owner_connection.execute(
        "UPDATE cases_eventbody SET payload = jsonb_set(payload, '{facts,number}', '\"x\"')"
        " WHERE event_id = %s",
        [second.pk],
    )

    assert verify().broken_links == broken(second, Fault.BODY_CHANGED)


def test_a_missing_event_is_named(three_events, owner_connection):
    second = three_events[1]
    owner_connection.execute("DELETE FROM cases_eventbody WHERE event_id = %s", [second.pk])
    owner_connection.execute("DELETE FROM cases_event WHERE id = %s", [second.pk])

    assert verify().broken_links == broken(second, Fault.MISSING)


def test_erased_bodies_break_nothing(three_events, owner_connection):
    first = three_events[0]
    owner_connection.execute("DELETE FROM cases_eventbody WHERE event_id = %s", [first.pk])
    verdict = verify()

    assert verdict.is_whole
    assert verdict.erased == 1


def test_each_broken_stream_is_named_once(owner_connection):
    town = make_town()
    cases = [make_case(town) for _ in range(3)]
    for case in cases:
        acknowledge_incident(case.incident_id, actor=town.staff)
    owner_connection.execute(
        "UPDATE cases_event SET origin = 'demo' WHERE stream_id <> %s", [cases[1].incident_id]
    )

    assert [link.stream_id for link in verify().broken_links] == [
        cases[0].incident_id,
        cases[2].incident_id,
    ]


def seal(town, frozen_clock, day: int) -> DailyRoot | None:
    frozen_clock.move_to(datetime(2026, 6, day, 8, 0, tzinfo=UTC))
    feed.Sequencer().run_once()
    return seal_day(town.jurisdiction.pk, actor=system_actor(town.jurisdiction.pk))


def test_a_day_is_sealed_once_and_the_seal_is_an_event(frozen_clock):
    town = make_town()
    make_case(town)
    root = seal(town, frozen_clock, 2)

    assert root is not None
    assert (root.on.isoformat(), root.events) == ("2026-06-01", 1)
    assert seal(town, frozen_clock, 2) is None
    sealed = Event.objects.get(kind=EventKind.ROOT_SEALED)
    assert sealed.stream_kind == StreamKind.ADMINISTRATION
    assert sealed.body.payload["facts"]["root"] == bytes(root.root).hex()


def test_the_next_root_covers_the_seal_and_what_came_late(frozen_clock):
    town = make_town()
    make_case(town)
    seal(town, frozen_clock, 2)
    make_case(town, at=AT - timedelta(days=300))
    root = seal(town, frozen_clock, 3)

    assert root is not None
    assert root.events == 2
    verdict = verify()
    assert verdict.is_whole
    assert verdict.roots == 2


def test_the_day_is_the_jurisdictions_own(frozen_clock):
    town = make_town()
    make_case(town)
    # In New York it is still the first of June.
    frozen_clock.move_to(datetime(2026, 6, 2, 3, 0, tzinfo=UTC))
    feed.Sequencer().run_once()
    assert seal_days() == 1
    assert DailyRoot.objects.get().on.isoformat() == "2026-05-31"
    assert seal_days() == 0

    frozen_clock.move_to(datetime(2026, 6, 2, 4, 1, tzinfo=UTC))
    feed.Sequencer().run_once()
    assert seal_days() == 1


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE cases_dailyroot SET root = decode(repeat('00', 32), 'hex')",
        "UPDATE cases_dailyroot SET \"on\" = '2026-05-30'",
        "DELETE FROM cases_eventfeed WHERE position = (SELECT min(position) FROM cases_eventfeed)",
    ],
)
def test_a_sealed_day_that_does_not_hold_is_named(frozen_clock, owner_connection, tampering):
    town = make_town()
    make_case(town)
    seal(town, frozen_clock, 2)
    owner_connection.execute(tampering)
    verdict = verify()

    assert not verdict.is_whole
    assert [root.jurisdiction_id for root in verdict.broken_roots] == [town.jurisdiction.pk]


def test_cutting_off_the_end_of_a_stream_breaks_its_sealed_day(frozen_clock, owner_connection):
    town = make_town()
    case = make_case(town)
    acknowledge_incident(case.incident_id, actor=town.staff)
    seal(town, frozen_clock, 2)
    last = Event.objects.filter(stream_id=case.incident_id).latest("sequence").pk
    owner_connection.execute("DELETE FROM cases_eventfeed WHERE event_id = %s", [last])
    owner_connection.execute("DELETE FROM cases_eventbody WHERE event_id = %s", [last])
    owner_connection.execute("DELETE FROM cases_event WHERE id = %s", [last])
    verdict = verify()

    assert verdict.broken_links == ()
    assert len(verdict.broken_roots) == 1
