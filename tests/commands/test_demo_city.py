"""A demonstration is filled with plausible cases in every state, and the same ones each time."""

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from tests.commands.make_demo import peopled, seeded
from tests.conftest import NOON

from hark311.access.keys import DEMO_SECRET, key_for
from hark311.cases.models import Case, Dispute, Event, Follow, Incident, Question
from hark311.cases.rebuild import compare
from hark311.cases.verify import verify
from hark311.commands import demo_city
from hark311.commands.demonstration.accounts import demo_actor
from hark311.domain.actor import Role
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import Outcome
from hark311.government.accounts import staff_actor
from hark311.government.models import Account, Jurisdiction, Queue
from hark311.people.models import Person
from hark311.places.queries import areas_of
from hark311.platform import clock
from hark311.platform.trouble import Trouble

pytestmark = pytest.mark.django_db

PLACES = "smallville"


@pytest.fixture
def jurisdiction(frozen_clock):
    return seeded(PLACES, days=4, wanted=16)


def test_cases_stand_in_every_state_with_every_kind_of_end(frozen_clock):
    seeded(PLACES, days=30, wanted=160)
    incidents = Incident.objects.filter(merged_into=None)

    assert set(incidents.values_list("state", flat=True)) == {state.value for state in State}
    closed = set(incidents.filter(state="closed").values_list("outcome", flat=True))
    assert closed >= {Outcome.FIXED.value, Outcome.NO_PROBLEM_FOUND.value, Outcome.WITHDRAWN.value}
    assert Dispute.objects.exists()
    assert Question.objects.exists()
    assert Follow.objects.exists()
    assert Case.objects.filter(standing="withdrawn").exists()
    assert Incident.objects.exclude(merged_into=None).exists()
    assert incidents.filter(active_cases__gt=1).exists()
    assert abs(Case.objects.count() - 160) < 40


def test_every_sample_case_is_a_demonstrations_and_was_opened_in_the_days_told(jurisdiction):
    cases = Case.objects.all()

    assert set(cases.values_list("origin", flat=True)) == {"demo"}
    assert set(Event.objects.exclude(kind="pack_loaded").values_list("origin", flat=True)) == {
        "demo"
    }
    assert all(NOON - timedelta(days=5) < case.opened_at <= NOON for case in cases)
    assert not Event.objects.filter(at__gt=NOON).exists()


def test_nobody_is_named_and_every_address_leads_nowhere(jurisdiction):
    people = Person.objects.all()

    assert people.exists()
    assert {(person.name, person.phone) for person in people} == {("", "")}
    assert all(person.email.endswith("@demo.hark311.test") for person in people)


def test_every_case_lies_in_an_area_of_the_city(jurisdiction):
    keys = {area.key for area in areas_of(jurisdiction).areas}

    assert all(set(case.areas) & keys for case in Case.objects.all())


def test_telling_again_adds_nothing(jurisdiction):
    before = Case.objects.count(), Event.objects.count()

    demo_city.top_up(jurisdiction, now=clock.now(), days=4, wanted=16)

    assert (Case.objects.count(), Event.objects.count()) == before


def test_a_later_start_tells_the_days_between(jurisdiction, frozen_clock):
    before = Case.objects.count()
    frozen_clock.move_by(timedelta(days=3))

    demo_city.top_up(jurisdiction, now=clock.now(), days=4, wanted=16)

    added = Case.objects.filter(opened_at__gt=NOON).count()
    assert added == Case.objects.count() - before
    assert 4 <= added <= 24


def test_the_accounts_can_sign_in_with_the_password_everybody_knows(frozen_clock):
    jurisdiction = peopled(PLACES)

    for role in (Role.AGENT, Role.CREW, Role.SUPERVISOR, Role.ADMIN):
        email = f"{role.value}@demo.hark311.test"
        account = authenticate(username=email, password="demo")

        assert account == Account.objects.get(email=email)
        assert role in staff_actor(account, jurisdiction, language="en").roles


def test_sensitive_queues_are_the_administrators_alone(frozen_clock):
    jurisdiction = peopled("atlanta")
    sensitive = {queue.pk for queue in Queue.objects.filter(is_sensitive=True)}

    knowing = {
        role
        for role in (Role.AGENT, Role.CREW, Role.SUPERVISOR, Role.ADMIN)
        if demo_actor(role, jurisdiction).queues & sensitive
    }

    assert knowing == {Role.ADMIN}


def test_the_key_everybody_knows_is_there(frozen_clock, settings):
    peopled(PLACES)
    settings.DEMO = True

    assert key_for(DEMO_SECRET).is_demo


def test_a_city_without_a_pack_is_named_with_those_there_are():
    with pytest.raises(Trouble, match=f"no city 'atlantis' to show.*{PLACES}"):
        demo_city.load("atlantis")


@pytest.mark.django_db(transaction=True)
def test_a_demonstration_chains_and_rebuilds_without_a_difference(frozen_clock):
    seeded(PLACES, days=6, wanted=30)

    assert verify().is_whole
    assert compare().differences == ()
    assert Jurisdiction.objects.get().is_demo
