"""The same plan lived and printed leaves the same city: what keeps the bulk path honest."""

import json

import pytest
from tests.commands.simulating.make_plan import days_of, lives_of, loaded, midnight, plan_of
from tests.commands.simulating.told import told_by_contacts, told_by_events

from hark311.cases.rebuild import compare
from hark311.cases.verify import verify
from hark311.commands.simulating.bulk import Load
from hark311.commands.simulating.living import Living
from hark311.commands.simulating.staff import nobody
from hark311.commands.simulating.steps import Deed
from hark311.platform import database

pytestmark = pytest.mark.django_db(transaction=True)

DAYS, A_DAY, SEED = 40, 12, "two writers"


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


def test_living_and_printing_a_plan_leave_the_same(worker_database, as_owner, frozen_clock):
    jurisdiction = loaded()
    until = midnight(jurisdiction)
    plan = plan_of(jurisdiction, days=DAYS, a_day=A_DAY, seed=SEED)
    lives = lives_of(plan, DAYS)
    taken = {step.deed for life in lives for step in life.steps if step.at <= until}
    living = Living(plan.city, nobody(jurisdiction), SEED)
    living.tell(lives, until, quiet)
    lived = told_by_events(dict(living.numbers)), told_by_contacts()
    assert compare().differences == ()

    worker_database.make_anew()
    truths = []
    printed(loaded(), plan, until, truth=lambda line: truths.append(json.loads(line)))

    assert compare().differences == ()
    assert verify().is_whole
    assert told_by_contacts() == lived[1]
    assert told_by_events(numbers_of(lives, truths, until)) == lived[0]
    assert taken >= set(Deed)


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
