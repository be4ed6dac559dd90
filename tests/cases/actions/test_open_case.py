from dataclasses import replace

import pytest
from tests.cases.make import (
    last_event,
    make_case,
    make_city,
    make_incident,
    make_opening,
    staff_actor,
    the_system,
)

from hark311.cases.actions.open_case import join_case, open_case
from hark311.cases.actions.wait_incident import wait_incident
from hark311.cases.models import Case, Clock, Incident
from hark311.domain.actor import Role
from hark311.domain.errors import CannotMerge, NotAllowed, NotFound
from hark311.domain.lifecycle import State, WaitingFor
from hark311.domain.vocabulary import Origin, Privacy

pytestmark = pytest.mark.django_db


def test_an_incident_is_due_when_its_first_promise_is(frozen_clock):
    case = open_case(make_opening(), actor=the_system())

    first = Clock.objects.filter(case=case).order_by("due_at").first()
    assert first is not None
    assert case.incident.due_at == first.due_at


def test_joining_moves_no_promise_and_counts_as_asking_again(frozen_clock):
    incident = make_incident()
    before = incident.due_at

    case = join_case(make_opening(), incident.pk, actor=the_system())

    joined = Incident.objects.get(pk=incident.pk)
    assert (joined.active_cases, joined.asked_again, joined.due_at) == (2, 1, before)
    assert case.number != Case.objects.exclude(pk=case.pk).get().number


def test_who_joins_what_is_acknowledged_and_waits_is_told_the_same(frozen_clock):
    incident = make_incident(state=State.ACKNOWLEDGED)
    wait_incident(incident.pk, WaitingFor.THIRD_PARTY, "The gas company.", actor=the_system())

    case = make_case(incident=incident)

    states = dict(Clock.objects.filter(case=case).values_list("target", "state"))
    assert states == {"acknowledge": "met", "resolve": "paused", "update": "running"}


@pytest.mark.parametrize("service", ["pothole", "wellbeing"])
def test_a_sensitive_case_neither_joins_nor_is_joined(frozen_clock, service):
    other = "wellbeing" if service == "pothole" else "pothole"
    incident = make_incident(service=service)

    with pytest.raises(CannotMerge):
        join_case(make_opening(service=other), incident.pk, actor=the_system())


def test_nobody_joins_what_is_closed(frozen_clock):
    with pytest.raises(CannotMerge):
        join_case(make_opening(), make_incident(state=State.CLOSED).pk, actor=the_system())


def test_nobody_joins_an_incident_of_another_city(frozen_clock):
    home = make_city()
    incident = make_incident(make_city("elsewhere"))

    with pytest.raises(NotFound):
        join_case(make_opening(home), incident.pk, actor=the_system(home))


def test_staff_report_for_others_only_with_the_right_to(frozen_clock):
    with pytest.raises(NotAllowed):
        open_case(make_opening(), actor=staff_actor(role=Role.CREW))


def test_what_is_private_is_not_told_in_public(frozen_clock):
    case = make_case(privacy=Privacy.PRIVATE)

    assert last_event(case.incident).visibility == "reporter"


def test_what_is_imported_says_so_in_every_row_and_event(frozen_clock):
    case = open_case(make_opening(), actor=replace(the_system(), origin=Origin.IMPORT))

    event = last_event(case.incident)
    assert {case.origin, case.incident.origin, event.origin} == {"import"}
