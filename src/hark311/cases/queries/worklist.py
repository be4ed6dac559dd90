"""Finds the incidents of a list in the order in which it shows them, a page at a time.

Each queue is read along its own index and only as far as the page needs, then the queues are
merged: the cost does not grow with what lies in them. A page begins after a place in the
order, not after a number of rows, so that nothing is skipped when something is worked off.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection

from hark311.cases.models import Case
from hark311.domain.actor import Actor
from hark311.domain.lifecycle import State
from hark311.domain.numbers import is_number, parse_number

# A word that more cases than this have is looked for row by row.
COMMON_WORD = 10_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_FALLS = "COALESCE(i.due_at, '9999-12-31 00:00:00+00'::timestamptz)"
_OPEN = "NOT (i.state = 'closed') AND i.merged_into_id IS NULL"
_CLOSED = "i.state = 'closed' AND i.merged_into_id IS NULL"
_DISPUTED = (
    "i.merged_into_id IS NULL AND i.id IN (SELECT c.incident_id FROM cases_dispute d"
    " JOIN cases_case c ON c.id = d.case_id WHERE d.state = 'requested')"
)
_WORDS = (
    "EXISTS (SELECT 1 FROM cases_case c WHERE c.incident_id = i.id AND"
    " (to_tsvector('simple'::regconfig, COALESCE(c.public_text, ''))"
    " @@ websearch_to_tsquery('simple'::regconfig, %s)"
    " OR to_tsvector('simple'::regconfig, COALESCE(c.address, ''))"
    " @@ websearch_to_tsquery('simple'::regconfig, %s)))"
)


class Due(StrEnum):
    """When the incidents of a list fall due."""

    LATE = "late"
    SOON = "soon"
    TODAY = "today"
    WEEK = "week"
    NEVER = "never"


class Mark(StrEnum):
    """What sets the incidents of a list apart."""

    ASKED_AGAIN = "asked"
    URGENT = "urgent"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order of a list: right at one of its rows."""

    at: datetime
    incident_id: int

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // _MICROSECOND}-{self.incident_id}"


@dataclass(frozen=True, slots=True)
class Span:
    """A page of a list: so many rows after a place, or before it; without one, the first."""

    size: int
    after: Place | None = None
    before: Place | None = None


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What a list is narrowed to; an empty part narrows nothing.

    until: the end of the local day or week, where ``due`` is one. held_by: "me", "nobody"
    or the id of an account. words: a number, or words of a text or an address.
    """

    queue_ids: frozenset[int] = frozenset()
    state: State | None = None
    service_id: int | None = None
    area: str = ""
    due: Due | None = None
    until: datetime | None = None
    held_by: str = ""
    mark: Mark | None = None
    words: str = ""
    span: Span = Span(50)


@dataclass(frozen=True, slots=True)
class Found:
    """Ids in the order of the list, with the places that the pages beside it begin at."""

    ids: tuple[int, ...]
    first: Place | None
    last: Place | None
    has_before: bool
    has_after: bool


def place_from(text: str) -> Place | None:
    """The place that was written as ``text``; None if it is none."""
    micros, _, pk = text.partition("-")
    if not (micros.isdecimal() and pk.isdecimal() and len(micros) < 19 and len(pk) < 19):
        return None
    try:
        return Place(_EPOCH + int(micros) * _MICROSECOND, int(pk))
    except OverflowError:
        return None


def find(actor: Actor, wanted: QueueFilter, *, now: datetime) -> Found:
    """One page of the incidents in the actor's queues that fit. One statement, two with words."""
    span = wanted.span
    if wanted.mark is Mark.DISPUTED:
        base, key, is_falling = _DISPUTED, _FALLS, False
    elif wanted.state is State.CLOSED:
        base, key, is_falling = _CLOSED, "i.closed_at", True
    else:
        base, key, is_falling = _OPEN, _FALLS, False
    conditions, values = _narrowed(actor, wanted, now)
    is_back = span.before is not None
    order = "DESC" if is_falling != is_back else "ASC"
    place = span.before or span.after
    if place is not None:
        conditions.append(f"({key}, i.id) {'<' if order == 'DESC' else '>'} (%s, %s)")
        values += [place.at, place.incident_id]
    queues = sorted((wanted.queue_ids or actor.queues) & actor.queues)
    rows = _rows([base, *conditions], values, key, order, queues, span.size + 1)
    return _found(rows, span, is_back=is_back)


