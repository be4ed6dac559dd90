"""Reads calls: who waits and for how long, and how well the lines were answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hark311.contacts.models import Call
from hark311.domain.errors import NotFound

# Eighty of a hundred answered within twenty seconds.
ANSWERED_WITHIN = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class WaitingCall:
    """Somebody in line. state: what the menus have learned so far."""

    id: int
    reference: str
    line: str
    language: str
    caller: str
    is_relay: bool
    waiting_since: datetime
    state: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wallboard:
    """How the lines were answered in some time. Whoever still waits counts as not answered yet.

    within: of calls answered or still waiting past the mark, how many in time, as a part of one;
    None without any. mean_wait_s: of those answered, None without any. solved: of those taken
    and over, how many led to a case or an answer at once.
    """

    waiting: int
    longest_s: int
    answered: int
    abandoned: int
    within: float | None
    mean_wait_s: int | None
    solved: float | None

    @property
    def within_percent(self) -> int | None:
        """Answered in time, of a hundred."""
        return None if self.within is None else round(self.within * 100)

    @property
    def solved_percent(self) -> int | None:
        """Solved in one call, of a hundred."""
        return None if self.solved is None else round(self.solved * 100)


def waiting_calls(jurisdiction_id: int) -> tuple[WaitingCall, ...]:
    """Everybody in line, the longest wait first; one statement."""
    rows = (
        Call.objects.filter(
            jurisdiction=jurisdiction_id,
            waiting_since__isnull=False,
            taken_at__isnull=True,
            ended_at__isnull=True,
        )
        .select_related("interaction__conversation")
        .order_by("waiting_since", "id")[:200]
    )
    return tuple(_record(row) for row in rows)


def waiting_call(call_id: int, jurisdiction_id: int) -> WaitingCall:
    """One call, whether it waits or not. Raises NotFound."""
    row = (
        Call.objects.filter(pk=call_id, jurisdiction=jurisdiction_id)
        .select_related("interaction__conversation")
        .first()
    )
    if row is None:
        raise NotFound(what="call")
    return _record(row)


def place_in_line(call: Call) -> int:
    """How many wait on the same line since longer, plus one."""
    before = Call.objects.filter(
        jurisdiction=call.jurisdiction_id,
        line=call.line,
        waiting_since__lt=call.waiting_since,
        taken_at__isnull=True,
        ended_at__isnull=True,
    )
    return before.count() + 1


def call_of_draft(draft_id: int, jurisdiction_id: int) -> Call | None:
    """The call that a draft came with, None if it came otherwise."""
    return (
        Call.objects.filter(interaction__draft=draft_id, jurisdiction=jurisdiction_id)
        .select_related("interaction")
        .first()
    )


def wallboard(jurisdiction_id: int, *, since: datetime, at: datetime) -> Wallboard:
    """The figures of calls that were put in line since an instant; one statement."""
    rows = list(
        Call.objects.filter(jurisdiction=jurisdiction_id, waiting_since__gte=since).values_list(
            "waiting_since", "taken_at", "ended_at", "interaction__outcome"
        )
    )
    waits = [taken - begun for begun, taken, _end, _how in rows if begun and taken]
    waiting = [at - begun for begun, taken, end, _how in rows if begun and not (taken or end)]
    lost = sum(1 for _begun, taken, end, _how in rows if not taken and end)
    over = [how for _begun, taken, end, how in rows if taken and end]
    return Wallboard(
        waiting=len(waiting),
        longest_s=max((_seconds(one) for one in waiting), default=0),
        answered=len(waits),
        abandoned=lost,
        within=_within(waits, waiting, lost),
        mean_wait_s=sum(map(_seconds, waits)) // len(waits) if waits else None,
        solved=sum(how in {"case", "answered"} for how in over) / len(over) if over else None,
    )


def _within(waits: Sequence[timedelta], waiting: Sequence[timedelta], lost: int) -> float | None:
    late = sum(one > ANSWERED_WITHIN for one in waiting)
    counted = len(waits) + late + lost
    return sum(one <= ANSWERED_WITHIN for one in waits) / counted if counted else None


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())


def _record(row: Call) -> WaitingCall:
    interaction = row.interaction
    conversation = getattr(interaction, "conversation", None)
    return WaitingCall(
        id=row.pk,
        reference=interaction.reference,
        line=row.line,
        language=interaction.language,
        caller=row.caller,
        is_relay=row.is_relay,
        waiting_since=row.waiting_since or interaction.started_at,
        state=conversation.state if conversation else {},
    )
