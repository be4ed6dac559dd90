"""Who may not: the same for every action that staff take."""

from collections.abc import Callable
from datetime import date

import pytest
from tests.cases.make import (
    cases_of,
    kinds_of,
    make_account,
    make_case,
    make_incident,
    outsiders,
    resident_actor,
    staff_actor,
    the_city,
    the_system,
)

from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.add_note import add_internal_note, add_public_note
from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.assign_incident import assign_incident
from hark311.cases.actions.change_service import change_service
from hark311.cases.actions.change_work_order import change_work_order
from hark311.cases.actions.correct_place import correct_place
from hark311.cases.actions.decline_dispute import decline_dispute
from hark311.cases.actions.merge_incidents import merge_incidents
from hark311.cases.actions.order_work import order_work
from hark311.cases.actions.redact_case import redact_case
from hark311.cases.actions.relate_incidents import relate_incidents
from hark311.cases.actions.reopen_incident import reopen_incident
from hark311.cases.actions.request_dispute import request_dispute
from hark311.cases.actions.set_expected import set_expected
from hark311.cases.actions.set_severity import set_severity
from hark311.cases.actions.split_case import split_case
from hark311.cases.actions.start_work import start_work
from hark311.cases.actions.transfer_incident import transfer_incident
from hark311.cases.actions.unmerge_case import unmerge_case
from hark311.cases.actions.uphold_dispute import (
    uphold_dispute_apart,
    uphold_dispute_by_reopening,
)
from hark311.cases.actions.wait_incident import wait_incident
from hark311.cases.models import Dispute, Incident
from hark311.domain.actor import Actor, Role
from hark311.domain.errors import DoesNotApply, NotAllowed, NotFound, StaleForm
from hark311.domain.lifecycle import State, WaitingFor
from hark311.domain.place import Point
from hark311.domain.vocabulary import Severity, WorkOrderKind, WorkOrderState
from hark311.government.models import StaffRole

pytestmark = pytest.mark.django_db

Deed = Callable[..., object]


def _queue(code: str) -> int:
    return the_city().queues[code].pk


def _first(incident: Incident) -> int:
    return cases_of(incident)[0].pk


def _dispute(incident: Incident) -> int:
    return Dispute.objects.get(case__incident=incident).pk


OPEN: dict[str, Deed] = {
    "assign": lambda row, **who: assign_incident(row.pk, who["actor"].account_id, **who),
    "transfer": lambda row, **who: transfer_incident(row.pk, _queue("parks"), "Trees.", **who),
    "start": lambda row, **who: start_work(row.pk, **who),
    "wait": lambda row, **who: wait_incident(row.pk, WaitingFor.SCHEDULE, "Rain.", **who),
    "note": lambda row, **who: add_internal_note(row.pk, "Seen.", **who),
    "tell": lambda row, **who: add_public_note(row.pk, "Seen.", **who),
    "ask": lambda row, **who: ask_reporter(_first(row), "Where?", **who),
    "order": lambda row, **who: order_work(
        row.pk, WorkOrderKind.REPAIR, _queue("parks"), "Fill it.", **who
    ),
    "service": lambda row, **who: change_service(row.pk, "graffiti", **who),
    "place": lambda row, **who: correct_place(row.pk, Point(-80.0, 40.05), "", **who),
    "severity": lambda row, **who: set_severity(row.pk, Severity.HIGH, **who),
    "expected": lambda row, **who: set_expected(row.pk, date(2026, 7, 1), **who),
    "split": lambda row, **who: split_case(_first(row), **who),
    "merge": lambda row, **who: merge_incidents(row.pk, make_incident().pk, **who),
    "redact": lambda row, **who: redact_case(_first(row), "A deep hole", "Wish.", **who),
}
CLOSED: dict[str, Deed] = {
    "reopen": lambda row, **who: reopen_incident(row.pk, "Still there.", **who),
    "uphold": lambda row, **who: uphold_dispute_by_reopening(_dispute(row), "Right.", **who),
    "apart": lambda row, **who: uphold_dispute_apart(_dispute(row), "Right.", **who),
    "decline": lambda row, **who: decline_dispute(_dispute(row), "It is filled.", **who),
}
# What an agent may not do even in their own queue.
SUPERVISORS_ONLY = ("split", "merge", "redact")


def _open() -> Incident:
    return make_incident(cases=2)


def _closed() -> Incident:
    incident = make_incident(cases=2, state=State.CLOSED)
    case = cases_of(incident)[0]
    request_dispute(case.pk, "The hole is there.", actor=resident_actor(case))
    return incident


DEEDS = [
    *(pytest.param(_open, deed, id=name) for name, deed in OPEN.items()),
    *(pytest.param(_closed, deed, id=name) for name, deed in CLOSED.items()),
]


