"""Takes a status that a trusted system posts about a case, as the action that it means."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from hark311.access.policy import Permission, require
from hark311.cases.actions.acknowledge_incident import acknowledge_locked
from hark311.cases.actions.add_note import note_publicly_locked
from hark311.cases.actions.attach_evidence import attach_locked
from hark311.cases.actions.close_incident import close_locked
from hark311.cases.actions.reopen_incident import reopen_locked
from hark311.cases.actions.resume_incident import resume_locked
from hark311.cases.actions.start_work import start_locked
from hark311.cases.locks import lock_case, require_active, require_in_queue
from hark311.cases.models import Case, Incident
from hark311.domain.actor import Actor
from hark311.domain.closing import Closing
from hark311.domain.errors import DoesNotApply, NotFound
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import Outcome
from hark311.platform import clock

# What other systems call an end, and what it says of the outcome.
_ENDS: Mapping[str, Outcome] = MappingProxyType(
    {
        "closed": Outcome.INFORMATION_GIVEN,
        "fixed": Outcome.FIXED,
        "no_further_action": Outcome.CANNOT_ACT,
        "not_councils_responsibility": Outcome.NOT_OURS,
    }
)


@transaction.atomic
def take_status(
    case_id: int, status: str, text: str, *, actor: Actor, pictures: Sequence[str] = ()
) -> Case:
    """Take the status of a case from a key that may post it; a repeat of a status does nothing.

    status: ``open``, ``acknowledged``, ``in_progress``, ``closed``, or one of the ends ``fixed``,
    ``no_further_action`` and ``not_councils_responsibility``; capitals and blanks don't
    matter. text: for residents; an end needs it, otherwise it becomes a public note.
    pictures: storage keys of photos of the work; they are kept as its proof.

    Raises NotFound (also for a sensitive case), NotAllowed, IllegalTransition, MissingText,
    MissingEvidence, and DoesNotApply with reason ``status``, ``withdrawn`` or ``merged``.
    """
    case, incident = lock_case(case_id, actor)
    if incident.is_sensitive:
        raise NotFound(what="case")
    require(actor, Permission.POST_STATUS)
    require_in_queue(incident)
    require_active(case)
    wanted = "_".join(status.strip().lower().split())
    now = clock.now()
    proof = [attach_locked(incident, key, actor=actor, at=now).pk for key in pictures]
    if wanted in _ENDS:
        if State(incident.state).is_open:
            close_locked(incident, _closing(wanted, text, proof), actor=actor, at=now)
    elif wanted in _STEPS:
        _STEPS[wanted](incident, text, actor, now)
    else:
        raise DoesNotApply(reason="status", status=wanted[:40])
    return Case.objects.get(pk=case.pk)


def _closing(wanted: str, text: str, proof: Sequence[int]) -> Closing:
    outcome = _ENDS[wanted]
    detail = text.strip() if outcome.needs_detail else ""
    return Closing(outcome, text, detail=detail, evidence=tuple(proof))


def _open(incident: Incident, text: str, actor: Actor, at: datetime) -> None:
    if not State(incident.state).is_open:
        reopen_locked(incident, text, actor=actor, at=at)
        return
    _note(incident, text, actor, at)


def _acknowledge(incident: Incident, text: str, actor: Actor, at: datetime) -> None:
    if incident.state != State.ACKNOWLEDGED.value:
        acknowledge_locked(incident, actor=actor, at=at)
    _note(incident, text, actor, at)


def _start(incident: Incident, text: str, actor: Actor, at: datetime) -> None:
    if incident.state == State.WAITING.value:
        resume_locked(incident, actor=actor, at=at)
    elif incident.state != State.IN_PROGRESS.value:
        start_locked(incident, actor=actor, at=at)
    _note(incident, text, actor, at)


def _note(incident: Incident, text: str, actor: Actor, at: datetime) -> None:
    if text.strip():
        note_publicly_locked(incident, text, actor=actor, at=at)


_STEPS: Mapping[str, Callable[[Incident, str, Actor, datetime], None]] = MappingProxyType(
    {"open": _open, "acknowledged": _acknowledge, "in_progress": _start}
)
