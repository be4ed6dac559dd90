"""Who follows what another person reported, and how that ends."""

import pytest
from tests.cases.make import (
    anybody,
    kinds_of,
    make_case,
    make_city,
    make_person,
    resident_actor,
    staff_actor,
)

from hark311.cases.actions.follow_incident import follow_incident
from hark311.cases.actions.merge_incidents import merge_incidents
from hark311.cases.actions.unfollow_incident import unfollow
from hark311.cases.models import Follow
from hark311.domain.errors import DoesNotApply, NotFound
from hark311.domain.vocabulary import Privacy
from hark311.people.models import Person

pytestmark = pytest.mark.django_db


def test_somebody_follows_once_however_often_they_ask(frozen_clock):
    case, neighbor = make_case(), make_person()

    first = follow_incident(case.pk, neighbor.pk, actor=anybody())
    second = follow_incident(case.pk, neighbor.pk, actor=anybody())

    assert first.pk == second.pk
    assert kinds_of(case.incident) == ["received", "followed"]


def test_the_same_address_follows_once_and_one_unfollow_ends_it(frozen_clock):
    case = make_case()
    first, again = make_person(email="eve@people.test"), make_person(email="Eve@people.test")

    kept = follow_incident(case.pk, first.pk, actor=anybody())
    same = follow_incident(case.pk, again.pk, actor=anybody())
    unfollow(same.pk, actor=anybody())

    assert same.pk == kept.pk
    assert not Follow.objects.filter(to_at__isnull=True).exists()
    assert kinds_of(case.incident) == ["received", "followed", "unfollowed"]


def test_another_address_no_address_and_an_ended_follow_are_no_such_follow(frozen_clock):
    case, eve = make_case(), make_person(email="eve@people.test")
    callers = [make_person(), make_person()]
    Person.objects.filter(pk__in=[one.pk for one in callers]).update(email="")

    follows = [follow_incident(case.pk, one.pk, actor=anybody()) for one in (eve, *callers)]
    unfollow(follows[0].pk, actor=anybody())
    follows.append(follow_incident(case.pk, make_person(email=eve.email).pk, actor=anybody()))

    assert len({one.pk for one in follows}) == 4
    assert Follow.objects.filter(to_at__isnull=True).count() == 3


def test_who_followed_two_reports_that_became_one_stops_in_one_step(frozen_clock):
    first, second = make_case(), make_case()
    for case in (first, second):
        follow_incident(case.pk, make_person(email="eve@people.test").pk, actor=anybody())
    follow_incident(second.pk, make_person(email="bo@people.test").pk, actor=anybody())
    merge_incidents(first.incident_id, second.incident_id, actor=staff_actor())

    unfollow(Follow.objects.get(case=second, person__email="eve@people.test").pk, actor=anybody())

    (left,) = Follow.objects.filter(to_at__isnull=True)
    assert left.person.email == "bo@people.test"
    assert kinds_of(second.incident)[-1] == "unfollowed"


@pytest.mark.parametrize("service", ["pothole", "wellbeing"])
def test_what_is_not_public_is_not_followed(frozen_clock, service):
    privacy = Privacy.PRIVATE if service == "pothole" else Privacy.SENSITIVE
    case = make_case(service=service, privacy=privacy)

    with pytest.raises(NotFound):
        follow_incident(case.pk, make_person().pk, actor=anybody())


def test_nobody_follows_their_own_case_or_from_another_city(frozen_clock):
    case = make_case()

    with pytest.raises(DoesNotApply):
        follow_incident(case.pk, case.person_id, actor=resident_actor(case))
    with pytest.raises(NotFound):
        follow_incident(case.pk, make_person(make_city("elsewhere")).pk, actor=anybody())


def test_a_follow_ends_once(frozen_clock):
    case = make_case()
    follow = follow_incident(case.pk, make_person().pk, actor=anybody())

    unfollow(follow.pk, actor=anybody())
    unfollow(follow.pk, actor=anybody())

    assert Follow.objects.get().to_at == frozen_clock.at
    assert kinds_of(case.incident) == ["received", "followed", "unfollowed"]
