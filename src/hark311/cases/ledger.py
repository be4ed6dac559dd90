"""The one pen: saves the rows of a change and writes the event that says so, or neither.

Whatever an action changed on a LedgerRow is saved here and repeated in the event's
body, so every current column can be recomputed from events (``cases.rebuild``).
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.db.models import ForeignKey, Min
from psycopg.types.json import Jsonb

from hark311.cases.models import Case, Clock, Event, Incident, LedgerRow
from hark311.cases.models.row import as_loaded
from hark311.cases.salts import salt_for
from hark311.disruptions.models import Disruption
from hark311.domain import chain
from hark311.domain.actor import Actor
from hark311.domain.clocks import ClockState
from hark311.domain.vocabulary import EventKind, Standing, StreamKind, Visibility
from hark311.government.models import Jurisdiction
from hark311.platform import planned

Json = Any  # whatever jsonb holds; recursive types tell mypy no more here
Stream = Incident | Disruption | Jurisdiction

_LAST = """
SELECT sequence, digest FROM cases_event WHERE stream_kind = %s AND stream_id = %s
ORDER BY sequence DESC LIMIT 1
"""
_EVENT_COLUMNS = (
    *("jurisdiction_id", "stream_kind", "stream_id", "sequence", "kind", "at", "actor_kind"),
    *("actor_account_id", "case_id", "visibility", "origin", "body_digest", "digest"),
)
_APPEND = f"""
WITH event AS (
  INSERT INTO cases_event ({", ".join(_EVENT_COLUMNS)})
  VALUES ({", ".join(["%s"] * len(_EVENT_COLUMNS))}) RETURNING id
), body AS (
  INSERT INTO cases_eventbody (event_id, payload, salt) SELECT id, %s, %s FROM event
)
SELECT id FROM event
"""  # noqa: S608  # put together from the constants above


def record(
    stream: Stream,
    kind: EventKind,
    *,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, Json] | None = None,
    rows: Sequence[LedgerRow] = (),
    restated: Sequence[LedgerRow] = (),
    case: Case | None = None,
    visibility: Visibility = Visibility.PUBLIC,
) -> Event:
    """Save ``rows`` in the given order and append one event to ``stream``; return the event.

    The caller holds the lock on the stream's row (an incident, a disruption, or the jurisdiction
    for its administration), and is inside a transaction. Rows that are new are inserted; of the
    others only the columns that differ from what was loaded are written. An incident belongs
    among the rows when it, its cases or their clocks changed: incidents known before are saved
    last, with ``due_at``, ``warn_at`` and ``active_cases`` worked out from what stands then.

    restated: rows of which the event repeats every column, changed or not, since bodies that
    held them are about to be erased.
    """
    known = [row for row in rows if isinstance(row, Incident) and not row._state.adding]
    others = [row for row in rows if not any(row is one for one in known)]
    is_new_stream = isinstance(stream, Incident) and stream._state.adding
    written: dict[str, dict[str, Json]] = {}
    for row, columns in zip(others, save_all(others), strict=True):
        _note(written, row, columns)
    for incident in known:
        derive(incident)
        _note(written, incident, save(incident))
    for row in restated:
        _note(written, row, columns_of(row))
    return append(
        stream,
        kind,
        {"facts": dict(facts or {}), "rows": written},
        actor=actor,
        at=at,
        case_id=case.pk if case else None,
        visibility=visibility,
        is_first=is_new_stream,
    )


def _note(written: dict[str, dict[str, Json]], row: LedgerRow, columns: dict[str, Json]) -> None:
    if columns:
        written.setdefault(table_name(row), {}).setdefault(str(row.pk), {}).update(columns)


def derive(incident: Incident) -> None:
    """Set what an incident's columns say of its cases, from the rows saved so far."""
    active = Case.objects.filter(incident=incident, standing=Standing.ACTIVE.value)
    incident.active_cases = active.count()
    running = Clock.objects.filter(case__in=active, state=ClockState.RUNNING.value)
    first = running.aggregate(due=Min("due_at"), warn=Min("warn_at"))
    incident.due_at, incident.warn_at = first["due"], first["warn"]


