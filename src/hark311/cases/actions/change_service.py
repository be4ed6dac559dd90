"""Says that an incident is about another service, which promises anew and may route anew."""

from datetime import datetime

from django.db import transaction

from hark311.access.policy import Permission
from hark311.cases import clocks
from hark311.cases.actions.transfer_incident import enter_queue, queue_for
from hark311.cases.ledger import record
from hark311.cases.locks import lock_incident, require_here, require_open
from hark311.cases.members import cases_of
from hark311.cases.models import (
    Case,
    Clock,
    Follow,
    Incident,
    LedgerRow,
    Membership,
    Promise,
    Question,
)
from hark311.cases.routing import route_again
from hark311.catalog.queries import Service, service_by_code
from hark311.domain.actor import Actor
from hark311.domain.clocks import ClockState
from hark311.domain.errors import DoesNotApply
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import EventKind, Privacy, Standing
from hark311.government.queries import Organisation, organisation_of
from hark311.platform import clock


@transaction.atomic
def change_service(
    incident_id: int, service_code: str, *, actor: Actor, seen: int | None = None
) -> Incident:
    """Change the service of an incident; in another queue it is received anew.

    Each active case gets the promise of the new service, counted from its own opening. The old
    one is kept, superseded; a breach of it stays a breach. A case that was private stays so.

    Raises NotFound, UnknownService, NotAllowed, StaleForm, and DoesNotApply with reason ``closed``,
    ``merged``, ``unchanged``, ``queue_not_sensitive``, or ``shared`` where the change makes
    an incident sensitive, or no longer so, that ever held more than one case.
    """
    incident = lock_incident(incident_id, actor, seen=seen)
    require_here(actor, Permission.CHANGE_SERVICE, incident)
    require_open(incident)
    service = service_by_code(incident.jurisdiction, service_code)
    if service.id == incident.service_id:
        raise DoesNotApply(reason="unchanged")
    organisation, now = organisation_of(incident.jurisdiction), clock.now()
    cases, before = cases_of(incident), incident.service.code
    rows: list[LedgerRow] = []
    if service.is_sensitive != incident.is_sensitive:
        rows += _change_sensitivity(incident, cases, service, now)
    incident.service_id, incident.service_version_id = service.id, service.version_id
    incident.updated_at = now
    _reroute(incident, cases[0], service, organisation)
    for case in cases:
        _take_service(case, service, now)
        rows.append(case)
        if case.standing == Standing.ACTIVE.value:
            rows += _promise_anew(case, incident, service, organisation, now)
    record(
        incident,
        EventKind.SERVICE_CHANGED,
        actor=actor,
        at=now,
        facts={
            "service": service.code,
            "before": before,
            "queue": organisation.queues[incident.queue_id].code,
        },
        rows=[*rows, incident],
    )
    return incident


def _reroute(incident: Incident, case: Case, service: Service, organisation: Organisation) -> None:
    routed = route_again(incident, case, service, organisation)
    queue = queue_for(incident, organisation.queue_by_code(routed.queue).id, organisation)
    incident.why_here = [
        {"code": reason.code, "facts": dict(reason.facts)} for reason in routed.why
    ]
    if queue.id != incident.queue_id:
        incident.state = State.RECEIVED.value
        enter_queue(incident, queue)


def _take_service(case: Case, service: Service, at: datetime) -> None:
    """What was told in private is never made public by a change of service."""
    if service.is_sensitive:
        case.privacy = Privacy.SENSITIVE.value
    elif case.privacy != Privacy.PUBLIC.value or service.privacy is not Privacy.PUBLIC:
        case.privacy = Privacy.PRIVATE.value
    case.is_sensitive = service.is_sensitive
    case.service_version_id = service.version_id
    case.updated_at = at


def _change_sensitivity(
    incident: Incident, cases: list[Case], service: Service, at: datetime
) -> list[LedgerRow]:
    """Change the incident and its one membership; the case follows with its service."""
    memberships = list(Membership.objects.select_for_update(no_key=True).filter(incident=incident))
    stays = Membership.objects.filter(case__in=cases).count()
    if len(memberships) != 1 or stays != 1:
        raise DoesNotApply(reason="shared")
    incident.is_sensitive = memberships[0].is_sensitive = service.is_sensitive
    follows = list(
        Follow.objects.select_for_update(no_key=True).filter(incident=incident, to_at=None)
    )
    for follow in follows:
        follow.to_at = at
    return [*memberships, *follows]


def _promise_anew(
    case: Case, incident: Incident, service: Service, organisation: Organisation, at: datetime
) -> list[LedgerRow]:
    old = Promise.objects.select_for_update(no_key=True).get(case=case, superseded_at=None)
    old.superseded_at = at
    kept = {
        clock.target: clock
        for clock in Clock.objects.select_for_update(no_key=True).filter(promise=old)
    }
    promise, new = clocks.make_promise(case, service, organisation, opened_at=case.opened_at, at=at)
    _carry_over(new, kept)
    _count_questions(case, new, organisation)
    clocks.agree_with(incident, [row for row in new if row.state != "met"], at, organisation)
    ended = clocks.supersede(row for row in kept.values() if ClockState(row.state).is_live)
    return [old, *ended, promise, *new]


def _carry_over(new: list[Clock], kept: dict[str, Clock]) -> None:
    """A promise that was kept stays kept, one that was broken stays broken."""
    for row in new:
        before = kept.get(row.target)
        if before is None:
            continue
        row.breached_at, row.warned_at = before.breached_at, before.warned_at
        if before.state == ClockState.MET.value:
            row.state, row.met_at = before.state, before.met_at


def _count_questions(case: Case, new: list[Clock], organisation: Organisation) -> None:
    running = [row for row in new if row.state == ClockState.RUNNING.value]
    for question in Question.objects.filter(case=case).order_by("asked_at", "id"):
        clocks.pause(running, clocks.QUESTION, question.asked_at)
        if question.answered_at is not None:
            clocks.resume(running, clocks.QUESTION, question.answered_at, organisation)
