"""Takes an export: new cases in batches, known ones brought up to date, the rest refused.

Each batch is one transaction; an import that was stopped goes on where it was when run again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import connection, transaction

from hark311.cases.actions.close_imported import close_imported
from hark311.cases.actions.import_case import Import, import_cases
from hark311.cases.actions.open_case import Opening, Spot
from hark311.cases.queries.imported import Known, known_by_foreign_number
from hark311.catalog.queries import routing_rules
from hark311.commands.importing.kinds import ServiceFinder
from hark311.commands.importing.profile import Profile
from hark311.commands.importing.reading import Export, Row, rows_of
from hark311.commands.importing.rejects import Rejects
from hark311.commands.importing.rows import ReadRow, Refused, RowReader
from hark311.contacts.actions import next_numbers
from hark311.domain import routing
from hark311.domain.actor import Actor, ActorKind
from hark311.domain.place import Point
from hark311.domain.vocabulary import Channel, LocationPrecision, Origin
from hark311.government.models import Jurisdiction
from hark311.government.queries import organisation_of
from hark311.places.queries import areas_of
from hark311.platform import clock
from hark311.privacy.text import mask_text

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
    profile: Profile,
    jurisdiction: Jurisdiction,
    *,
    rejects: Path,
    progress: Callable[[Tally], None],
) -> Tally:
    """Take every row of a checked export; refused rows go to ``rejects`` with line and reason.

    progress: called after each batch with what has been done so far.
    """
    tally = Tally()
    with Rejects(rejects, export.heading, export.delimiter) as refused:
        importer = _Importer(export, profile, jurisdiction, refused)
        for rows in _batches(export, profile):
            tally = importer.take(rows, tally)
            progress(tally)
    return tally


def _batches(export: Export, profile: Profile) -> Iterator[list[Row]]:
    """Rows in order, at most so many together and no foreign number twice among them."""
    batch: list[Row] = []
    seen: set[str] = set()
    for row in rows_of(export):
        number = (row.values or {}).get(profile.columns.id, "").strip()
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
        self, export: Export, profile: Profile, jurisdiction: Jurisdiction, refused: Rejects
    ) -> None:
        self._profile, self._jurisdiction, self._refused = profile, jurisdiction, refused
        self._columns = len(export.columns)
        self._reader = RowReader(profile, clock.now())
        self._services = ServiceFinder(profile, jurisdiction)
        self._organisation = organisation_of(jurisdiction)
        self._rules = routing_rules(jurisdiction)
        self._areas = areas_of(jurisdiction)
        self._active_queues = frozenset(
            queue.code for queue in self._organisation.queues.values() if queue.is_active
        )
        self._actor = Actor(
            kind=ActorKind.IMPORT,
            jurisdiction_id=jurisdiction.pk,
            name=str(profile.name),
            origin=Origin.IMPORT,
        )

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
        closed = unchanged = 0
        for row in read.values():
            found = known.get(row.foreign_number)
            if found is None:
                new.append(row)
            elif found.opened_at != row.opened_at:
                refusals[row.line] = (
                    f"{row.foreign_number} is the number of another case, "
                    f"opened {found.opened_at.isoformat()}"
                )
            elif found.is_open and row.closed_at is not None:
                close_imported(found.case_id, row.closed_at, actor=self._actor)
                closed += 1
            else:
                unchanged += 1
        self._open(new)
        repaired = sum(1 for row in new if row.repairs)
        return Tally(imported=len(new) - repaired + closed, unchanged=unchanged, repaired=repaired)

    def _open(self, rows: Sequence[ReadRow]) -> None:
        zone = self._organisation.zone
        numbers = next_numbers([row.opened_at.astimezone(zone) for row in rows])
        imports = [
            Import(self._opening(row, number), row.closed_at, row.repairs, row.values)
            for row, number in zip(rows, numbers, strict=True)
        ]
        if imports:
            import_cases(imports, actor=self._actor)

    def _opening(self, row: ReadRow, number: str) -> Opening:
        service = self._services.service_of(row)
        spot = self._spot(row)
        return Opening(
            number=number,
            service=service,
            organisation=self._organisation,
            routed=routing.route(
                self._rules,
                routing.RoutingFacts(
                    service=service.code,
                    areas=frozenset(spot.areas),
                    local_at=row.opened_at.astimezone(self._organisation.zone),
                    answers={},
                    channel=Channel.IMPORT.value,
                ),
                service_queue=self._organisation.queues[service.queue_id].code,
                fallback_queue=self._organisation.fallback_queue.code,
                active_queues=self._active_queues,
            ),
            spot=spot,
            opened_at=row.opened_at,
            channel=Channel.IMPORT,
            language=str(self._profile.language),
            privacy=self._services.privacy_of(row, service),
            description=row.text,
            public_text=mask_text(row.text),
            foreign_number=row.foreign_number,
        )

    def _spot(self, row: ReadRow) -> Spot:
        """The row's own point wherever it lies; without one, the middle of the city."""
        if row.point is None:
            middle = Point(self._jurisdiction.center_lon, self._jurisdiction.center_lat)
            return Spot(point=middle, precision=LocationPrecision.CITY, address=row.address)
        return Spot(
            point=row.point,
            precision=LocationPrecision.POINT,
            address=row.address,
            areas=tuple(area.key for area in self._areas.at(row.point)),
        )
