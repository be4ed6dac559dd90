from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Barrier, Thread
from time import monotonic

import psycopg
import pytest
from django.db import connection, connections, transaction
from tests.cases.town import Town, make_case, make_town

from hark311.cases import feed
from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.announcing import incident_topic, queue_topic
from hark311.cases.models import Event, EventFeed, ReaderPosition
from hark311.domain.vocabulary import EventKind, Origin
from hark311.platform import live

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def another_connection() -> Iterator[psycopg.Connection]:
    """A second connection as the application, with a transaction of its own."""
    with psycopg.connect(**connection.get_connection_params()) as other:
        yield other


def ids_in_feed() -> list[int]:
    return list(EventFeed.objects.order_by("position").values_list("event_id", flat=True))


def floor() -> int:
    return ReaderPosition.objects.get(name=feed.SEQUENCER).position


def write_event(other: psycopg.Connection, town: Town, stream: int) -> int:
    """Insert an event as an action would: a transaction id first, then the event."""
    other.execute("SELECT pg_current_xact_id()")
    row = other.execute(
        "INSERT INTO cases_event (jurisdiction_id, stream_kind, stream_id, sequence, kind, at,"
        " actor_kind, visibility, origin, body_digest, digest) VALUES"
        " (%s, 'incident', %s, 1, 'noted', now(), 'system', 'staff', 'live', '', '')"
        " RETURNING id",
        [town.jurisdiction.pk, stream],
    ).fetchone()
    assert row is not None
    return row[0]


def eventually(holds: Callable[[], bool | int], timeout_s: float = 20) -> bool:
    """True as soon as ``holds`` does; False if it never did in time."""
    end = monotonic() + timeout_s
    while monotonic() < end:
        if holds() is True:
            return True
    return False


def test_committed_events_stand_in_the_feed_in_order():
    town = make_town()
    first, second = make_case(town), make_case(town)

    assert feed.Sequencer().run_once() == 2
    events = Event.objects.filter(pk__in=ids_in_feed()).order_by("pk")
    assert [event.case_id for event in events] == [first.pk, second.pk]


def test_a_second_pass_appends_nothing_twice():
    make_case(make_town())
    sequencer = feed.Sequencer()

    assert [sequencer.run_once() for _ in range(4)] == [1, 0, 0, 0]


def test_a_slow_transaction_that_commits_later_is_not_lost():
    town, sequencer = make_town(), feed.Sequencer()
    with another_connection() as slow:
        early = write_event(slow, town, stream=901)
        make_case(town)
        late = Event.objects.latest("pk").pk
        for _ in range(3):
            sequencer.run_once()
        assert ids_in_feed() == [late]
        assert floor() < early

        slow.commit()

    assert eventually(lambda: sequencer.run_once() or floor() == late)
    assert ids_in_feed() == [late, early]


def test_a_transaction_begun_after_the_last_that_ended_is_not_lost():
    town, sequencer = make_town(), feed.Sequencer()
    with another_connection() as quick, another_connection() as slow:
        # The quick one has the older transaction id and the higher event id, so when it has
        # ended, the slow one is the very first beyond the end of every snapshot.
        quick.execute("SELECT pg_current_xact_id()")
        early = write_event(slow, town, stream=902)
        late = write_event(quick, town, stream=903)
        quick.commit()
        for _ in range(3):
            sequencer.run_once()

        slow.commit()
        for _ in range(3):
            sequencer.run_once()

    assert ids_in_feed() == [late, early]


def test_an_event_that_was_rolled_back_does_not_hold_the_floor():
    town, sequencer = make_town(), feed.Sequencer()
    with another_connection() as failing:
        write_event(failing, town, stream=904)
        make_case(town)
        failing.rollback()

    # Transactions of the whole cluster count, so those of other tests are waited for.
    assert eventually(lambda: sequencer.run_once() or floor() == Event.objects.latest("pk").pk)


