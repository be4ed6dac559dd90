"""Brings batches of rows: new cases together, known ones brought up to date, the rest refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import transaction

from hark311.cases.actions.import_case import import_cases
from hark311.cases.queries.imported import Known, known_by_foreign_number
from hark311.commands.importing.desk import Desk
from hark311.commands.importing.differences import Differences
from hark311.commands.importing.export import Export, Row
from hark311.commands.importing.instants import Refused
from hark311.commands.importing.newer import Newer
from hark311.commands.importing.rejects import Rejects
from hark311.commands.importing.rows import ReadRow, RowReader
from hark311.contacts.actions import next_numbers
from hark311.domain.actor import Actor, ActorKind
from hark311.domain.vocabulary import Origin
from hark311.government.models import Jurisdiction
from hark311.platform import clock


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

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.imported + other.imported,
            self.unchanged + other.unchanged,
            self.repaired + other.repaired,
            self.rejected + other.rejected,
        )

    @property
    def rows(self) -> int:
        return self.imported + self.unchanged + self.repaired + self.rejected


class Importer:
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

    def take(self, rows: Sequence[Row]) -> Tally:
        """Bring one batch, and say what became of its rows."""
        read, refusals = self._read(rows)
        # Entries that the catalog lacks are made first, each in a transaction of its own: two
        # processes that made several in their batches would wait for each other for good.
        for one in read.values():
            self._desk.services.service_of(one)
        with transaction.atomic():
            known = known_by_foreign_number(
                self._jurisdiction.pk, [row.foreign_number for row in read.values()]
            )
            taken = self._bring(read, known, refusals)
        for row in rows:
            if row.line in refusals:
                self._refused.add(row, refusals[row.line])
        return replace(taken, rejected=len(refusals))

    def _read(self, rows: Sequence[Row]) -> tuple[dict[int, ReadRow], dict[int, str]]:
        read: dict[int, ReadRow] = {}
        refusals: dict[int, str] = {}
        for row in rows:
            try:
                read[row.line] = self._reader.read(row, self._columns)
            except Refused as refused:
                refusals[row.line] = refused.reason
        return read, refusals

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
