"""Each event makes each notice once, however often and by however many it is read."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cases.make import FIXED, make_case, make_incident, the_system

from hark311.cases import feed
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.models import ReaderPosition
from hark311.commands.loops import LOOPS, READERS
from hark311.notifications.models import Notice
from hark311.notifications.reader import TOO_OLD_AFTER, NoticeReader

pytestmark = pytest.mark.django_db(transaction=True)


def sequence() -> None:
    sequencer = feed.Sequencer()
    while sequencer.run_once():
        pass


def read() -> int:
    return feed.run_reader(NoticeReader())


def test_an_event_read_twice_makes_its_notices_once():
    make_incident(cases=3)
    sequence()
    read()
    ReaderPosition.objects.filter(name="notices").update(position=0)

    read()

    assert Notice.objects.count() == 3


def test_two_readers_at_the_same_moment_make_each_notice_once():
    make_incident(cases=5)
    sequence()
    gate = Barrier(2)

    def one() -> None:
        gate.wait()
        try:
            while read():
                pass
        finally:
            connection.close()

    threads = [Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    read()

    assert Notice.objects.count() == 5


@pytest.mark.parametrize("cases", [1, 40])
def test_the_statements_of_the_reader_do_not_grow_with_the_reporters(cases):
    incident = make_incident(cases=cases)
    sequence()
    while read():
        pass
    close_incident(incident.pk, FIXED, actor=the_system())
    sequence()

    with CaptureQueriesContext(
        connection,
    ) as made:
        read()

    assert Notice.objects.filter(kind="closed").count() == cases
    # Around the position: its savepoint, its two readings, the events, the move; then who
    # reported, who follows, and the notices in one insert with a savepoint.
    statements = [query["sql"].split()[0] for query in made.captured_queries]
    assert statements.count("INSERT") == 1
    assert len(statements) <= 12, statements


def test_what_happened_a_week_before_it_was_read_is_kept_but_not_sent(frozen_clock):
    make_case()
    sequence()
    frozen_clock.move_by(TOO_OLD_AFTER + timedelta(seconds=1))

    read()

    assert Notice.objects.get().reason == "too_old"
    assert Notice.objects.get().state == "skipped"


def test_the_worker_reads_and_sends():
    assert "notices" in {reader.name for reader in READERS}
    assert {"read_notices", "send_notices"} <= {loop.name for loop in LOOPS}
