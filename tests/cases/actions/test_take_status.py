"""A trusted system posts a status, and it is the action that it means."""

import pytest
from tests.cases.make import (
    anybody,
    cases_of,
    key_actor,
    kinds_of,
    last_event,
    make_case,
    make_city,
    make_incident,
    staff_actor,
    the_system,
)

from hark311.cases.actions.take_status import take_status
from hark311.cases.actions.wait_incident import wait_incident
from hark311.cases.models import Incident
from hark311.domain.errors import (
    DoesNotApply,
    MissingEvidence,
    MissingText,
    NotAllowed,
    NotFound,
)
from hark311.domain.lifecycle import State, WaitingFor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("status", "state", "kinds"),
    [
        ("acknowledged", "acknowledged", ["acknowledged", "noted"]),
        ("IN PROGRESS", "in_progress", ["started", "noted"]),
        ("closed", "closed", ["closed"]),
        ("Fixed", "closed", ["closed"]),
        ("not_councils_responsibility", "closed", ["closed"]),
        ("open", "received", ["noted"]),
    ],
)
def test_a_status_is_the_action_it_means_by_the_key(frozen_clock, status, state, kinds):
    case = make_case()

    take_status(case.pk, status, "The state road office has it.", actor=key_actor())

    assert Incident.objects.get().state == state
    assert kinds_of(case.incident)[1:] == kinds
    assert last_event(case.incident).actor_kind == "key"


def test_an_open_status_reopens_what_is_closed(frozen_clock):
    (case,) = cases_of(make_incident(state=State.CLOSED))

    take_status(case.pk, "open", "It came back.", actor=key_actor())

    assert last_event(case.incident).kind == "reopened"


def test_what_waits_goes_on_when_it_is_in_progress_elsewhere(frozen_clock):
    case = make_case()
    wait_incident(case.incident_id, WaitingFor.SCHEDULE, "June.", actor=the_system())

    take_status(case.pk, "in_progress", "", actor=key_actor())

    assert last_event(case.incident).kind == "resumed"


@pytest.mark.parametrize("status", ["acknowledged", "in_progress", "closed"])
def test_a_repeated_status_does_nothing(frozen_clock, status):
    case = make_case()
    text = "Done." if status == "closed" else ""
    take_status(case.pk, status, text, actor=key_actor())
    before = kinds_of(case.incident)

    take_status(case.pk, status, text, actor=key_actor())

    assert kinds_of(case.incident) == before


def test_a_key_closes_with_words_and_the_proof_the_service_asks_for(frozen_clock):
    with pytest.raises(MissingText):
        take_status(make_case().pk, "closed", "", actor=key_actor())
    with pytest.raises(MissingEvidence):
        take_status(make_case(service="graffiti").pk, "fixed", "Painted.", actor=key_actor())


def test_a_status_that_nobody_knows_is_refused(frozen_clock):
    with pytest.raises(DoesNotApply) as refused:
        take_status(make_case().pk, "exploded", "", actor=key_actor())

    assert refused.value.facts == {"reason": "status", "status": "exploded"}


def test_who_may_not_post_a_status(frozen_clock):
    case, sensitive = make_case(), make_case(service="wellbeing")

    for actor in (anybody(), staff_actor()):
        with pytest.raises(NotAllowed):
            take_status(case.pk, "acknowledged", "", actor=actor)
    with pytest.raises(NotFound):
        take_status(sensitive.pk, "acknowledged", "", actor=key_actor())
    with pytest.raises(NotFound):
        take_status(case.pk, "acknowledged", "", actor=key_actor(make_city("elsewhere")))
