"""Does one thing with many incidents, each by itself: rehearsed first, then done, never half told.

Every row is its own transaction. One that a colleague changed meanwhile is left alone and
said; sent a second time, what is done already is known again and stays done once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlsplit

from django.http import QueryDict
from django.urls import resolve

from hark311.cases.queries.staff_happened import Happened, happened_since
from hark311.cases.queries.staff_queue import QueueRow, known_rows, queue_page
from hark311.cases.queries.worklist import Span
from hark311.cases.wording import event_sentence
from hark311.console.desk import Desk
from hark311.console.problems import sentence_of
from hark311.console.queue.bulk_deeds import BulkForm, Trace
from hark311.console.queue.filters import filter_from
from hark311.domain.errors import DoesNotApply, HarkError, NotFound, StaleForm
from hark311.notifications.rehearsal import RehearsedLetter, rehearse
from hark311.platform import clock

MOST_ROWS, MOST_LETTERS = 200, 12
# Of one row the letters to so many are worded, so as to find the languages they are in.
_PER_ROW = 4
_LONGEST = 18


class Result(StrEnum):
    """What became of a row, or would. ALREADY: the same hand has done the same before."""

    DONE = "done"
    ALREADY = "already"
    STALE = "stale"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A row that was chosen. seen: the sequence of its newest event as the list showed it."""

    incident_id: int
    seen: int

    def __str__(self) -> str:
        return f"{self.incident_id}.{self.seen}"


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """One row with what became of it, or would. why: a sentence; people: how many are told;
    will: what it would be, in words.

    mark: what a form sends to choose it again as it was seen.
    """

    row: QueueRow
    mark: str
    result: Result
    why: str = ""
    people: int = 0
    will: str = ""

    @property
    def is_fine(self) -> bool:
        return self.result in {Result.DONE, Result.ALREADY}


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen to each row, how many people are told, and what they read.

    letters: by service and language, the first of each, of MOST_LETTERS at most.
    """

    outcomes: tuple[RowOutcome, ...]
    letters: Mapping[tuple[str, str], RehearsedLetter]

    @property
    def ready(self) -> tuple[RowOutcome, ...]:
        return tuple(one for one in self.outcomes if one.result is Result.DONE)

    @property
    def left_alone(self) -> tuple[RowOutcome, ...]:
        return tuple(one for one in self.outcomes if one.result is not Result.DONE)

    @property
    def people(self) -> int:
        return sum(one.people for one in self.ready)


def chosen_from(marks: Iterable[str]) -> tuple[Chosen, ...]:
    """The rows that a form names, each once; what is no row is left out.

    Raises DoesNotApply(reason="no_rows" or "too_many_rows").
    """
    found: dict[int, Chosen] = {}
    for mark in marks:
        pk, _, seen = mark.partition(".")
        if (
            f"{pk}{seen}".isascii()
            and pk.isdecimal()
            and seen.isdecimal()
            and max(len(pk), len(seen)) <= _LONGEST
        ):
            found.setdefault(int(pk), Chosen(int(pk), int(seen)))
    if not found:
        raise DoesNotApply(reason="no_rows")
    if len(found) > MOST_ROWS:
        raise DoesNotApply(reason="too_many_rows")
    return tuple(found.values())


def whole_list(back: str, desk: Desk) -> tuple[Chosen, ...]:
    """The first MOST_ROWS of the list that stands at this address of ours.

    Raises DoesNotApply(reason="no_rows") where no list stands there or it is empty, and
    NotFound for a queue in which the reader does not work.
    """
    parts = urlsplit(back)
    found = resolve(parts.path)
    if found.view_name not in {"console:queue", "console:queues"}:
        raise DoesNotApply(reason="no_rows")
    now = clock.now()
    wanted = replace(filter_from(QueryDict(parts.query), now=now), span=Span(MOST_ROWS))
    if "code" in found.kwargs:
        queue = desk.names.organisation.queue_by_code(found.kwargs["code"])
        if queue.id not in desk.actor.queues:
            raise NotFound(what="queue")
        wanted = replace(wanted, queue_ids=frozenset({queue.id}))
    rows = queue_page(desk.actor, wanted, desk.names, now=now).rows
    if not rows:
        raise DoesNotApply(reason="no_rows")
    return tuple(Chosen(row.incident_id, row.seen) for row in rows)


def rows_for(chosen: Sequence[Chosen], desk: Desk) -> tuple[QueueRow, ...]:
    """Those of the chosen that the reader may know of, in the order given. Two statements."""
    ids = [one.incident_id for one in chosen]
    return known_rows(ids, desk.actor, desk.names, now=clock.now())


def rehearse_rows(form: BulkForm, chosen: Sequence[Chosen]) -> Preview:
    """Do each by itself and undo it; say what would happen, and who would be told."""
    seen = {one.incident_id: one for one in chosen}
    letters: dict[tuple[str, str], RehearsedLetter] = {}
    outcomes = tuple(_rehearsed(form, row, seen[row.incident_id], letters) for row in form.rows)
    return Preview(outcomes, letters)


def do_rows(form: BulkForm, chosen: Sequence[Chosen]) -> tuple[RowOutcome, ...]:
    """Do each by itself; one that is refused or changed meanwhile stops none of the others."""
    seen = {one.incident_id: one for one in chosen}
    return tuple(_done(form, row, seen[row.incident_id]) for row in form.rows)


def _rehearsed(
    form: BulkForm,
    row: QueueRow,
    chosen: Chosen,
    letters: dict[tuple[str, str], RehearsedLetter],
) -> RowOutcome:
    try:
        told = rehearse(
            lambda: form.act(row, chosen.seen),
            account_id=form.desk.actor.account_id,
            at_most=min(_PER_ROW, MOST_LETTERS - len(letters)),
            but_in={language for service, language in letters if service == row.service},
        )
    except HarkError as error:
        return _refused(form, row, chosen, error)
    for letter in told.letters:
        if letter.text and len(letters) < MOST_LETTERS:
            letters.setdefault((row.service, letter.language), letter)
    return RowOutcome(row, str(chosen), Result.DONE, people=told.people, will=form.will(row))


def _done(form: BulkForm, row: QueueRow, chosen: Chosen) -> RowOutcome:
    try:
        form.act(row, chosen.seen)
    except HarkError as error:
        return _refused(form, row, chosen, error)
    return RowOutcome(row, str(chosen), Result.DONE)


def _refused(form: BulkForm, row: QueueRow, chosen: Chosen, error: HarkError) -> RowOutcome:
    since = happened_since(row.incident_id, chosen.seen)
    if _is_traced(form.trace(), since, form.desk.actor.account_id):
        return RowOutcome(row, str(chosen), Result.ALREADY)
    if isinstance(error, StaleForm):
        why = " ".join(dict.fromkeys(event_sentence(one.kind) for one in since))
        return RowOutcome(row, str(chosen), Result.STALE, why)
    why = sentence_of(error, form.desk.names.language)
    return RowOutcome(row, str(chosen), Result.REFUSED, why)


def _is_traced(trace: Trace, since: Iterable[Happened], account_id: int | None) -> bool:
    """True if one of these events is what this hand would do again."""
    return any(
        one.kind is trace.kind
        and one.account_id == account_id
        and one.facts is not None
        and all(one.facts.get(name) == value for name, value in trace.facts.items())
        for one in since
    )
