"""Brings a case that another system kept: one case with one incident, open or closed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

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
from hark311.cases.ledger import Json
from hark311.cases.models import Case, Clock, Incident, LedgerRow
from hark311.domain.actor import Actor, ActorKind
from hark311.domain.errors import NotAllowed
from hark311.domain.lifecycle import State, Verb, advance
from hark311.domain.vocabulary import EventKind, Origin, Outcome, Target, Visibility
from hark311.privacy.text import mask_text


@dataclass(frozen=True, slots=True)
class ImportedNote:
    """What the other system noted, and who may read it here."""

    at: datetime
    text: str
    visibility: Visibility = Visibility.STAFF


@dataclass(frozen=True, slots=True)
class Import:
    """A case as the other system gave it away.

    closed_at: None while it is open there. changed_at: when it last changed there. repairs: what
    was set right, by code, with what stood there before. row: the values as given; they stay in
    the event and nowhere else.
    """

    opening: Opening
    closed_at: datetime | None = None
    acknowledged_at: datetime | None = None
    changed_at: datetime | None = None
    notes: Sequence[ImportedNote] = ()
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


@dataclass(slots=True)
class _Life:
    """What one imported case goes through, in order of time."""

    batch: Batch
    given: Import
    incident: Incident
    case: Case
    clocks: list[Clock]

    def acknowledge(self, at: datetime) -> None:
        self.incident.state = advance(State(self.incident.state), Verb.ACKNOWLEDGE).value
        self.incident.acknowledged_at = self.incident.updated_at = at
        met = clocks.meet(self.clocks, [Target.ACKNOWLEDGE], at)
        clocks.set_due(self.incident, self.clocks)
        self._record(EventKind.ACKNOWLEDGED, at, rows=[*met, self.incident])

    def note(self, note: ImportedNote) -> None:
        rows: list[LedgerRow] = []
        text = note.text
        if note.visibility is Visibility.PUBLIC:
            text = self.incident.public_note = mask_text(text)
            self.incident.updated_at = max(self.incident.updated_at, note.at)
            rows = [self.incident]
        self._record(
            EventKind.NOTED, note.at, facts={"text": text}, rows=rows, visibility=note.visibility
        )

    def close(self, at: datetime) -> None:
        close_as_not_recorded(self.incident, at)
        self.incident.updated_at = max(at, self.given.changed_at or at)
        self.incident.due_at = self.incident.warn_at = None
        self._record(
            EventKind.CLOSED,
            at,
            facts=closing_facts([self.case]),
            rows=[*clocks.meet(self.clocks, list(Target), at), self.incident],
        )

    def _record(
        self,
        kind: EventKind,
        at: datetime,
        *,
        rows: Sequence[LedgerRow],
        facts: Mapping[str, Json] | None = None,
        visibility: Visibility = Visibility.PUBLIC,
    ) -> None:
        self.batch.record(
            self.incident, kind, at=at, facts=facts or {}, rows=rows, visibility=visibility
        )


def _take(batch: Batch, given: Import, actor: Actor) -> Case:
    opening = given.opening
    incident = new_incident(opening, actor)
    case, rows = case_rows(opening, incident, actor)
    life = _Life(batch, given, incident, case, [row for row in rows if isinstance(row, Clock)])
    clocks.set_due(incident, life.clocks)
    incident.updated_at = given.changed_at or opening.opened_at
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
    _live(life, given)
    return case


def _live(life: _Life, given: Import) -> None:
    """Everything after the opening; at one instant the acknowledgement first, the closing last."""
    steps: list[tuple[datetime, int, Callable[[], None]]] = []
    if given.acknowledged_at is not None:
        steps.append((given.acknowledged_at, 0, partial(life.acknowledge, given.acknowledged_at)))
    steps += [(note.at, 1, partial(life.note, note)) for note in given.notes]
    if given.closed_at is not None:
        steps.append((given.closed_at, 2, partial(life.close, given.closed_at)))
    for _at, _order, step in sorted(steps, key=lambda step: step[:2]):
        step()
