"""A load by COPY leaves tables as they were, goes on when it was stopped, and repeats itself."""

import json

import pytest
from django.db import connection
from django.db.models import Sum
from tests.commands.simulating.make_plan import days_of, loaded, midnight, plan_of

from hark311.cases import feed
from hark311.cases.models import (
    Case,
    Event,
    EventFeed,
    Incident,
    MapCell,
    MapPin,
    ReaderPosition,
)
from hark311.cases.rebuild import compare
from hark311.cases.verify import verify
from hark311.commands.loops import READERS
from hark311.commands.simulating.bulk import Load
from hark311.commands.simulating.staff import nobody
from hark311.contacts.actions import next_number
from hark311.platform import bulk_load, clock, database
from hark311.platform.trouble import Trouble

pytestmark = pytest.mark.django_db(transaction=True)

DAYS, A_DAY = 6, 30


@pytest.fixture
def jurisdiction(worker_database, frozen_clock):
    """A loaded city, seen as the owner of the tables, in which no key was ever taken."""
    worker_database.make_anew()
    database.point_at(worker_database.roles.owner)
    yield loaded()
    database.point_at(worker_database.roles.application)


def quiet(*_words):
    return None


def load(jurisdiction, *, seed="1", progress=quiet, restoring=quiet, truth=None):
    plan = plan_of(jurisdiction, days=DAYS, a_day=A_DAY, seed=seed)
    until = midnight(jurisdiction)
    load = Load(plan, nobody(jurisdiction), days=days_of(DAYS), until=until, words={"seed": seed})
    return load.run(processes=2, truth=truth, progress=progress, restoring=restoring)


def indexes():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1")
        found = cursor.fetchall()
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated"
            " FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"
        )
        return found, cursor.fetchall()


def digests():
    return list(Event.objects.order_by("pk").values_list("pk", "digest"))


def test_every_index_and_reference_is_there_again(jurisdiction):
    before = indexes()

    cases = load(jurisdiction)

    assert indexes() == before
    assert cases == Case.objects.count() > 100
    assert not bulk_load.is_under_way()


def test_what_was_loaded_is_whole_and_rebuilds_without_difference(jurisdiction):
    load(jurisdiction)

    verdict = verify()
    assert verdict.is_whole
    assert verdict.events == EventFeed.objects.count()
    assert compare().differences == ()


def test_the_same_seed_gives_the_same_digests(worker_database, jurisdiction):
    truths, again = [], []
    load(jurisdiction, truth=truths.append)
    first = digests()
    worker_database.make_anew()

    load(loaded(), truth=again.append)

    assert digests()[1:] == first[1:]
    assert again == truths


def test_another_seed_gives_another_city(worker_database, jurisdiction):
    load(jurisdiction)
    first = {incident.lon for incident in Incident.objects.all()}
    worker_database.make_anew()

    load(loaded(), seed="2")

    assert first.isdisjoint(incident.lon for incident in Incident.objects.all())


@pytest.mark.parametrize("stopped", [{"progress": 1}, {"restoring": 1}], ids=str)
def test_a_load_that_was_stopped_goes_on(worker_database, jurisdiction, stopped):
    whole = []
    cases = load(jurisdiction, truth=whole.append)
    before = digests()
    worker_database.make_anew()
    jurisdiction = loaded()
    with pytest.raises(KeyboardInterrupt):
        load(jurisdiction, **dict.fromkeys(stopped, _stop))
    loaded_by_then, again = Case.objects.count(), []

    assert load(jurisdiction, truth=again.append) == cases - loaded_by_then
    assert digests()[1:] == before[1:]
    assert again == whole
    assert compare().differences == ()
    assert not bulk_load.is_under_way()


def test_another_load_waits_for_one_that_was_stopped(jurisdiction):
    with pytest.raises(KeyboardInterrupt):
        load(jurisdiction, restoring=_stop)

    with pytest.raises(Trouble, match=r'begun and not finished: \{"seed": "1"\}'):
        load(jurisdiction, seed="2")


def test_new_rows_and_numbers_come_after_those_loaded(jurisdiction):
    load(jurisdiction)
    numbers = set(Case.objects.values_list("number", flat=True))

    assert next_number(clock.now()) > max(numbers)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('cases_event', 'id'))")
        assert cursor.fetchone()[0] > Event.objects.latest("pk").pk


def test_nobody_is_told_of_what_was_loaded(jurisdiction):
    load(jurisdiction)

    last = EventFeed.objects.latest("pk").pk
    assert feed.Sequencer().run_once() == 0
    for reader in READERS:
        assert ReaderPosition.objects.get(name=reader.name).position >= last
        assert feed.run_reader(reader) == 0


def test_the_map_shows_what_was_loaded(jurisdiction):
    load(jurisdiction)

    assert MapPin.objects.count() == Case.objects.filter(privacy="public").count() > 0
    cells = MapCell.objects.filter(level=11, service_id=0).aggregate(all=Sum("count"))
    assert cells["all"] == MapPin.objects.count()


def test_the_truth_names_every_case_once(jurisdiction):
    truths = []
    load(jurisdiction, truth=lambda line: truths.append(json.loads(line)))

    told = [number for truth in truths for number in truth["cases"]]
    assert sorted(told) == sorted(Case.objects.values_list("number", flat=True))
    assert any(len(truth["cases"]) > 1 for truth in truths)


def _stop(*_progress):
    raise KeyboardInterrupt
