"""Brings a case that another system kept: one case with one incident, open or closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from hark311.cases import clocks
from hark311.cases.actions.open_case import (
    Opening,
    case_rows,
    new_incident,
    opening_facts,
    visibility_of,
)
from hark311.cases.bulk import Batch
from hark311.cases.models import Case, Clock, Incident, LedgerRow
from hark311.domain.actor import Actor, ActorKind
from hark311.domain.errors import NotAllowed
from hark311.domain.lifecycle import State, Verb, advance
from hark311.domain.vocabulary import EventKind, Origin, Outcome, Target


@dataclass(frozen=True, slots=True)
class Import:
    """A case as the other system gave it away.

    closed_at: None while it is open there. repairs: what was set right, by code, with what
    stood there before. row: the values as given; they stay in the event and nowhere else.
    """

    opening: Opening
    closed_at: datetime | None = None
    repairs: Mapping[str, str] = field(default_factory=dict)
    row: Mapping[str, str] = field(default_factory=dict)


def import_case(given: Import, *, actor: Actor) -> Case:
    """Bring one case. Raises as import_cases does."""
    return import_cases([given], actor=actor)[0]


@transaction.atomic
def import_cases(given: Sequence[Import], *, actor: Actor) -> list[Case]:
    """Bring new cases, all or none, in their order; their foreign numbers must be new here.

    Promises count from the original opening and are met by a closing; since the events are of
    origin ``import``, nobody is told, warned or escalated to.

    Raises NotAllowed unless the actor is an import.
    """
    require_import(actor)
    batch = Batch(len(given), actor=actor)
    cases = [_take(batch, one, actor) for one in given]
    batch.write()
    return cases


def require_import(actor: Actor) -> None:
    """Raises NotAllowed unless the actor is an import that writes events of that origin."""
    if actor.kind is not ActorKind.IMPORT or actor.origin is not Origin.IMPORT:
        raise NotAllowed(kind="import")


def close_as_not_recorded(incident: Incident, at: datetime) -> None:
    """Close an incident of which only the day is known; nothing is saved."""
    incident.state = advance(State(incident.state), Verb.CLOSE).value
    incident.outcome = Outcome.NOT_RECORDED.value
    incident.waiting_for = incident.waiting_note = ""
    incident.closed_at = incident.updated_at = at


def closing_facts(cases: Sequence[Case]) -> dict[str, object]:
    """What the event of such a closing tells."""
    return {
        "outcome": Outcome.NOT_RECORDED.value,
        "detail": "",
        "text": "",
        "evidence": [],
        "cases": [case.pk for case in cases],
    }


def _take(batch: Batch, given: Import, actor: Actor) -> Case:
    opening = given.opening
    incident = new_incident(opening, actor)
    case, rows = case_rows(opening, incident, actor)
    case_clocks = [row for row in rows if isinstance(row, Clock)]
    clocks.set_due(incident, case_clocks)
    batch.record(
        incident,
        EventKind.RECEIVED,
        at=opening.opened_at,
        facts={
            **opening_facts(opening, incident),
            "foreign_number": opening.foreign_number,
            "repairs": dict(given.repairs),
            "row": dict(given.row),
        },
        rows=[incident, *rows],
        case=case,
        visibility=visibility_of(opening),
    )
    if given.closed_at is not None:
        _close(batch, incident, case, case_clocks, given.closed_at)
    return case


def _close(
    batch: Batch, incident: Incident, case: Case, case_clocks: list[Clock], at: datetime
) -> None:
    close_as_not_recorded(incident, at)
    incident.due_at = incident.warn_at = None
    rows: list[LedgerRow] = [*clocks.meet(case_clocks, list(Target), at), incident]
    batch.record(incident, EventKind.CLOSED, at=at, facts=closing_facts([case]), rows=rows)