def test_two_sequencers_at_once_append_each_event_once():
    town = make_town()
    for _ in range(20):
        make_case(town)
    barrier = Barrier(4)
    counts: list[int] = []

    def work() -> None:
        sequencer = feed.Sequencer()
        barrier.wait()
        for _ in range(10):
            counts.append(sequencer.run_once(limit=3))
        connections.close_all()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while feed.Sequencer().run_once(limit=3):
        pass

    assert ids_in_feed() == sorted(Event.objects.values_list("pk", flat=True))


def test_only_one_sequencer_works_at_a_time():
    make_case(make_town())
    with another_connection() as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [feed._LOCK_KEY])
        assert feed.Sequencer().run_once() == 0
    assert feed.Sequencer().run_once() == 1


def test_a_new_sequencer_goes_on_from_the_kept_floor():
    town = make_town()
    make_case(town)
    first = feed.Sequencer()
    known = Event.objects.latest("pk").pk
    assert eventually(lambda: first.run_once() or floor() == known)
    make_case(town)

    assert floor() == known
    assert feed.Sequencer().run_once() == 1


def test_a_large_backlog_comes_in_batches_and_raises_the_floor_at_the_end():
    town, sequencer = make_town(), feed.Sequencer()
    for _ in range(5):
        make_case(town)

    assert [sequencer.run_once(limit=2) for _ in range(3)] == [2, 2, 1]
    last = Event.objects.latest("pk").pk
    assert eventually(lambda: sequencer.run_once(limit=2) or floor() == last)


def test_open_pages_are_told_once_a_batch_what_it_touched():
    town = make_town()
    cases = [make_case(town), make_case(town)]
    with another_connection() as listener:
        listener.autocommit = True
        listener.execute(f"LISTEN {live.CHANNEL}")
        feed.Sequencer().run_once()
        feed.Sequencer().run_once()
        (told,) = listener.notifies(timeout=0.2)

    assert live.read_announcement(told.payload) == {
        *(incident_topic(case.incident_id) for case in cases),
        *(queue_topic(case.incident.queue_id) for case in cases),
    }


class Listening:
    """A reader that keeps what it was handed, and fails when told to."""

    name = "listening"

    def __init__(self) -> None:
        self.taken: list[feed.FeedItem] = []
        self.is_failing = False

    def take(self, items) -> None:
        self.taken += items
        if self.is_failing:
            raise RuntimeError


def test_a_reader_gets_each_event_once_and_in_order():
    town, reader = make_town(), Listening()
    case = make_case(town)
    acknowledge_incident(case.incident_id, actor=town.staff)
    feed.Sequencer().run_once()

    assert [feed.run_reader(reader, limit=1) for _ in range(3)] == [1, 1, 0]
    assert [item.kind for item in reader.taken] == [EventKind.RECEIVED, EventKind.ACKNOWLEDGED]
    received = reader.taken[0]
    assert (received.case_id, received.origin) == (case.pk, Origin.LIVE)
    assert received.facts is not None
    assert received.facts["number"] == case.number


def test_a_reader_that_fails_is_handed_the_same_events_again():
    reader = Listening()
    make_case(make_town())
    feed.Sequencer().run_once()
    reader.is_failing = True
    with pytest.raises(RuntimeError):
        feed.run_reader(reader)

    reader.is_failing = False
    assert feed.run_reader(reader) == 1


def test_two_workers_do_not_read_the_same_events():
    make_case(make_town())
    feed.Sequencer().run_once()
    feed.position_of("shared")
    others: list[int] = []

    def read_elsewhere() -> None:
        with transaction.atomic():
            others.append(len(feed.read("shared")))
        connections.close_all()

    with transaction.atomic():
        items = feed.read("shared")
        other = Thread(target=read_elsewhere)
        other.start()
        other.join()
        feed.advance("shared", items[-1].position)

    assert (len(items), others) == (1, [0])
    with transaction.atomic():
        assert feed.read("shared") == []


def test_an_event_whose_body_was_erased_is_still_read(owner_connection):
    case, reader = make_case(make_town()), Listening()
    event = Event.objects.get(case_id=case.pk)
    owner_connection.execute("DELETE FROM cases_eventbody WHERE event_id = %s", [event.pk])
    feed.Sequencer().run_once()
    feed.run_reader(reader)

    assert [item.facts for item in reader.taken] == [None]
