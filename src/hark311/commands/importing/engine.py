"""Takes an export, in this process or in several that share its rows out among them.

Each batch is one transaction; an import that was stopped goes on where it was when run again.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from zlib import crc32

from django.db import connection, connections

from hark311.commands.importing.csv_rows import delimiter_of
from hark311.commands.importing.differences import Differences
from hark311.commands.importing.export import Export, Row
from hark311.commands.importing.importer import Importer, Tally
from hark311.commands.importing.joining import join_lists
from hark311.commands.importing.reading import rows_of
from hark311.commands.importing.rejects import Rejects
from hark311.government.models import Jurisdiction
from hark311.platform.trouble import Trouble

BATCH = 500
_LOCK_KEY = 0x68_61_72_6B


@dataclass(frozen=True, slots=True)
class Job:
    """What is taken and where its lists go.

    rejects: refused rows, with line and reason. differences: in what the two systems differ, or
    None. files: the folder in which pictures are looked for.
    """

    export: Export
    jurisdiction: Jurisdiction
    rejects: Path
    differences: Path | None = None
    files: Path | None = None


def import_export(
    job: Job, *, progress: Callable[[Tally], None], processes: int = 1
) -> tuple[Tally, dict[str, int]]:
    """Take every row of a checked export; return the tally, and the differences by kind.

    progress: called after each batch with what has been done so far. processes: how many share
    the rows; all rows of one foreign number go to the same one, in order.
    """
    with _alone(job.jurisdiction):
        if processes == 1:
            return _take_share(job, 0, 1, progress)
        return _share_out(job, processes, progress)


@contextmanager
def _alone(jurisdiction: Jurisdiction) -> Iterator[None]:
    """Two imports into one city take turns."""
    turn = [_LOCK_KEY, jurisdiction.pk]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", turn)
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", turn)


def _take_share(
    job: Job, share: int, of: int, progress: Callable[[Tally], None]
) -> tuple[Tally, dict[str, int]]:
    tally = Tally()
    export = job.export
    with ExitStack() as stack:
        refused = stack.enter_context(
            Rejects(job.rejects, export.heading, delimiter_of(export.profile))
        )
        differences = stack.enter_context(Differences(job.differences)) if job.differences else None
        importer = Importer(export, job.jurisdiction, refused, differences, job.files)
        for rows in _batches(export, share, of):
            tally += importer.take(rows)
            progress(tally)
    return tally, dict(differences.counts) if differences else {}


def _batches(export: Export, share: int, of: int) -> Iterator[list[Row]]:
    """One share of the rows, in order, at most so many together and no number twice among them."""
    batch: list[Row] = []
    seen: set[str] = set()
    for row in rows_of(export):
        number = (row.values or {}).get(export.profile.columns.id, "").strip()
        if of > 1 and crc32(number.encode(errors="replace")) % of != share:
            continue
        if len(batch) == BATCH or (number and number in seen):
            yield batch
            batch, seen = [], set()
        batch.append(row)
        seen.add(number)
    if batch:
        yield batch


def _share_out(
    job: Job, processes: int, progress: Callable[[Tally], None]
) -> tuple[Tally, dict[str, int]]:
    """Let children take the shares; their lists are joined in the order of lines."""
    context = get_context("fork")
    with tempfile.TemporaryDirectory(prefix="hark311-import-") as folder:
        shares = [_share_of(job, Path(folder), share) for share in range(processes)]
        ends = []
        for share, part in enumerate(shares):
            here, there = context.Pipe(duplex=False)
            child = context.Process(target=_child, args=(part, share, processes, there))
            child.start()
            there.close()
            ends.append((here, child))
        try:
            tally, counts = _watch([here for here, _child in ends], progress)
        except (Trouble, KeyboardInterrupt):
            # The other part stops as well, while the database is still there.
            for _here, child in ends:
                child.terminate()
            raise
        finally:
            for _here, child in ends:
                child.join()
        delimiter = delimiter_of(job.export.profile)
        join_lists(job.rejects, [part.rejects for part in shares], delimiter=delimiter)
        if job.differences is not None:
            join_lists(job.differences, [part.differences for part in shares if part.differences])
    return tally, counts


def _share_of(job: Job, folder: Path, share: int) -> Job:
    return Job(
        job.export,
        job.jurisdiction,
        folder / f"rejects-{share}",
        folder / f"differences-{share}" if job.differences else None,
        job.files,
    )


def _child(job: Job, share: int, of: int, there: Connection) -> None:
    """Take one share on a connection of one's own, and tell how far it is."""
    # The parent's connection is left alone: it is the parent's to close.
    connections["default"].connection = None
    try:
        done = _take_share(job, share, of, lambda tally: there.send((tally, None)))
        there.send(done)
    except Trouble as trouble:
        there.send((None, trouble.line))
    finally:
        connections.close_all()
        there.close()


def _watch(
    ends: list[Connection], progress: Callable[[Tally], None]
) -> tuple[Tally, dict[str, int]]:
    """Add up what children tell until each has told its end. Raises Trouble if one stopped."""
    tallies = dict.fromkeys(ends, Tally())
    counts: dict[str, int] = {}
    finished: set[Connection] = set()
    while len(finished) < len(ends):
        for end in wait([end for end in ends if end not in finished]):
            if not isinstance(end, Connection):
                continue
            tally, told = _told_by(end)
            tallies[end] = tally
            if told is not None:
                finished.add(end)
                for what, count in told.items():
                    counts[what] = counts.get(what, 0) + count
            progress(sum(tallies.values(), Tally()))
    return sum(tallies.values(), Tally()), counts


def _told_by(end: Connection) -> tuple[Tally, dict[str, int] | None]:
    try:
        tally, told = end.recv()
    except EOFError:
        raise Trouble("a part of the import stopped; run it again to go on") from None
    if tally is None:
        raise Trouble(str(told))
    return tally, told


def processes_for(rows: int) -> int:
    """How many processes so many rows are worth: one for few, else two."""
    return 2 if rows >= 5_000 and (os.cpu_count() or 1) > 1 else 1