def _rows(
    conditions: list[str], values: list[Any], key: str, order: str, queues: list[int], most: int
) -> list[tuple[int, datetime]]:
    statement = f"""
        SELECT picked.id, picked.at FROM unnest(%s::bigint[]) AS wanted (queue_id)
        CROSS JOIN LATERAL (
            SELECT i.id, {key} AS at FROM cases_incident i
            WHERE i.queue_id = wanted.queue_id AND {" AND ".join(conditions)}
            ORDER BY {key} {order}, i.id {order} LIMIT %s
        ) AS picked
        ORDER BY picked.at {order}, picked.id {order} LIMIT %s
    """  # noqa: S608  # put together from the constants above
    with connection.cursor() as cursor:
        cursor.execute(statement, [queues, *values, most, most])
        return list(cursor.fetchall())


def _found(rows: list[tuple[int, datetime]], span: Span, *, is_back: bool) -> Found:
    has_more = len(rows) > span.size
    shown = rows[: span.size]
    if is_back:
        shown = shown[::-1]
    return Found(
        ids=tuple(pk for pk, _at in shown),
        first=Place(shown[0][1], shown[0][0]) if shown else None,
        last=Place(shown[-1][1], shown[-1][0]) if shown else None,
        has_before=has_more if is_back else span.after is not None,
        has_after=True if is_back else has_more,
    )


def _narrowed(actor: Actor, wanted: QueueFilter, now: datetime) -> tuple[list[str], list[Any]]:
    """Conditions beside the queue, each with as many values as it has places for."""
    parts: list[tuple[str, list[Any]]] = [
        *_by_kind(wanted),
        *_by_due(wanted, now),
        *_by_holder(actor, wanted),
        *_by_words(wanted.words),
    ]
    return [part for part, _ in parts], [value for _, values in parts for value in values]


def _by_kind(wanted: QueueFilter) -> list[tuple[str, list[Any]]]:
    parts: list[tuple[str, list[Any]]] = []
    if wanted.state is not None and wanted.state is not State.CLOSED:
        parts.append(("i.state = %s", [wanted.state.value]))
    if wanted.service_id is not None:
        parts.append(("i.service_id = %s", [wanted.service_id]))
    if wanted.area:
        parts.append(("i.areas @> %s::jsonb", [json.dumps([wanted.area])]))
    if wanted.mark is Mark.ASKED_AGAIN:
        parts.append(("i.asked_again > 0", []))
    if wanted.mark is Mark.URGENT:
        parts.append(("i.severity IN ('urgent', 'high')", []))
    return parts


def _by_due(wanted: QueueFilter, now: datetime) -> list[tuple[str, list[Any]]]:
    """Along the index where it can be: it is by the same expression."""
    match wanted.due:
        case Due.LATE:
            return [(f"{_FALLS} < %s", [now])]
        case Due.SOON:
            return [(f"{_FALLS} >= %s AND i.warn_at <= %s", [now, now])]
        case Due.TODAY | Due.WEEK:
            return [(f"{_FALLS} >= %s AND {_FALLS} < %s", [now, wanted.until or now])]
        case Due.NEVER:
            return [("i.due_at IS NULL", [])]
        case None:
            return []


def _by_holder(actor: Actor, wanted: QueueFilter) -> list[tuple[str, list[Any]]]:
    if wanted.held_by == "nobody":
        return [("i.assignee_id IS NULL", [])]
    if wanted.held_by:
        holder = actor.account_id if wanted.held_by == "me" else int(wanted.held_by)
        return [("i.assignee_id = %s", [holder])]
    return []


def _by_words(words: str) -> list[tuple[str, list[Any]]]:
    if not words:
        return []
    if is_number(words):
        number = parse_number(words)
        return [
            (
                "i.id IN (SELECT c.incident_id FROM cases_case c WHERE c.number = %s)",
                [number],
            )
        ]
    ids = _with_words(words)
    if ids is None:
        return [(_WORDS, [words, words])]
    return [("i.id = ANY(%s::bigint[])", [ids])]


def _with_words(words: str) -> list[int] | None:
    """The incidents of the cases that have these words; None if they are too many to name."""
    query = SearchQuery(words, config="simple", search_type="websearch")
    texts, addresses = (
        Case.objects.annotate(found=SearchVector(column, config="simple"))
        .filter(found=query)
        .values_list("incident_id", flat=True)[: COMMON_WORD + 1]
        for column in ("public_text", "address")
    )
    ids = list(texts.union(addresses, all=True))
    return sorted(set(ids)) if len(ids) <= COMMON_WORD else None
