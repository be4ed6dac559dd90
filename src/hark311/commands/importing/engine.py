"""Takes an export: new cases in batches, known ones brought up to date, the rest refused.

Each batch is one transaction; an import that was stopped goes on where it was when run again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import connection, transaction

from hark311.cases.actions.import_case import import_cases
from hark311.cases.queries.imported import Known, known_by_foreign_number
from hark311.commands.importing.csv_rows import delimiter_of
from hark311.commands.importing.desk import Desk
from hark311.commands.importing.differences import Differences
from hark311.commands.importing.export import Export, Row
from hark311.commands.importing.instants import Refused
from hark311.commands.importing.newer import Newer
from hark311.commands.importing.reading import rows_of
from hark311.commands.importing.rejects import Rejects
from hark311.commands.importing.rows import ReadRow, RowReader
from hark311.contacts.actions import next_numbers
from hark311.domain.actor import Actor, ActorKind
from hark311.domain.vocabulary import Origin
from hark311.government.models import Jurisdiction
from hark311.platform import clock

BATCH = 500
_LOCK_KEY = 0x68_61_72_6B


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows became what; every row is counted once."""

    imported: int = 0
    unchanged: int = 0
    repaired: int = 0
    rejected: int = 0

    def __str__(self) -> str:
        return (
            f"imported {self.imported}, unchanged {self.unchanged}, "
            f"repaired {self.repaired}, rejected {self.rejected}"
        )

    @property
    def rows(self) -> int:
        return self.imported + self.unchanged + self.repaired + self.rejected


def import_export(
    export: Export,
    jurisdiction: Jurisdiction,
    *,
    rejects: Path,
    progress: Callable[[Tally], None],
    differences: Differences | None = None,
    files: Path | None = None,
) -> Tally:
    """Take every row of a checked export; refused rows go to ``rejects`` with line and reason.

    progress: called after each batch with what has been done so far. differences: where to list
    in what the two systems differ. files: the folder in which pictures are looked for.
    """
    tally = Tally()
    with Rejects(rejects, export.heading, delimiter_of(export.profile)) as refused:
        importer = _Importer(export, jurisdiction, refused, differences, files)
        for rows in _batches(export):
            tally = importer.take(rows, tally)
            progress(tally)
    return tally


def _batches(export: Export) -> Iterator[list[Row]]:
    """Rows in order, at most so many together and no foreign number twice among them."""
    batch: list[Row] = []
    seen: set[str] = set()
    for row in rows_of(export):
        number = (row.values or {}).get(export.profile.columns.id, "").strip()
        if len(batch) == BATCH or (number and number in seen):
            yield batch
            batch, seen = [], set()
        batch.append(row)
        seen.add(number)
    if batch:
        yield batch


class _Importer:
    """What stays the same from batch to batch."""

    def __init__(
        self,
        export: Export,
        jurisdiction: Jurisdiction,
        refused: Rejects,
        differences: Differences | None,
        files: Path | None,
    ) -> None:
        profile = export.profile
        self._jurisdiction, self._refused = jurisdiction, refused
        self._columns = len(export.columns)
        self._reader = RowReader(profile, clock.now())
        self._actor = Actor(
            kind=ActorKind.IMPORT,
            jurisdiction_id=jurisdiction.pk,
            name=str(profile.name),
            origin=Origin.IMPORT,
        )
        self._desk = Desk(profile, jurisdiction, files)
        self._newer = Newer(self._desk, differences, actor=self._actor)

    def take(self, rows: Sequence[Row], tally: Tally) -> Tally:
        """Bring one batch, and return the tally with it counted."""
        read, refusals = self._read(rows)
        with transaction.atomic():
            self._take_turn()
            known = known_by_foreign_number(
                self._jurisdiction.pk, [row.foreign_number for row in read.values()]
            )
            taken = self._bring(read, known, refusals)
        for row in rows:
            if row.line in refusals:
                self._refused.add(row, refusals[row.line])
        return replace(
            tally,
            imported=tally.imported + taken.imported,
            unchanged=tally.unchanged + taken.unchanged,
            repaired=tally.repaired + taken.repaired,
            rejected=tally.rejected + len(refusals),
        )

    def _read(self, rows: Sequence[Row]) -> tuple[dict[int, ReadRow], dict[int, str]]:
        read: dict[int, ReadRow] = {}
        refusals: dict[int, str] = {}
        for row in rows:
            try:
                read[row.line] = self._reader.read(row, self._columns)
            except Refused as refused:
                refusals[row.line] = refused.reason
        return read, refusals

    def _take_turn(self) -> None:
        """Two imports into one city take turns, batch by batch."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK_KEY, self._jurisdiction.pk]
            )

    def _bring(
        self, read: Mapping[int, ReadRow], known: Mapping[str, Known], refusals: dict[int, str]
    ) -> Tally:
        new: list[ReadRow] = []
        changed = unchanged = 0
        for row in read.values():
            found = known.get(row.foreign_number)
            if found is None:
                new.append(row)
            elif found.opened_at != row.instants.opened_at:
                refusals[row.line] = (
                    f"{row.foreign_number} is the number of another case, "
                    f"opened {found.opened_at.isoformat()}"
                )
            elif self._newer.take(row, found):
                changed += 1
            else:
                unchanged += 1
        repaired = self._open(new)
        return Tally(imported=len(new) - repaired + changed, unchanged=unchanged, repaired=repaired)

    def _open(self, rows: Sequence[ReadRow]) -> int:
        """Bring new rows; return how many of them had something set right."""
        zone = self._desk.organisation.zone
        numbers = next_numbers([row.instants.opened_at.astimezone(zone) for row in rows])
        imports = [
            self._desk.import_of(row, number) for row, number in zip(rows, numbers, strict=True)
        ]
        if imports:
            import_cases(imports, actor=self._actor)
        return sum(1 for one in imports if one.repairs)
