import pytest
from tests.cases.make import (
    last_event,
    make_case,
    make_incident,
    outsiders,
    staff_actor,
    the_system,
)

from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.merge_incidents import merge_incidents
from hark311.cases.models import Clock
from hark311.domain.errors import (
    DoesNotApply,
    IllegalTransition,
    NotAllowed,
    NotFound,
    StaleForm,
)
from hark311.domain.lifecycle import State

pytestmark = pytest.mark.django_db


def test_acknowledging_keeps_that_promise_for_every_case(frozen_clock):
    incident = make_incident(cases=3)

    done = acknowledge_incident(incident.pk, actor=staff_actor())

    assert (done.state, done.acknowledged_at) == ("acknowledged", frozen_clock.at)
    met = Clock.objects.filter(state="met")
    assert [(row.target, row.met_at) for row in met] == [("acknowledge", frozen_clock.at)] * 3
    assert last_event(incident).kind == "acknowledged"


@pytest.mark.parametrize(
    ("who", "error"),
    [
        pytest.param("viewer", NotAllowed, id="may only look"),
        pytest.param("other_queue", NotAllowed, id="another department may read, not act"),
        pytest.param("other_city", NotFound, id="another city sees nothing"),
    ],
)
def test_who_may_not_acknowledge(frozen_clock, who, error):
    incident = make_incident()

    with pytest.raises(error):
        acknowledge_incident(incident.pk, actor=outsiders()[who])

    assert last_event(incident).kind == "received"


def test_a_sensitive_incident_answers_as_absent_outside_its_queue(frozen_clock):
    case = make_case(service="wellbeing")

    with pytest.raises(NotFound):
        acknowledge_incident(case.incident_id, actor=staff_actor(queues=("parks", "streets")))

    assert acknowledge_incident(case.incident_id, actor=staff_actor(queues=("care",)))


def test_a_form_from_before_a_colleagues_change_is_stale(frozen_clock):
    incident = make_incident()
    make_case(incident=incident)

    with pytest.raises(StaleForm) as stale:
        acknowledge_incident(incident.pk, actor=staff_actor(), seen=1)

    assert stale.value.facts["changes"] == ("joined",)


def test_what_is_acknowledged_is_not_acknowledged_twice(frozen_clock):
    incident = make_incident(state=State.ACKNOWLEDGED)

    with pytest.raises(IllegalTransition):
        acknowledge_incident(incident.pk, actor=staff_actor())


def test_an_incident_that_was_merged_away_takes_no_more_work(frozen_clock):
    emptied, into = make_incident(), make_incident()
    merge_incidents(emptied.pk, into.pk, actor=the_system())

    with pytest.raises(DoesNotApply):
        acknowledge_incident(emptied.pk, actor=staff_actor())


def test_acknowledging_costs_as_many_statements_for_forty_cases_as_for_one(
    frozen_clock, django_assert_num_queries
):
    actor = staff_actor()
    for cases in (1, 5):
        incident = make_incident(cases=cases)
        # Savepoint and release, lock, cases, clocks, one update a clock, count and earliest
        # due, incident, last event, event with its body.
        with django_assert_num_queries(10 + cases):
            acknowledge_incident(incident.pk, actor=actor)
