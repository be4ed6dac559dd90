"""Puts a plan down by COPY: processes print parts of it side by side, each part in or not.

A load that was stopped goes on when it is begun again with the same words. Keys and numbers are
handed out by part before anything is printed, so that the order of the work changes nothing.
"""

import gc
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from multiprocessing import get_context
from typing import Any

from django.db import connections, transaction

from hark311.cases import feed, map_reader
from hark311.cases.press.tables import KEYED, PRINTED, model_of
from hark311.commands.loops import READERS
from hark311.commands.simulating.city import City
from hark311.commands.simulating.picture import keep_picture, picture_columns
from hark311.commands.simulating.plan import Part, Plan
from hark311.commands.simulating.printer import Printer
from hark311.commands.simulating.remembering import RememberingPrinter
from hark311.commands.simulating.salts import salts_of
from hark311.commands.simulating.staff import Staff
from hark311.commands.simulating.steps import Life
from hark311.commands.simulating.touches import SERIAL
from hark311.commands.simulating.truth import truth_of
from hark311.platform import bulk_load
from hark311.platform.trouble import Trouble

_SPARE = 200
# So many cases are put on the map by one process at a time.
_PINS = 20_000
# At most so many rows for one life, on average over a part; more would be told by ``load_batch``,
# which refuses a key that is there already.
_ROWS_A_LIFE: Mapping[str, float] = {
    "person": 1.6,
    "interaction": 2.2,
    "message": 2.2,
    "incident": 1.3,
    "case": 1.5,
    "membership": 1.7,
    "promise": 1.5,
    "clock": 4.5,
    "question": 0.4,
    "dispute": 0.5,
    "rating": 0.6,
    "workorder": 0.3,
    "follow": 0.3,
    "attachment": 1.5,
    "event": 14.0,
    "eventfeed": 14.0,
    SERIAL: 3.8,
}


