"""What a city's events say, with its own names for rows instead of keys: to compare two writers.

Keys, numbers, salts and digests are left out; every other column of every event is compared,
and a test of each writer holds its tables against its events.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import zip_longest

from hark311.cases.models import Case, Event
from hark311.contacts.models import Interaction, Message
from hark311.people.models import Person

_POINTS_TO = {
    "case_id": "case",
    "incident_id": "incident",
    "promise_id": "promise",
    "merged_into_id": "incident",
    "follows_id": "incident",
    "into": "incident",
    "to": "incident",
    "order": "workorder",
}
_LISTS = {"cases": "case", "orders": "workorder", "evidence": "attachment"}
# Keys and numbers, and what is made of them.
_LEFT_OUT = {"id", "body_digest", "reference", "case_number"}
_IN_RECEIPTS = {"number", "case_id", "incident_id", "reference", "follow_id"}


class Names:
    """Names rows in the order in which events first tell of them."""

    def __init__(self):
        self._names = {}
        self._counts = Counter()

    def of(self, table: str, key: int | str | None) -> str | None:
        if key is None:
            return None
        name = self._names.get((table, int(key)))
        if name is None:
            self._counts[table] += 1
            name = self._names[table, int(key)] = f"{table} {self._counts[table]}"
        return name


def told_by_events(numbers: dict[str, str]) -> list[tuple]:
    """Every event of every stream. numbers: of cases, by the key of their report."""
    by_number = {number: key for key, number in numbers.items()}
    reports = {pk: by_number[number] for pk, number in Case.objects.values_list("pk", "number")}
    events = Event.objects.filter(stream_kind="incident").select_related("body")
    streams = {}
    for event in events.order_by("stream_id", "sequence"):
        streams.setdefault(event.stream_id, []).append(event)
    names = Names()
    return [
        _told(event, names, reports)
        for stream in sorted(streams.values(), key=lambda stream: _first_of(stream, reports))
        for event in stream
    ]


def first_difference(told: list[tuple], expected: list[tuple]) -> str:
    """Where two cities begin to differ; "" if they are the same."""
    for one, other in zip_longest(told, expected):
        if one != other:
            mine, theirs = _lines(one), _lines(other)
            only = [f"told {line}" for line in sorted(mine - theirs)]
            only += [f"not told {line}" for line in sorted(theirs - mine)]
            return "\n".join(only) or "another order"
    return ""


def _lines(event: tuple | None) -> set[str]:
    """Every column of an event on a line of its own."""
    if event is None:
        return {"no event is left"}
    *head, facts, rows = event
    lines = {f"{event[:3]} {head}", *(f"{event[:3]} {name}: {facts[name]}" for name in facts)}
    for row, columns in rows.items():
        lines |= {f"{event[:3]} {row} {name}: {columns[name]}" for name in columns}
    return lines


def told_by_contacts(besides: frozenset[str] = frozenset()) -> list[tuple]:
    """Every touch, message and person, without the columns that are named besides."""
    return sorted(
        (model.__name__, *(str(value) for value in _columns(row, besides)))
        for model in (Interaction, Message, Person)
        for row in model.objects.all()
    )


def _columns(row, besides: frozenset[str]) -> Iterable:
    for field in row._meta.concrete_fields:
        name, value = field.attname, getattr(row, field.attname)
        if name in _LEFT_OUT | besides or name.endswith("interaction_id"):
            continue
        if name == "receipt":
            yield {key: key in _IN_RECEIPTS or kept for key, kept in sorted(value.items())}
        else:
            yield value


def _first_of(stream: list[Event], reports: dict[int, str]) -> tuple:
    return reports[stream[0].case_id], stream[0].kind


def _told(event: Event, names: Names, reports: dict[int, str]) -> tuple:
    body = event.body.payload
    rows = {
        f"{names.of(table, key)}": _named(columns, names)
        for table in sorted(body["rows"])
        for key, columns in sorted(body["rows"][table].items(), key=lambda item: int(item[0]))
    }
    return (
        names.of("incident", event.stream_id),
        event.sequence,
        event.kind,
        event.at.isoformat(),
        event.actor_kind,
        event.actor_account_id,
        reports.get(event.case_id),
        event.visibility,
        event.origin,
        _named(body["facts"], names),
        rows,
    )


def _named(columns: dict, names: Names) -> dict:
    named = {}
    for name, value in columns.items():
        if name in {"number", "interaction_id", "person_id"}:
            named[name] = value is not None
        elif name == "clocks":
            named[name] = {names.of("clock", key): kept for key, kept in value.items()}
        elif name in _LISTS and isinstance(value, list):
            named[name] = [names.of(_LISTS[name], key) for key in value]
        elif name in _POINTS_TO:
            named[name] = names.of(_POINTS_TO[name], value)
        elif name == "from" and isinstance(value, int):
            named[name] = names.of("incident", value)
        elif name in {"why_here", "why"}:
            named[name] = [{**why, "facts": _named(why["facts"], names)} for why in value]
        else:
            named[name] = value
    return named
