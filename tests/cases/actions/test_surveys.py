"""Who is asked whether it is fixed, once, and what their word does."""

from datetime import date, timedelta

import pytest
from tests.cases.make import (
    FIXED,
    cases_of,
    kinds_of,
    last_event,
    make_case,
    make_incident,
    resident_actor,
    staff_actor,
)

from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.rate_case import rate_case
from hark311.cases.actions.reopen_incident import reopen_incident
from hark311.cases.actions.request_dispute import request_dispute
from hark311.cases.actions.set_expected import set_expected
from hark311.cases.actions.withdraw_case import withdraw_case
from hark311.cases.models import Case, Dispute, Incident, Rating
from hark311.cases.sweeps import sweep_surveys
from hark311.domain.closing import Closing
from hark311.domain.errors import DoesNotApply, MissingText
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import Outcome

pytestmark = pytest.mark.django_db


def test_who_is_silent_for_five_days_is_asked_once(frozen_clock):
    incident = make_incident(cases=5, state=State.CLOSED)
    silent, rated, questioned, back, imported = cases_of(incident)
    Case.objects.filter(pk=imported.pk).update(origin="import")
    rate_case(rated.pk, 5, "", actor=resident_actor(rated))
    request_dispute(questioned.pk, "No.", actor=resident_actor(questioned))
    Case.objects.filter(pk=back.pk).update(standing="withdrawn")

    frozen_clock.move_by(timedelta(days=4))
    assert sweep_surveys() == 0
    frozen_clock.move_by(timedelta(days=2))
    asked = [sweep_surveys(), sweep_surveys()]

    event = last_event(incident)
    assert asked == [1, 0]
    assert (event.kind, event.visibility) == ("survey_asked", "reporter")
    assert event.body.payload["facts"] == {"cases": [silent.pk]}


def test_where_nobody_is_left_to_ask_only_staff_read_it(frozen_clock):
    incident = make_incident(state=State.CLOSED)
    (case,) = cases_of(incident)
    rate_case(case.pk, 5, "", actor=resident_actor(case))
    frozen_clock.move_by(timedelta(days=6))

    sweep_surveys()

    assert last_event(incident).visibility == "staff"


def test_a_plan_is_asked_about_after_its_day(frozen_clock):
    case = make_case()
    set_expected(case.incident_id, date(2026, 9, 1), actor=staff_actor())
    closing = Closing(Outcome.PLANNED, "In the fall.", detail="In September")
    close_incident(case.incident_id, closing, actor=staff_actor())

    frozen_clock.move_by(timedelta(days=30))
    assert sweep_surveys() == 0
    frozen_clock.move_by(timedelta(days=64))
    assert sweep_surveys() == 1


def test_what_is_sensitive_taken_back_or_opened_again_is_not_asked_about(frozen_clock):
    make_incident(service="wellbeing", state=State.CLOSED)
    back = make_case()
    withdraw_case(back.pk, actor=resident_actor(back))
    reopened = make_incident(state=State.CLOSED)
    reopen_incident(reopened.pk, "It came back.", actor=staff_actor())

    assert not Incident.objects.filter(survey_at__isnull=False).exists()


def test_not_fixed_questions_the_closing_whatever_the_stars(frozen_clock):
    first, second = cases_of(make_incident(cases=2, state=State.CLOSED))

    rate_case(
        first.pk, 5, "Kind people, but it is open.", actor=resident_actor(first), is_fixed=False
    )
    rate_case(second.pk, 1, "Rude.", actor=resident_actor(second), is_fixed=True)

    assert [one.case_id for one in Dispute.objects.all()] == [first.pk]


def test_of_each_closing_there_is_one_rating_and_it_may_change_for_thirty_days(frozen_clock):
    incident = make_incident(state=State.CLOSED)
    (case,) = cases_of(incident)
    actor = resident_actor(case)
    rate_case(case.pk, None, "", actor=actor, is_fixed=True)
    frozen_clock.move_by(timedelta(days=30))
    rate_case(case.pk, 4, "Still whole.", actor=actor, is_fixed=True)
    frozen_clock.move_by(timedelta(minutes=1))

    with pytest.raises(DoesNotApply) as refused:
        rate_case(case.pk, 1, "", actor=actor)
    (kept,) = Rating.objects.all()

    assert refused.value.facts == {"reason": "rated"}
    assert (kept.stars, kept.is_fixed, kept.comment) == (4, True, "Still whole.")
    assert kinds_of(incident)[-2:] == ["rated", "rated"]


def test_the_next_closing_is_rated_anew(frozen_clock):
    incident = make_incident(state=State.CLOSED)
    (case,) = cases_of(incident)
    rate_case(case.pk, 3, "", actor=resident_actor(case))
    frozen_clock.move_by(timedelta(days=1))
    reopen_incident(incident.pk, "It came back.", actor=staff_actor())
    close_incident(incident.pk, FIXED, actor=staff_actor())

    rate_case(case.pk, 5, "", actor=resident_actor(case))

    assert sorted(Rating.objects.values_list("stars", flat=True)) == [3, 5]


def test_a_rating_says_something(frozen_clock):
    (case,) = cases_of(make_incident(state=State.CLOSED))

    with pytest.raises(MissingText):
        rate_case(case.pk, None, "Well.", actor=resident_actor(case))
