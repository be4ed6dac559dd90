"""Loads a government's offices from plain values; what vanished is retired, never deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hark311.government.models import Calendar, Department, Jurisdiction, Queue
from hark311.platform.rows import RowChange, bring


@dataclass(frozen=True, slots=True)
class Offices:
    """The offices of one jurisdiction; values as the tables hold them, references by code."""

    departments: Mapping[str, Mapping[str, Any]]
    calendars: Mapping[str, Mapping[str, Any]]
    queues: Mapping[str, Mapping[str, Any]]
    # queue -> (department, calendar, escalation queue or "")
    links: Mapping[str, tuple[str, str, str]]


def load_jurisdiction(key: str, values: Mapping[str, Any]) -> tuple[Jurisdiction, list[RowChange]]:
    """Bring the row of a jurisdiction up to date; the first one loaded becomes the default."""
    is_first = not Jurisdiction.objects.exclude(key=key).exists()
    row, change = bring(Jurisdiction, {"key": key}, values, f"jurisdiction {key}")
    if is_first and not row.is_default:
        row.is_default = True
        row.save(update_fields=["is_default"])
    return row, [change] if change else []


def load_offices(jurisdiction: Jurisdiction, offices: Offices) -> list[RowChange]:
    """Bring departments, calendars and queues up to date; return what changed."""
    changes: list[RowChange | None] = []
    departments, calendars, queues = {}, {}, {}
    for code, values in offices.departments.items():
        departments[code], change = bring(
            Department,
            {"jurisdiction": jurisdiction, "code": code},
            {**values, "is_active": True},
            f"department {code}",
        )
        changes.append(change)
    for code, values in offices.calendars.items():
        calendars[code], change = bring(
            Calendar,
            {"jurisdiction": jurisdiction, "code": code},
            values,
            f"calendar {code}",
        )
        changes.append(change)
    # A new fallback can only be set once the old one is none.
    fallback = [code for code, values in offices.queues.items() if values["is_fallback"]]
    Queue.objects.filter(jurisdiction=jurisdiction, is_fallback=True).exclude(
        code__in=fallback
    ).update(is_fallback=False)
    for code, values in offices.queues.items():
        department, calendar, _escalation = offices.links[code]
        queues[code], change = bring(
            Queue,
            {"jurisdiction": jurisdiction, "code": code},
            {
                **values,
                "department_id": departments[department].pk,
                "calendar_id": calendars[calendar].pk,
                "is_active": True,
            },
            f"queue {code}",
        )
        changes.append(change)
    changes += _escalations(offices, queues)
    changes += _retired(Department, jurisdiction, offices.departments, "department")
    changes += _retired(Queue, jurisdiction, offices.queues, "queue")
    return [change for change in changes if change]


def _escalations(offices: Offices, queues: Mapping[str, Queue]) -> list[RowChange | None]:
    changes = []
    for code, queue in queues.items():
        target = offices.links[code][2]
        wanted = queues[target].pk if target else None
        _row, change = bring(Queue, {"pk": queue.pk}, {"escalates_to_id": wanted}, f"queue {code}")
        changes.append(change)
    return changes


def _retired(
    model: type[Department] | type[Queue],
    jurisdiction: Jurisdiction,
    kept: Sequence[str] | Mapping[str, Any],
    what: str,
) -> list[RowChange | None]:
    gone = model._default_manager.filter(jurisdiction=jurisdiction, is_active=True).exclude(
        code__in=list(kept)
    )
    changes: list[RowChange | None] = [RowChange("retire", f"{what} {row.code}") for row in gone]
    gone.update(is_active=False)
    return changes
