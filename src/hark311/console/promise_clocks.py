"""Puts the clocks of promises into words: what is left, what is late, why one stands still."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hark311.cases.queries.staff_parts import ClockLine, TargetLine
from hark311.console.wording import PAUSES, TARGETS, span_words
from hark311.domain.clocks import ClockState


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One promise with how much of its time is used, in words and in percent.

    icon, tone, short: the mark. note: the dates, and why it stands still.
    """

    name: str
    icon: str
    tone: str
    short: str
    note: str
    used_percent: int
    is_soon: bool


def clock_row(line: ClockLine, now: datetime) -> ClockRow:
    """The row of one clock of one case."""
    icon, tone, short = _mark(line, now)
    return ClockRow(
        name=str(TARGETS[line.target]),
        icon=icon,
        tone=tone,
        short=short,
        # A time may end with a full stop of its own, as "5 p.m." does.
        note=" ".join(_notes(line, now)).replace("..", "."),
        used_percent=_used(line, now),
        is_soon=_is_soon(line, now),
    )


def target_row(line: TargetLine, now: datetime) -> ClockRow:
    """The row of the clock that falls due first, of all that were promised the same."""
    row = clock_row(line.clock, now)
    if line.of_cases < 2:
        return row
    counts = _("The first of %(cases)d cases.") % {"cases": line.of_cases}
    if line.kept or line.broken:
        facts = {"kept": line.kept, "broken": line.broken, "cases": line.of_cases}
        counts = _("Of %(cases)d cases, kept for %(kept)d and broken for %(broken)d.") % facts
    return ClockRow(
        row.name,
        row.icon,
        row.tone,
        row.short,
        f"{row.note} {counts}",
        row.used_percent,
        row.is_soon,
    )


def _mark(line: ClockLine, now: datetime) -> tuple[str, str, str]:
    span = span_words(abs(line.due_at - now))
    if line.state is ClockState.PAUSED:
        return "wait", "is-calm", _("Stands still")
    if line.state is not ClockState.RUNNING:
        if line.breached_at:
            return "check", "is-calm", _("Done late")
        return "check", "is-good", _("Kept")
    if line.due_at < now:
        return "warning", "is-late", _("Late %(span)s") % {"span": span}
    if _is_soon(line, now):
        return "half", "is-soon", _("%(span)s left") % {"span": span}
    return "ring", "", _("%(span)s left") % {"span": span}


def _notes(line: ClockLine, now: datetime) -> list[str]:
    notes = [_("Due %(day)s.") % {"day": _day(line.due_at)}]
    if line.met_at:
        notes.append(_("Done %(day)s.") % {"day": _day(line.met_at)})
        notes += _margin(line)
    if line.paused_at:
        why = " · ".join(str(PAUSES[pause]) for pause in line.pauses if pause in PAUSES)
        facts = {
            "day": _day(line.paused_at),
            "span": span_words(now - line.paused_at),
            "left": span_words(max(line.due_at - line.paused_at, now - now)),
            "why": why,
        }
        notes.append(
            _("Stands still since %(day)s, for %(span)s now: %(why)s. %(left)s were left.") % facts
        )
    return notes


def _margin(line: ClockLine) -> list[str]:
    """With how much to spare a promise was kept."""
    if line.met_at is None or line.breached_at or line.met_at > line.due_at:
        return []
    return [_("%(span)s to spare.") % {"span": span_words(line.due_at - line.met_at)}]


def _is_soon(line: ClockLine, now: datetime) -> bool:
    return line.state is ClockState.RUNNING and line.warn_at <= now <= line.due_at


def _used(line: ClockLine, now: datetime) -> int:
    until = line.met_at or line.paused_at or now
    whole = max((line.due_at - line.started_at).total_seconds(), 1)
    used = max((until - line.started_at).total_seconds(), 0)
    return min(round(100 * used / whole), 100)


def _day(at: datetime) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")
