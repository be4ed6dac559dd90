"""Keeps what the clocks of a case said before a merge, and gives it back after an unmerge.

A case that returns must find its promise as if it had never been away: neither what the
other incident waited for nor its closing counts. Questions to its own reporter do.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from hark311.cases import clocks
from hark311.cases.ledger import Json, encode
from hark311.cases.models import Case, Clock, Question
from hark311.domain.clocks import ClockState
from hark311.domain.vocabulary import Target
from hark311.government.queries import Organisation

_INSTANTS = ("started_at", "due_at", "warn_at", "paused_at")
_PLAIN = ("state", "pauses")


def kept(rows: Sequence[Clock]) -> dict[str, Json]:
    """What an event keeps of clocks, by their id."""
    return {
        str(row.pk): {name: encode(getattr(row, name)) for name in (*_INSTANTS, *_PLAIN)}
        for row in rows
    }


def given_back(
    case: Case, before: Mapping[str, Json], *, since: datetime, organisation: Organisation
) -> list[Clock]:
    """The clocks of a case as they were ``since`` it left, with its own questions counted.

    An update that people were given meanwhile stays given, and a breach stays a breach.
    Clocks of a promise that was made meanwhile stay as they are.
    """
    rows = list(
        Clock.objects.select_for_update(no_key=True)
        .filter(case=case, promise__superseded_at__isnull=True)
        .order_by("id")
    )
    questions = list(Question.objects.filter(case=case).order_by("asked_at", "id"))
    for row in rows:
        if str(row.pk) in before:
            _give_back(row, before[str(row.pk)])
            _count_questions(row, questions, since, organisation)
    return rows


def _give_back(row: Clock, before: Mapping[str, Json]) -> None:
    was_updated = (
        row.target == Target.UPDATE.value and encode(row.started_at) != (before["started_at"])
    )
    if was_updated:
        # An update was given: its promise counts from then, and is not owed by the closing.
        row.state, row.met_at = ClockState.RUNNING.value, None
        row.paused_at, row.pauses = None, []
        return
    row.state, row.pauses = before["state"], list(before["pauses"])
    if row.state != ClockState.MET.value:
        row.met_at = None
    for name in _INSTANTS:
        value = before[name]
        setattr(row, name, datetime.fromisoformat(value) if value else None)


def _count_questions(
    row: Clock, questions: Sequence[Question], since: datetime, organisation: Organisation
) -> None:
    """Stop and start a clock again as the questions put to the reporter ``since`` then did."""
    if row.state == ClockState.MET.value:
        return
    for question in questions:
        if question.asked_at >= max(since, row.started_at):
            clocks.pause([row], clocks.QUESTION, question.asked_at)
        if question.answered_at is not None and question.answered_at >= since:
            clocks.resume([row], clocks.QUESTION, question.answered_at, organisation)
