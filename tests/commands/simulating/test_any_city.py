"""Whatever the seed: what always holds of cases holds of a simulated city, too."""

import json
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cases.invariants import INVARIANTS
from tests.commands.simulating.make_plan import eventful, lives_of, loaded, midnight, plan_of

from hark311.cases import salts
from hark311.commands.simulating.bulk import print_at_once
from hark311.commands.simulating.salts import salts_of
from hark311.commands.simulating.staff import nobody
from hark311.commands.simulating.truth import truth_of
from hark311.domain.vocabulary import Origin

pytestmark = pytest.mark.django_db

DAYS = 14
SEEDS = st.integers(0, 10**6).map(str)


@pytest.fixture
def jurisdiction(frozen_clock):
    return loaded()


@given(seed=SEEDS)
@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_invariants_hold_in_every_city(jurisdiction, tmp_path, seed):
    plan = plan_of(jurisdiction, days=DAYS, a_day=3, seed=seed, profile=eventful(tmp_path))
    with transaction.atomic():
        lives = lives_of(plan, DAYS)
        print_at_once(
            lives, plan.city, nobody(jurisdiction), until=midnight(jurisdiction), seed=seed
        )
        for holds in INVARIANTS.values():
            holds(SimpleNamespace(wrong=[], digests=[]))
        transaction.set_rollback(True)


@given(seed=SEEDS)
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_plan_repeats_itself_and_goes_forward_in_time(jurisdiction, seed):
    first, again = (
        lives_of(plan_of(jurisdiction, days=5, a_day=20, seed=seed), 5) for _twice in range(2)
    )

    assert first == again
    for life in first:
        times = [step.at for step in life.steps]
        assert times == sorted(times)
        assert {step.report for step in life.steps} <= set(range(len(life.reports)))


def test_days_are_the_same_however_many_are_simulated(jurisdiction):
    few, many = (plan_of(jurisdiction, days=days, a_day=20) for days in (2, 30))

    assert lives_of(few, 2) == lives_of(many, 2)


def test_the_truth_tells_only_of_what_was_reported_by_then(jurisdiction):
    life = next(
        life
        for life in lives_of(plan_of(jurisdiction, days=20, a_day=20), 20)
        if len(life.reports) > 1
    )
    numbers = {life.reports[0].key: "26-00000001-9"}

    (line,) = truth_of(life, numbers)

    assert json.loads(line)["cases"] == ["26-00000001-9"]
    assert not list(truth_of(life, {}))


@pytest.mark.parametrize("origin", [Origin.LIVE, Origin.IMPORT])
def test_what_people_report_is_salted_by_chance_even_meanwhile(origin):
    with salts.simulated(salts_of("known to everybody")):
        twice = {salts.salt_for(origin, "incident", 1, 1) for _again in range(2)}
        simulated = {salts.salt_for(Origin.DEMO, "incident", 1, 1) for _again in range(2)}

    assert len(twice) == 2
    assert len(simulated) == 1
    assert salts.salt_for(Origin.DEMO, "incident", 1, 1) not in simulated
