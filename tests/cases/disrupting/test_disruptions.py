"""What staff may do with a disruption, and what stays of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.cases.make import City, make_case, make_city, staff_actor
from tests.disruptions.make import draft_of, make_disruption

from hark311.cases.disrupting.change_disruption import change_disruption, start_disruption
from hark311.cases.disrupting.compose_disruption import compose_disruption
from hark311.cases.disrupting.end_disruption import Ending, end_disruption
from hark311.cases.models import Event, Incident
from hark311.cases.verify import verify
from hark311.domain.actor import Role
from hark311.domain.disruptions import Reach
from hark311.domain.errors import (
    BadPlace,
    DoesNotApply,
    MissingText,
    NotAllowed,
    NotFound,
    StaleForm,
)
from hark311.domain.place import Point
from hark311.domain.vocabulary import Outcome
from hark311.platform import clock

pytestmark = pytest.mark.django_db
MENDED = {"en": "The pipe is mended.", "es": "La tubería está reparada."}


@pytest.fixture
def city(frozen_clock) -> City:
    return make_city()


def events_of(disruption) -> list[Event]:
    rows = Event.objects.filter(stream_kind="disruption", stream_id=disruption.pk)
    return list(rows.select_related("body").order_by("sequence"))


def test_each_version_is_an_event_of_its_own_stream(city):
    actor = staff_actor(city)
    made = make_disruption(city, actor=actor)
    change_disruption(made.pk, draft_of(title="Two breaks"), actor=actor, version=1)
    end_disruption(made.pk, Ending(MENDED), actor=actor)

    events = events_of(made)

    assert [event.kind for event in events] == [
        "disruption_composed",
        "disruption_changed",
        "disruption_ended",
    ]
    assert events[0].body.payload["facts"]["titles"]["en"] == "Water main break"
    assert events[1].body.payload["facts"]["titles"]["en"] == "Two breaks"
    assert verify().is_whole


def test_a_beginning_that_has_passed_is_not_rewritten(city):
    made = make_disruption(city)
    later = draft_of(starts_at=clock.now() + timedelta(days=1))

    changed = change_disruption(made.pk, later, actor=staff_actor(city))

    assert changed.starts_at == made.starts_at


def test_what_is_planned_can_begin_at_once_but_not_twice(city):
    made = make_disruption(city, draft=draft_of(starts_at=clock.now() + timedelta(days=1)))

    assert start_disruption(made.pk, actor=staff_actor(city)).starts_at == clock.now()
    with pytest.raises(DoesNotApply):
        start_disruption(made.pk, actor=staff_actor(city))


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param({"titles": {"en": " "}}, MissingText, id="no title"),
        pytest.param({"texts": {}}, MissingText, id="no text"),
        pytest.param({"reach": Reach(center=Point(-80, 40), radius_m=0)}, BadPlace, id="no radius"),
    ],
)
def test_what_may_not_be_told(city, change, error):
    with pytest.raises(error):
        compose_disruption(replace(draft_of(), **change), actor=staff_actor(city))


def test_it_does_not_end_before_it_begins(city):
    now = clock.now()
    with pytest.raises(DoesNotApply):
        make_disruption(city, draft=draft_of(starts_at=now, until_at=now))


def test_who_may_not_tell_the_city(city):
    with pytest.raises(NotAllowed):
        make_disruption(city, actor=staff_actor(city, role=Role.AGENT))


def test_another_city_changes_nothing(city):
    made = make_disruption(city)
    stranger = staff_actor(make_city("elsewhere"))
    with pytest.raises(NotFound):
        end_disruption(made.pk, Ending(MENDED), actor=stranger)


def test_an_old_form_is_refused(city):
    made = make_disruption(city)
    change_disruption(made.pk, draft_of(title="Two"), actor=staff_actor(city), version=1)
    with pytest.raises(StaleForm):
        change_disruption(made.pk, draft_of(title="Three"), actor=staff_actor(city), version=1)


def test_what_is_over_stays_over(city):
    made = make_disruption(city)
    end_disruption(made.pk, Ending(MENDED), actor=staff_actor(city))
    with pytest.raises(DoesNotApply):
        end_disruption(made.pk, Ending(MENDED), actor=staff_actor(city))


def test_ending_it_needs_words(city):
    made = make_disruption(city)
    with pytest.raises(MissingText):
        end_disruption(made.pk, Ending({"en": " "}), actor=staff_actor(city))


def test_its_reports_close_together_when_the_supervisor_says_so(city):
    made, case = make_disruption(city), make_case(city)
    made.incident_id = case.incident_id
    made.save()

    end_disruption(made.pk, Ending(MENDED, Outcome.FIXED), actor=staff_actor(city))

    incident = Incident.objects.get(pk=case.incident_id)
    assert (incident.state, incident.outcome) == ("closed", "fixed")
    assert incident.closing_text == "The pipe is mended."
    closed = Event.objects.select_related("body").get(stream_id=incident.pk, kind="closed")
    assert closed.body.payload["facts"]["translations"]["es"] == "La tubería está reparada."


def test_else_they_stay_open_and_are_told(city):
    made, case = make_disruption(city), make_case(city)
    made.incident_id = case.incident_id
    made.save()

    end_disruption(made.pk, Ending(MENDED), actor=staff_actor(city))

    incident = Incident.objects.get(pk=case.incident_id)
    assert (incident.state, incident.public_note) == ("received", "The pipe is mended.")