def append(
    stream: Stream,
    kind: EventKind,
    payload: Mapping[str, Json],
    *,
    actor: Actor,
    at: datetime,
    case_id: int | None,
    visibility: Visibility,
    is_first: bool = False,
) -> Event:
    """Insert the event and its salted body, chained to the last of its stream.

    is_first: the stream begins with this event, so none is looked for.
    """
    stream_kind = _kind_of(stream)
    last = () if is_first else planned.fetch(_LAST, [stream_kind.value, stream.pk])
    sequence, previous = (last[0][0] + 1, bytes(last[0][1])) if last else (1, chain.GENESIS)
    salt = salt_for(actor.origin, stream_kind.value, stream.pk, sequence)
    body_digest = chain.body_digest(salt, chain.canonical(payload))
    event = Event(
        jurisdiction_id=stream.pk if isinstance(stream, Jurisdiction) else stream.jurisdiction_id,
        stream_kind=stream_kind.value,
        stream_id=stream.pk,
        sequence=sequence,
        kind=kind.value,
        at=at,
        actor_kind=actor.kind.value,
        actor_account_id=actor.account_id,
        case_id=case_id,
        visibility=visibility.value,
        origin=actor.origin.value,
        body_digest=body_digest,
    )
    event.digest = chain.event_digest(previous, header(event), body_digest)
    # After the rows, never with them: the sequencer relies on a transaction having an id of its
    # own before its first event has one.
    values = planned.values_of(event, _EVENT_COLUMNS)
    ((event.pk,),) = planned.fetch(_APPEND, [*values, Jsonb(payload), salt])
    event._state.adding = False
    return event


def _kind_of(stream: Stream) -> StreamKind:
    if isinstance(stream, Incident):
        return StreamKind.INCIDENT
    if isinstance(stream, Disruption):
        return StreamKind.DISRUPTION
    return StreamKind.ADMINISTRATION


def header(event: Event) -> dict[str, Json]:
    """What of an event its digest covers, beside the body; also used to verify."""
    return {
        "jurisdiction": event.jurisdiction_id,
        "stream": f"{event.stream_kind}:{event.stream_id}",
        "sequence": event.sequence,
        "kind": event.kind,
        "at": encode(event.at),
        "actor": f"{event.actor_kind}:{event.actor_account_id or ''}",
        "case": event.case_id,
        "visibility": event.visibility,
        "origin": event.origin,
    }


def save_all(rows: Sequence[LedgerRow]) -> list[dict[str, Json]]:
    """Insert or update ``rows``; return the columns written of each, encoded, without the key.

    What is changed is written before what is new, so that a new row may take the place that an
    old one gives up; what is new takes two statements, however many rows.
    """
    fresh = {id(row): row for row in rows if row._state.adding}
    keys = planned.take_keys([type(row) for row in fresh.values()])
    for row, key in zip(fresh.values(), keys, strict=True):
        row.pk = key
    written = [_columns_now(row) if id(row) in fresh else _update(row) for row in rows]
    if fresh:
        planned.insert_all(list(fresh.values()))
    for row in fresh.values():
        remember(row)
    return written


def _columns_now(row: LedgerRow) -> dict[str, Json]:
    adopt_keys(row)
    return columns_of(row)


def save(row: LedgerRow) -> dict[str, Json]:
    """Insert or update a row; return the columns written, encoded, without the key."""
    return save_all([row])[0]


def _update(row: LedgerRow) -> dict[str, Json]:
    adopt_keys(row)
    written = changed_columns(row)
    if written:
        row.save(update_fields=list(written))
        remember(row)
    return written


def remember(row: LedgerRow) -> None:
    """From now on, what differs from the row as it is here is a change."""
    row.loaded = as_loaded({name: getattr(row, name) for name in columns_of_model(type(row))})


def adopt_keys(row: LedgerRow) -> None:
    """Take the keys of rows that ``row`` was given before they had one."""
    for field in row._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.is_cached(row):
            other = field.get_cached_value(row)
            setattr(row, field.attname, other.pk if other is not None else None)


def changed_columns(row: LedgerRow) -> dict[str, Json]:
    """The columns in which ``row`` differs from what was loaded or last saved, encoded."""
    if row.loaded is None:
        raise AssertionError(f"{row._meta.label} was not read from the database")
    return {
        name: value
        for name, value in columns_of(row).items()
        if name not in row.loaded or encode(row.loaded[name]) != value
    }


def columns_of(row: LedgerRow) -> dict[str, Json]:
    """Every concrete column of ``row`` but its key, encoded as events hold it."""
    return {
        name: encode(getattr(row, name))
        for name in columns_of_model(type(row))
        if name != row._meta.pk.attname
    }


@cache
def columns_of_model(model: type[LedgerRow]) -> tuple[str, ...]:
    """The names of all concrete columns of a table, the key's among them."""
    return tuple(field.attname for field in model._meta.concrete_fields)


def encode(value: object) -> Json:
    """``value`` as jsonb holds it: instants as ISO in UTC, days as ISO, the rest as it is."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def table_name(row: LedgerRow | type[LedgerRow]) -> str:
    """The name under which events keep a table's rows: the model's, in lower case."""
    return str(row._meta.model_name)
