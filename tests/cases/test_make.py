"""What is made for tests is whole: a city, cases in it, and people who may act there."""

import pytest
from tests.cases.make import (
    cases_of,
    kinds_of,
    make_case,
    make_city,
    make_incident,
    outsiders,
    staff_actor,
    the_city,
)

from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.models import Case, Clock, Incident
from hark311.domain.errors import NotFound
from hark311.domain.lifecycle import State

pytestmark = pytest.mark.django_db


def test_a_case_stands_in_the_queue_of_its_service_with_three_clocks(frozen_clock):
    case = make_case()

    assert case.incident.queue == the_city().queues["streets"]
    assert Clock.objects.filter(case=case, state="running").count() == 3


def test_an_incident_has_as_many_cases_as_were_asked_for(frozen_clock):
    incident = make_incident(cases=3, state=State.ACKNOWLEDGED)

    assert (incident.state, incident.active_cases) == ("acknowledged", 3)
    assert len({case.person_id for case in cases_of(incident)}) == 3
    assert kinds_of(incident) == ["received", "joined", "joined", "acknowledged"]


def test_two_cities_share_nothing(frozen_clock):
    here, there = make_case(), make_case(make_city("elsewhere"))

    assert Case.objects.count() == Incident.objects.count() == 2
    assert here.jurisdiction != there.jurisdiction
    with pytest.raises(NotFound):
        acknowledge_incident(there.incident_id, actor=staff_actor())


def test_outsiders_are_of_another_queue_of_another_city_and_only_look(frozen_clock):
    assert set(outsiders()) == {"viewer", "other_queue", "other_city"}
