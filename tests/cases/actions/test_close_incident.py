from dataclasses import replace
from datetime import timedelta

import pytest
from tests.cases.make import (
    FIXED,
    cases_of,
    last_event,
    make_case,
    make_incident,
    outsiders,
    staff_actor,
    the_city,
    the_system,
)

from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.order_work import order_work
from hark311.cases.models import Attachment, Clock, Question, WorkOrder
from hark311.domain.closing import Closing
from hark311.domain.errors import (
    DoesNotApply,
    IllegalTransition,
    MissingEvidence,
    MissingOutcome,
    MissingText,
    NotAllowed,
    NotFound,
    StaleForm,
)
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import Outcome, WorkOrderKind

pytestmark = pytest.mark.django_db


def test_closing_says_why_and_reaches_every_reporter(frozen_clock):
    incident = make_incident(cases=40)

    closed = close_incident(incident.pk, FIXED, actor=staff_actor())

    assert (closed.state, closed.outcome) == ("closed", "fixed")
    facts = last_event(incident).body.payload["facts"]
    assert facts["text"] == "Filled this morning."
    assert facts["cases"] == [case.pk for case in cases_of(incident)]
    assert set(Clock.objects.values_list("state", flat=True)) == {"met"}
    assert closed.due_at is None


def test_closing_ends_open_questions_and_work_orders(frozen_clock):
    case = make_case()
    ask_reporter(case.pk, "Which lane?", actor=staff_actor())
    order_work(
        case.incident_id,
        WorkOrderKind.REPAIR,
        the_city().queues["streets"].pk,
        "Fill it.",
        actor=the_system(),
    )

    close_incident(case.incident_id, FIXED, actor=staff_actor())

    assert Question.objects.get().state == "lapsed"
    assert WorkOrder.objects.get().state == "cancelled"


def test_the_text_of_a_closing_names_no_telephone_number(frozen_clock):
    words = "Done. Call (212) 555-0123 or joe@city.test."
    closing = Closing(Outcome.CANNOT_ACT, words, detail=words)

    closed = close_incident(make_incident().pk, closing, actor=staff_actor())

    assert closed.closing_text == closed.outcome_detail == "Done. Call ●●● or ●●●."
    assert last_event(closed).body.payload["facts"]["detail"] == "Done. Call ●●● or ●●●."


@pytest.mark.parametrize(
    ("closing", "error"),
    [
        pytest.param(Closing(Outcome.FIXED, " "), MissingText, id="no words"),
        pytest.param(Closing(Outcome.NOT_OURS, "Not ours."), MissingOutcome, id="whose it is"),
        pytest.param(Closing(Outcome.WITHDRAWN, "Gone."), MissingOutcome, id="not for staff"),
    ],
)
def test_a_closing_that_explains_nothing_is_refused(frozen_clock, closing, error):
    incident = make_incident()

    with pytest.raises(error):
        close_incident(incident.pk, closing, actor=staff_actor())

    assert last_event(incident).kind == "received"


def test_a_service_that_asks_for_a_photo_closes_with_one(frozen_clock):
    incident = make_incident(service="graffiti")
    actor = staff_actor(queues=("parks",))
    with pytest.raises(MissingEvidence):
        close_incident(incident.pk, FIXED, actor=actor)
    photo = Attachment.objects.create(
        jurisdiction=the_city().jurisdiction,
        incident=incident,
        kind="photo",
        storage_key="a",
        content_type="image/jpeg",
        size=1,
        digest="a",
        is_evidence=True,
        created_at=frozen_clock.at,
    )

    closing = Closing(Outcome.FIXED, "Painted over.", evidence=(photo.pk,))

    assert close_incident(incident.pk, closing, actor=actor).state == "closed"


def test_a_closed_incident_does_not_close_twice(frozen_clock):
    incident = make_incident(state=State.CLOSED)

    with pytest.raises(IllegalTransition):
        close_incident(incident.pk, FIXED, actor=staff_actor())


@pytest.mark.parametrize(
    ("who", "error"),
    [("viewer", NotAllowed), ("other_queue", NotAllowed), ("other_city", NotFound)],
)
def test_who_may_not_close(frozen_clock, who, error):
    incident = make_incident()

    with pytest.raises(error):
        close_incident(incident.pk, FIXED, actor=outsiders()[who])

    assert last_event(incident).kind == "received"


def test_a_closing_by_a_stale_form_is_refused(frozen_clock):
    incident = make_incident(cases=2)

    with pytest.raises(StaleForm):
        close_incident(incident.pk, FIXED, actor=staff_actor(), seen=1)


def test_a_day_is_enough_for_what_is_planned_and_becomes_the_expected_date(frozen_clock):
    incident = make_incident()
    day = frozen_clock.at.date() + timedelta(days=30)
    planned = Closing(Outcome.PLANNED, "With the new street.", planned_on=day)

    closed = close_incident(incident.pk, planned, actor=staff_actor())

    assert closed.expected_on == day
    assert last_event(incident).body.payload["facts"]["expected_on"] == day.isoformat()
    assert closed.survey_at is not None


def test_nothing_is_planned_for_a_day_that_is_over(frozen_clock):
    incident = make_incident()
    day = frozen_clock.at.date() - timedelta(days=2)
    planned = Closing(Outcome.PLANNED, "With the new street.", planned_on=day)

    with pytest.raises(DoesNotApply) as refused:
        close_incident(incident.pk, planned, actor=staff_actor())

    assert refused.value.facts["reason"] == "past"


def test_a_day_counts_only_for_what_is_planned(frozen_clock):
    incident = make_incident()
    day = frozen_clock.at.date() + timedelta(days=30)

    close_incident(incident.pk, replace(FIXED, planned_on=day), actor=staff_actor())

    incident.refresh_from_db()
    assert incident.expected_on is None
