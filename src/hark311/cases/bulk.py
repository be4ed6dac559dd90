"""Writes the first events of many new incidents at once, as ``cases.ledger`` writes each change.

What an import brings stands nowhere yet, so nothing has to be locked or read: rows get their
keys, their events are chained in memory, and one COPY a table puts them down.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.db import models, transaction

from hark311.cases.ledger import (
    Json,
    adopt_keys,
    changed_columns,
    columns_of,
    header,
    remember,
    table_name,
)
from hark311.cases.models import Case, Event, EventBody, Incident, LedgerRow
from hark311.domain import chain
from hark311.domain.actor import Actor
from hark311.domain.vocabulary import EventKind, StreamKind, Visibility
from hark311.platform.copying import copy_rows, next_keys

_SALT_BYTES = 16


class Batch:
    """Collects rows and events of incidents that are new, and writes all of them together.

    expected: about how many incidents; keys are taken in blocks of so many.
    """

    def __init__(self, expected: int, *, actor: Actor) -> None:
        self._expected, self._actor = max(expected, 1), actor
        self._start()

    def _start(self) -> None:
        self._keys: dict[type[models.Model], Iterator[int]] = {}
        self._rows: dict[type[LedgerRow], list[LedgerRow]] = {}
        self._last: dict[int, tuple[int, bytes]] = {}
        self._events: list[tuple[Event, Mapping[str, Json], bytes]] = []

    def record(
        self,
        incident: Incident,
        kind: EventKind,
        *,
        at: datetime,
        facts: Mapping[str, Json],
        rows: Sequence[LedgerRow],
        case: Case | None = None,
        visibility: Visibility = Visibility.PUBLIC,
    ) -> None:
        """Take rows in an order in which each stands before those that refer to it.

        Of rows taken before, the event tells what changed since. ``due_at``, ``warn_at`` and
        ``active_cases`` of the incident are the caller's to set: there is nothing in the
        database to work them out from.
        """
        written: dict[str, dict[str, Json]] = {}
        for row in rows:
            columns = self._take(row)
            if columns:
                written.setdefault(table_name(row), {})[str(row.pk)] = columns
        payload = {"facts": dict(facts), "rows": written}
        self._append(incident, kind, payload, at, case.pk if case else None, visibility)

    @transaction.atomic
    def write(self) -> None:
        """Put everything down; the batch is empty afterwards."""
        for model, rows in self._rows.items():
            copy_rows(model, rows)
        # Keys of events are taken only now: the sequencer relies on a transaction having an
        # id of its own before its first event has one, and the rows above gave it that.
        keys = self._keys_of(Event)
        bodies = []
        for event, payload, salt in self._events:
            event.pk = next(keys)
            bodies.append(EventBody(event_id=event.pk, payload=payload, salt=salt))
        copy_rows(Event, [event for event, _payload, _salt in self._events])
        copy_rows(EventBody, bodies)
        self._start()

    def _take(self, row: LedgerRow) -> dict[str, Json]:
        if row.loaded is not None:
            columns = changed_columns(row)
        else:
            row.pk = next(self._keys_of(type(row)))
            adopt_keys(row)
            columns = columns_of(row)
            self._rows.setdefault(type(row), []).append(row)
        remember(row)
        return columns

    def _append(
        self,
        incident: Incident,
        kind: EventKind,
        payload: Mapping[str, Json],
        at: datetime,
        case_id: int | None,
        visibility: Visibility,
    ) -> None:
        sequence, previous = self._last.get(incident.pk, (0, chain.GENESIS))
        salt = secrets.token_bytes(_SALT_BYTES)
        body_digest = chain.body_digest(salt, chain.canonical(payload))
        event = Event(
            jurisdiction_id=incident.jurisdiction_id,
            stream_kind=StreamKind.INCIDENT.value,
            stream_id=incident.pk,
            sequence=sequence + 1,
            kind=kind.value,
            at=at,
            actor_kind=self._actor.kind.value,
            actor_account_id=self._actor.account_id,
            case_id=case_id,
            visibility=visibility.value,
            origin=self._actor.origin.value,
            body_digest=body_digest,
        )
        event.digest = chain.event_digest(previous, header(event), body_digest)
        self._last[incident.pk] = event.sequence, bytes(event.digest)
        self._events.append((event, payload, salt))

    def _keys_of(self, model: type[models.Model]) -> Iterator[int]:
        if model not in self._keys:
            self._keys[model] = _blocks(model, self._expected)
        return self._keys[model]


def _blocks(model: type[models.Model], size: int) -> Iterator[int]:
    while True:
        yield from next_keys(model, size)