@dataclass(frozen=True, slots=True)
class Printed:
    """What a part became."""

    name: str
    cases: int
    truths: Sequence[str]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load is."""

    cases: int
    parts: int
    of_parts: int


@dataclass(frozen=True, slots=True)
class _Job:
    """What every process needs to print a part."""

    plan: Plan
    staff: Staff
    picture: Mapping[str, Any]
    until: datetime
    seed: str


@dataclass(frozen=True, slots=True)
class _Task:
    """A part, its first keys, and the first keys that are no longer its own."""

    part: Part
    keys: Mapping[str, int]
    beyond: Mapping[str, int]

    @property
    def name(self) -> str:
        return f"{self.part.day.isoformat()}:{self.part.number}"


class Load:
    """One load. words: what tells it from others, for a load that goes on."""

    def __init__(
        self,
        plan: Plan,
        staff: Staff,
        *,
        days: Sequence[date],
        until: datetime,
        words: Mapping[str, Any],
    ) -> None:
        self._days, self._words = days, words
        picture = picture_columns(keep_picture())
        self._job = _Job(plan, staff, picture, until, str(words["seed"]))

    def run(
        self,
        *,
        processes: int,
        truth: Callable[[str], object] | None,
        progress: Callable[[Progress], None],
        restoring: Callable[[int, int], None],
    ) -> int:
        """Load what is not in yet, and put the indexes back; return how many cases are new.

        truth: told each line of the whole truth, also about what was in; None if nobody asks.
        """
        starts = self._begin()
        tasks = list(_handed_out(self._job.plan, self._days, starts))
        done = bulk_load.done_batches()
        # What is in is printed again only for the truth about it.
        todo = [(task, task.name in done) for task in tasks if truth or task.name not in done]
        cases = 0
        for number, printed in enumerate(_print_all(self._job, todo, processes), start=1):
            cases += printed.cases
            if truth is not None:
                for line in printed.truths:
                    truth(line)
            progress(Progress(cases, number, len(todo)))
        beyond = tasks[-1].beyond if tasks else starts
        _pin_all(starts["case"], beyond["case"] - 1, processes)
        bulk_load.put_back(restoring)
        self._end(beyond)
        return cases

    def _begin(self) -> Mapping[str, int]:
        """Put the indexes aside, or find them put aside; return the first keys of the load."""
        if bulk_load.is_under_way():
            words = json.loads(bulk_load.about_load())
            starts: dict[str, int] = words.pop("starts")
            if words != self._words:
                raise Trouble(f"another load was begun and not finished: {json.dumps(words)}")
            return starts
        feed.catch_up(READERS)
        starts = {name: bulk_load.next_of(_sequence(name)) for name in (*KEYED, SERIAL)}
        bulk_load.put_aside(_TABLES, json.dumps({**self._words, "starts": starts}))
        return starts

    def _end(self, beyond: Mapping[str, int]) -> None:
        for name, first in beyond.items():
            if first > 1:
                bulk_load.move_past(_sequence(name), first - 1)
        _pass_over(beyond)
        bulk_load.finish(_TABLES)


@transaction.atomic
def print_at_once(
    lives: Iterable[Life], city: City, staff: Staff, *, until: datetime, seed: str
) -> int:
    """Put lives down in one go, as if they had been lived, indexes in place; return the cases.

    For a city that is lived further: what knows a repeat is kept. Nobody else may write.
    """
    feed.catch_up(READERS)
    sequences = {name: _sequence(name) for name in (*KEYED, SERIAL)}
    starts = {name: bulk_load.next_of(sequence) for name, sequence in sequences.items()}
    printer = RememberingPrinter(
        city,
        staff,
        picture_columns(keep_picture()),
        until=until,
        first_keys=starts,
        salts=salts_of(seed),
    )
    printer.print(lives)
    texts = printer.texts()
    for name, sequence in sequences.items():
        bulk_load.take(sequence, starts[name], printer.next_key(name) - starts[name])
    bulk_load.copy_texts(texts)
    beyond = {name: printer.next_key(name) for name in starts}
    map_reader.bring_all(starts["case"], beyond["case"] - 1)
    _pass_over(beyond)
    return len(printer.numbers)


def _pass_over(beyond: Mapping[str, int]) -> None:
    """Take what was put down as read: nobody is told of it."""
    feed.pass_over(READERS, position=beyond["eventfeed"] - 1, event_id=beyond["event"] - 1)


def _handed_out(plan: Plan, days: Sequence[date], starts: Mapping[str, int]) -> Iterator[_Task]:
    """Every part with the keys that are its own, in order."""
    keys = dict(starts)
    for day in days:
        for part in plan.parts(day):
            beyond = {
                name: first + round(part.lives * _ROWS_A_LIFE[name]) + _SPARE
                for name, first in keys.items()
            }
            yield _Task(part, keys, beyond)
            keys = beyond


def _print_all(job: _Job, tasks: Sequence[tuple[_Task, bool]], processes: int) -> Iterator[Printed]:
    """Print and load the parts, in any order; tell of them in their own."""
    connections.close_all()
    with get_context("fork").Pool(processes, _start, (job,)) as pool:
        yield from pool.imap(_print, tasks)


def _pin_all(first_case: int, last_case: int, processes: int) -> None:
    """Show on the map what was put down, side by side; doing it twice changes nothing."""
    ranges = [
        (start, min(start + _PINS, last_case + 1) - 1)
        for start in range(first_case, last_case + 1, _PINS)
    ]
    connections.close_all()
    with get_context("fork").Pool(processes) as pool:
        pool.starmap(map_reader.bring_all, ranges)


_jobs: list[_Job] = []


def _start(job: _Job) -> None:
    """A process keeps its job: it is far too much to be sent along with each part."""
    # What is printed makes no circles: looking for them took a third of the time.
    gc.disable()
    _jobs.append(job)


def _print(given: tuple[_Task, bool]) -> Printed:
    (task, is_in), job = given, _jobs[0]
    printer = Printer(
        job.plan.city,
        job.staff,
        job.picture,
        until=job.until,
        first_keys=task.keys,
        salts=salts_of(job.seed),
    )
    lives = list(job.plan.lives(task.part))
    printer.print(lives)
    texts = printer.texts()
    for name, beyond in task.beyond.items():
        if printer.next_key(name) > beyond:
            raise Trouble(f"{task.name} has more rows of {name} than were thought of")
    if not is_in:
        bulk_load.load_batch(task.name, texts)
    truths = [line for life in lives for line in truth_of(life, printer.numbers)]
    return Printed(task.name, 0 if is_in else len(printer.numbers), truths)


def _sequence(name: str) -> str:
    if name == SERIAL:
        return SERIAL
    meta = model_of(name)._meta
    found = bulk_load.sequence_of(meta.db_table, str(meta.pk.column))
    if found is None:
        raise AssertionError(f"{name} has no keys of its own")
    return found


# Indexes of the map are put aside as well; its cells need theirs to be counted.
_TABLES = (*(model._meta.db_table for model in PRINTED), map_reader.PINS)
