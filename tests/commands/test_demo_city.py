"""A demonstration is filled with plausible cases in every state, and the same ones each time."""

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from tests.commands.make_demo import peopled, seeded
from tests.conftest import NOON

from hark311.access.keys import DEMO_SECRET, key_for
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.models import Case, Dispute, Event, Follow, Incident, Question
from hark311.cases.rebuild import compare
from hark311.cases.verify import verify
from hark311.catalog.queries import service_version
from hark311.commands import demo_city
from hark311.commands.demonstration.accounts import demo_actor
from hark311.commands.demonstration.waiting import ensure_drafts
from hark311.contacts.drafts import discard_draft
from hark311.contacts.models import Draft
from hark311.domain.actor import Role
from hark311.domain.closing import Closing
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import DiscardReason, Outcome
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
    # Seasons and storms decide how many come.
    assert 160 / 2 < Case.objects.count() < 160 * 2


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
    assert added >= 4


def test_cases_told_before_go_on_at_a_later_start(jurisdiction, frozen_clock):
    before = set(Case.objects.values_list("pk", flat=True))
    last = Event.objects.latest("pk").pk
    frozen_clock.move_by(timedelta(days=3))

    demo_city.top_up(jurisdiction, now=clock.now(), days=4, wanted=16)

    later = Event.objects.filter(pk__gt=last, kind__in=["started", "closed"])
    incidents = Incident.objects.filter(cases__in=before)
    assert later.filter(stream_id__in=incidents.values("pk")).exists()
    assert verify().is_whole


def test_a_case_that_somebody_has_changed_is_left_to_them(jurisdiction, frozen_clock):
    open_now = Incident.objects.exclude(state="closed").filter(is_sensitive=False)
    closing = Closing(Outcome.INVALID, "Tried out.")
    staff = demo_actor(Role.SUPERVISOR, jurisdiction)
    evident = [
        one for one in open_now if "photo" not in service_version(one.service_version_id).evidence
    ]
    for incident in evident:
        close_incident(incident.pk, closing, actor=staff)
    frozen_clock.move_by(timedelta(days=3))

    demo_city.top_up(jurisdiction, now=clock.now(), days=4, wanted=16)

    left = Incident.objects.filter(pk__in=[one.pk for one in evident])
    assert set(left.values_list("outcome", flat=True)) == {"invalid"}
    assert verify().is_whole


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


def test_the_inbox_holds_drafts_that_stay_as_an_agent_left_them(frozen_clock):
    jurisdiction = peopled(PLACES)
    ensure_drafts(jurisdiction, now=frozen_clock.at)
    first = Draft.objects.order_by("pk").first()
    discard_draft(
        first.pk, DiscardReason.TEST, actor=demo_actor(Role.AGENT, jurisdiction), at=clock.now()
    )

    ensure_drafts(jurisdiction, now=frozen_clock.at)

    assert Draft.objects.filter(state="open").count() == Draft.objects.count() - 1 == 3