@pytest.mark.parametrize(("make", "deed"), DEEDS)
def test_a_supervisor_of_the_queue_may(frozen_clock, make, deed):
    incident = make()
    before = len(kinds_of(incident))

    deed(incident, actor=staff_actor())

    assert len(kinds_of(incident)) > before


@pytest.mark.parametrize(("make", "deed"), DEEDS)
@pytest.mark.parametrize(
    ("who", "error"),
    [
        pytest.param("viewer", NotAllowed, id="may only look"),
        pytest.param("other_queue", NotAllowed, id="another department may read, not act"),
        pytest.param("other_city", NotFound, id="another city sees nothing"),
    ],
)
def test_who_may_not(frozen_clock, make, deed, who, error):
    incident = make()
    before = kinds_of(incident)

    with pytest.raises(error):
        deed(incident, actor=outsiders()[who])

    assert kinds_of(incident) == before


@pytest.mark.parametrize(("make", "deed"), DEEDS)
def test_a_form_from_before_a_colleagues_note_is_stale(frozen_clock, make, deed):
    incident = make()
    seen = len(kinds_of(incident))
    add_internal_note(incident.pk, "Mind the dog.", actor=the_system())

    with pytest.raises(StaleForm) as stale:
        deed(incident, actor=staff_actor(), seen=seen)

    assert stale.value.facts["changes"] == ("noted",)


@pytest.mark.parametrize("name", SUPERVISORS_ONLY)
def test_what_only_supervisors_may(frozen_clock, name):
    incident = _open()

    with pytest.raises(NotAllowed):
        OPEN[name](incident, actor=staff_actor(role=Role.AGENT))


@pytest.mark.parametrize("name", list(CLOSED))
def test_only_supervisors_open_what_is_closed(frozen_clock, name):
    incident = _closed()

    with pytest.raises(NotAllowed):
        CLOSED[name](incident, actor=staff_actor(role=Role.AGENT))


def test_who_may_not_unmerge(frozen_clock):
    emptied, into = make_incident(), make_incident()
    case = cases_of(emptied)[0]
    merge_incidents(emptied.pk, into.pk, actor=the_system())
    people = outsiders()

    for who, error in (
        ("viewer", NotAllowed),
        ("other_queue", NotAllowed),
        ("other_city", NotFound),
    ):
        with pytest.raises(error):
            unmerge_case(case.pk, actor=people[who])

    assert kinds_of(into)[-1] == "merged_from"


def test_relating_needs_the_right_in_the_first_queue_and_sight_of_the_second(frozen_clock):
    here, there = make_incident(), make_incident(service="graffiti")
    hidden = make_case(service="wellbeing").incident
    actor: Actor = staff_actor()

    relate_incidents(here.pk, there.pk, actor=actor)

    with pytest.raises(NotAllowed):
        relate_incidents(there.pk, here.pk, actor=actor)
    with pytest.raises(NotFound):
        relate_incidents(here.pk, hidden.pk, actor=actor)


def test_a_sensitive_case_is_absent_for_every_deed_outside_its_queue(frozen_clock):
    case = make_case(service="wellbeing")

    for name, deed in OPEN.items():
        with pytest.raises(NotFound):
            deed(case.incident, actor=staff_actor(queues=("streets", "parks")))
        assert kinds_of(case.incident) == ["received"], name


def test_residents_do_not_do_what_staff_do(frozen_clock):
    incident = _open()

    with pytest.raises(NotAllowed):
        acknowledge_incident(incident.pk, actor=resident_actor(cases_of(incident)[0]))


def test_a_cancelled_work_order_gives_no_rights(frozen_clock):
    incident, parks = make_incident(), staff_actor(queues=("parks",))
    order = order_work(
        incident.pk, WorkOrderKind.REPAIR, _queue("parks"), "Cut it.", actor=staff_actor()
    )
    add_internal_note(incident.pk, "On our way.", actor=parks)
    change_work_order(order.pk, WorkOrderState.CANCELLED, "", actor=staff_actor())

    with pytest.raises(NotAllowed):
        add_internal_note(incident.pk, "Still here.", actor=parks)


def test_a_sensitive_matter_is_given_to_nobody_who_may_not_see_it(frozen_clock):
    city, case = the_city(), make_case(service="wellbeing")
    everywhere = make_account("Agent everywhere")
    StaffRole.objects.create(
        account=everywhere, jurisdiction=city.jurisdiction, department=None, role="agent"
    )

    with pytest.raises(DoesNotApply):
        assign_incident(
            case.incident_id, everywhere.pk, actor=staff_actor(queues=("care",), role=Role.AGENT)
        )
