"""Brings a case that another system kept: one case with one incident, open or closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.db import transaction

from hark311.cases.actions.open_case import Opening
from hark311.cases.models import Case, Incident
from hark311.cases.press.imported import Retold
from hark311.cases.press.keys import SequenceKeys
from hark311.cases.press.paper import Paper, Said, said_by
from hark311.cases.press.standing import Office, office_of
from hark311.cases.salts import salt_for
from hark311.domain.actor import Actor, ActorKind
from hark311.domain.errors import NotAllowed
from hark311.domain.lifecycle import State, Verb, advance
from hark311.domain.vocabulary import Origin, Outcome, Visibility
from hark311.platform import bulk_load


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


@transaction.atomic
def import_cases(given: Sequence[Import], *, actor: Actor) -> list[int]:
    """Bring new cases of one city, all or none, in their order; return their ids.

    Their foreign numbers must be new here. Promises count from the original opening and are met
    by a closing; since the events are of origin ``import``, nobody is told, warned or escalated to.

    Raises NotAllowed unless the actor is an import.
    """
    require_import(actor)
    if not given:
        return []
    first = given[0].opening
    salts = partial(salt_for, Origin.IMPORT)
    paper = Paper(first.service.jurisdiction_id, SequenceKeys(len(given)), salts)
    office = office_of(first.organisation, {})
    ids = [_retell(paper, one, office, said_by(actor)) for one in given]
    bulk_load.copy_texts(paper.rows())
    bulk_load.copy_texts(paper.events())
    return ids


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


def _retell(paper: Paper, given: Import, office: Office, by: Said) -> int:
    retold = Retold(
        paper,
        given.opening,
        office,
        by=by,
        changed_at=given.changed_at,
        facts={
            "foreign_number": given.opening.foreign_number,
            "repairs": dict(given.repairs),
            "row": dict(given.row),
        },
    )
    if given.acknowledged_at is not None:
        retold.acknowledge(given.acknowledged_at)
    for note in given.notes:
        retold.note(note.at, note.text, note.visibility)
    if given.closed_at is not None:
        retold.close(given.closed_at)
    retold.settle()
    paper.settle()
    return retold.case_id
