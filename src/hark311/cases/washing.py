"""Finds and covers words in rows and in what events say; changes rows, saves nothing."""

from collections.abc import Iterable, Mapping

from hark311.cases.ledger import Json, table_name
from hark311.cases.models import (
    Attachment,
    Case,
    Clock,
    Dispute,
    Event,
    Follow,
    Incident,
    LedgerRow,
    Membership,
    Promise,
    Question,
    Rating,
    Relation,
    WorkOrder,
)
from hark311.domain.vocabulary import StreamKind
from hark311.privacy.text import remove_words

TABLES: Mapping[str, type[LedgerRow]] = {
    table_name(table): table
    for table in (
        Attachment,
        Case,
        Clock,
        Dispute,
        Follow,
        Incident,
        Membership,
        Promise,
        Question,
        Rating,
        Relation,
        WorkOrder,
    )
}

# Columns that hold what people wrote; codes, numbers and keys are none of them.
TEXT_COLUMNS = frozenset(
    {
        "address",
        "answer",
        "answers",
        "closing_text",
        "comment",
        "description",
        "outcome_detail",
        "public_note",
        "public_text",
        "reason",
        "result",
        "text",
        "waiting_note",
        "why_here",
    }
)


def washed(value: Json, words: str) -> Json:
    """``value`` with the words covered in every text within; keys stay as they are."""
    if isinstance(value, str):
        return remove_words(value, words)
    if isinstance(value, Mapping):
        return {key: washed(inner, words) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [washed(inner, words) for inner in value]
    return value


def wash_row(row: LedgerRow, words: str) -> bool:
    """Cover the words in the text columns of a row; True if they were there."""
    found = False
    for field in row._meta.concrete_fields:
        if field.attname in TEXT_COLUMNS:
            before = getattr(row, field.attname)
            after = washed(before, words)
            if after != before:
                setattr(row, field.attname, after)
                found = True
    return found


def says(payload: Mapping[str, Json], words: str) -> bool:
    """True if an event's body holds the words: in a fact, or in a text column of a row."""
    if washed(payload["facts"], words) != payload["facts"]:
        return True
    return any(
        washed(value, words) != value
        for rows in payload["rows"].values()
        for columns in rows.values()
        for name, value in columns.items()
        if name in TEXT_COLUMNS
    )


def events_that_say(incident_ids: Iterable[int], words: str) -> list[Event]:
    """The events on the streams of these incidents whose bodies hold the words, in order."""
    events = (
        Event.objects.filter(
            stream_kind=StreamKind.INCIDENT, stream_id__in=list(incident_ids), body__isnull=False
        )
        .select_related("body")
        .order_by("id")
    )
    return [event for event in events if says(event.body.payload, words)]


def keys_in(events: Iterable[Event]) -> set[tuple[str, int]]:
    """Table and id of every row of which these events hold a column."""
    return {
        (table, int(key))
        for event in events
        for table, rows in event.body.payload["rows"].items()
        for key in rows
    }
