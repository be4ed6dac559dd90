"""Removes words that should never have been kept from a case, its incidents and their events."""

from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from hark311.access.policy import Permission
from hark311.cases.ledger import Json, record, table_name
from hark311.cases.locks import lock_incidents, refuse_stale, require_here
from hark311.cases.models import (
    Attachment,
    Case,
    Dispute,
    Event,
    Incident,
    LedgerRow,
    Membership,
    Question,
    Rating,
    WorkOrder,
)
from hark311.cases.washing import TABLES, events_that_say, keys_in, wash_row, washed
from hark311.contacts.redaction import redact_contacts
from hark311.domain.actor import Actor
from hark311.domain.errors import Conflict, DoesNotApply, NotFound
from hark311.domain.vocabulary import EventKind, Visibility
from hark311.domain.words import required_words
from hark311.platform import clock

SHORTEST_WORDS = 3
_Rows = dict[tuple[str, int], LedgerRow]


@transaction.atomic
def redact_case(
    case_id: int,
    words: str,
    reason: str,
    *,
    actor: Actor,
    attachments: Sequence[int] = (),
    seen: int | None = None,
) -> Case:
    """Cover ``words`` wherever a case and its incidents say them, and hide these attachments.

    Bodies of events that hold the words are erased. The event of the redaction restates
    every row of which they held a column, and their facts without the words, so that a
    timeline and a rebuild lose nothing else. Words in the contact log are covered too.

    reason: for colleagues, without the words.

    Raises NotFound, NotAllowed, StaleForm, Conflict if the case moves meanwhile, MissingText for
    ``words`` or ``reason``, and DoesNotApply with reason ``too_short`` or ``not_found``.
    """
    case, incidents = _lock(case_id, actor, seen)
    secret = required_words(words, field="words")
    why = washed(required_words(reason, field="reason"), secret)
    if len(secret) < SHORTEST_WORDS:
        raise DoesNotApply(reason="too_short")
    erased = events_that_say([incident.pk for incident in incidents], secret)
    rows = _rows_of(case, incidents, keys_in(erased))
    changed = [row for row in rows.values() if wash_row(row, secret)]
    hidden = _hidden(case, attachments, rows)
    messages = redact_contacts(case.number, secret)
    if not (changed or hidden or erased or messages):
        raise DoesNotApply(reason="not_found")
    now = clock.now()
    home = next(incident for incident in incidents if incident.pk == case.incident_id)
    case.updated_at = home.updated_at = now
    redaction = record(
        home,
        EventKind.REDACTED,
        actor=actor,
        at=now,
        facts={"reason": why, "hidden": list(attachments), "events": _facts_left(erased, secret)},
        rows=[*changed, *hidden, case, home],
        restated=[rows[key] for key in sorted(keys_in(erased))],
        case=case,
        visibility=Visibility.STAFF,
    )
    _erase(erased, redaction)
    return case


def _lock(case_id: int, actor: Actor, seen: int | None) -> tuple[Case, tuple[Incident, ...]]:
    """Lock every incident the case ever belonged to, then the case."""
    ids = sorted(set(Membership.objects.filter(case=case_id).values_list("incident", flat=True)))
    if not ids:
        raise NotFound(what="case")
    incidents = lock_incidents(ids, actor)
    case = Case.objects.select_for_update(no_key=True).get(pk=case_id)
    home = next((incident for incident in incidents if incident.pk == case.incident_id), None)
    if home is None:
        raise Conflict(what="case_moved")
    require_here(actor, Permission.REDACT, home)
    if seen is not None:
        refuse_stale(home, actor, seen)
    return case, incidents


def _rows_of(case: Case, incidents: Sequence[Incident], keys: set[tuple[str, int]]) -> _Rows:
    """What the case says and what the events name, each row once and locked."""
    rows: _Rows = {_key(row): row for row in (case, *incidents)}
    mine: Iterable[LedgerRow] = (
        *Question.objects.select_for_update(no_key=True).filter(case=case),
        *Dispute.objects.select_for_update(no_key=True).filter(case=case),
        *Rating.objects.select_for_update(no_key=True).filter(case=case),
        *WorkOrder.objects.select_for_update(no_key=True).filter(incident__in=incidents),
    )
    for row in mine:
        rows.setdefault(_key(row), row)
    for table in sorted({table for table, _id in keys}):
        ids = [pk for name, pk in keys if name == table and (name, pk) not in rows]
        for row in TABLES[table]._default_manager.select_for_update(no_key=True).filter(pk__in=ids):
            rows[_key(row)] = row
    return rows


def _hidden(case: Case, attachments: Sequence[int], rows: _Rows) -> list[Attachment]:
    found = []
    for attachment in Attachment.objects.select_for_update(no_key=True).filter(pk__in=attachments):
        if case.pk != attachment.case_id and case.incident_id != attachment.incident_id:
            raise NotFound(what="attachment")
        row = rows.setdefault(_key(attachment), attachment)
        if not isinstance(row, Attachment):
            raise AssertionError("a key names its table")
        row.state = "hidden"
        found.append(row)
    if len(found) != len(set(attachments)):
        raise NotFound(what="attachment")
    return found


def _facts_left(erased: Sequence[Event], secret: str) -> dict[str, Json]:
    """The facts of erased events without the words, and what erased redactions restated."""
    left: dict[str, Json] = {}
    for event in erased:
        facts = washed(event.body.payload["facts"], secret)
        left |= facts.pop("events", {}) if event.kind == EventKind.REDACTED.value else {}
        left[str(event.pk)] = facts
    return left


def _erase(events: Iterable[Event], redaction: Event) -> None:
    with connection.cursor() as cursor:
        for event in events:
            cursor.execute("SELECT cases_erase_body(%s, %s)", [event.pk, redaction.pk])


def _key(row: LedgerRow) -> tuple[str, int]:
    return table_name(row), row.pk
