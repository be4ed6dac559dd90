"""The same plan lived and printed leaves the same city: what keeps the bulk path honest."""

import json

import pytest
from tests.commands.simulating.make_plan import (
    days_of,
    eventful,
    lives_of,
    loaded,
    midnight,
    plan_of,
)
from tests.commands.simulating.told import first_difference, told_by_contacts, told_by_events

from hark311.cases.rebuild import compare
from hark311.cases.verify import verify
from hark311.commands.simulating.bulk import Load, print_at_once
from hark311.commands.simulating.drafts import source_key
from hark311.commands.simulating.living import Living
from hark311.commands.simulating.staff import nobody
from hark311.commands.simulating.steps import Deed
from hark311.contacts.queries import receipts_kept
from hark311.platform import database

pytestmark = pytest.mark.django_db(transaction=True)

DAYS, A_DAY, SEED = 24, 3, "writers 6"
# What a load lets go of at once: nobody sends again what was never sent.
FORGOTTEN = frozenset({"source_key", "receipt"})


def quiet(*_words):
    return None


def printed(jurisdiction, plan, until, *, days=DAYS, truth=quiet, processes=1):
    load = Load(plan, nobody(jurisdiction), days=days_of(days), until=until, words={"seed": SEED})
    return load.run(processes=processes, truth=truth, progress=quiet, restoring=quiet)


@pytest.fixture
def as_owner(worker_database):
    database.point_at(worker_database.roles.owner)
    yield
    database.point_at(worker_database.roles.application)


def test_a_plan_leaves_the_same_lived_loaded_or_printed_at_once(
    worker_database, as_owner, frozen_clock, tmp_path
):
    # Keys begin at one in each of the three, so that the plan means the same rows.
    worker_database.make_anew()
    jurisdiction = loaded()
    until = midnight(jurisdiction)
    plan = plan_of(jurisdiction, days=DAYS, a_day=A_DAY, seed=SEED, profile=eventful(tmp_path))
    lives = lives_of(plan, DAYS)
    living = Living(plan.city, nobody(jurisdiction), SEED)
    living.tell(lives, until, quiet)
    events, touches = told_by_events(dict(living.numbers)), told_by_contacts()
    fewer = told_by_contacts(besides=FORGOTTEN)

    assert {step.deed for life in lives for step in life.steps if step.at <= until} == set(Deed)
    assert compare().differences == ()

    worker_database.make_anew()
    truths = []
    printed(loaded(), plan, until, truth=lambda line: truths.append(json.loads(line)))

    assert compare().differences == ()
    assert verify().is_whole
    assert told_by_contacts(besides=FORGOTTEN) == fewer
    printed_events = told_by_events(numbers_of(lives, truths, until))
    assert first_difference(printed_events, events) == ""

    worker_database.make_anew()
    jurisdiction = loaded()
    print_at_once(lives, plan.city, nobody(jurisdiction), until=until, seed=SEED)

    assert compare().differences == ()
    assert verify().is_whole
    assert told_by_contacts() == touches
    at_once = told_by_events(numbers_kept(lives, jurisdiction))
    assert first_difference(at_once, events) == ""


def numbers_kept(lives, jurisdiction):
    """The numbers of what was printed at once, by the key of their report."""
    reports = {source_key(report): report.key for life in lives for report in life.reports}
    kept = receipts_kept(jurisdiction.pk, list(reports))
    return {reports[key]: receipt["number"] for key, receipt in kept.items()}


def numbers_of(lives, truths, until):
    """The numbers that a load gave, by the key of their report."""
    cases = {truth["thing"]: truth["cases"] for truth in truths}
    return {
        report.key: number
        for life in lives
        for report, number in zip(
            (report for report in life.reports if report.at <= until),
            cases.get(life.key, ()),
            strict=True,
        )
    }
