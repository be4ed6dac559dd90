"""Brings known cases up to date with a newer export, and says in what the two systems differ."""

from datetime import datetime

from hark311.cases.actions.close_imported import close_imported
from hark311.cases.actions.follow_import import move_imported, reopen_imported
from hark311.cases.queries.imported import Known
from hark311.commands.importing.desk import Desk
from hark311.commands.importing.differences import Differences
from hark311.commands.importing.rows import ReadRow
from hark311.domain.actor import Actor
from hark311.domain.place import Point
from hark311.domain.vocabulary import LocationPrecision

_NEAR_DEGREES = 1e-6


class Newer:
    """Compares rows with the cases they became.

    A closing is always taken. A reopening and another place are taken only from a row that says
    that it changed after anything that happened here; what was done here is never taken back.
    """

    def __init__(self, desk: Desk, differences: Differences | None, *, actor: Actor) -> None:
        self._desk, self._differences, self._actor = desk, differences, actor

    def take(self, row: ReadRow, known: Known) -> bool:
        """True if anything was taken over from the row."""
        changed_at = row.instants.changed_at
        newer_at = changed_at if changed_at and changed_at > known.updated_at else None
        taken = [
            self._take_place(row, known, newer_at),
            self._take_end(row, known, newer_at),
        ]
        self._tell_kind(row, known)
        return any(taken)

    def _take_end(self, row: ReadRow, known: Known, newer_at: datetime | None) -> bool:
        closed_at = row.instants.closed_at
        if known.is_open and closed_at is not None:
            close_imported(known.case_id, closed_at, actor=self._actor)
            self._tell(row, known, "closed", "open", closed_at.isoformat(), taken=True)
            return True
        if known.is_open or closed_at is not None or known.is_merged:
            return False
        taken = known.is_imported_end and newer_at is not None
        if taken and newer_at is not None:
            reopen_imported(known.case_id, newer_at, actor=self._actor)
        here = known.closed_at.isoformat() if known.closed_at else "closed"
        self._tell(row, known, "open", here, "open", taken=taken)
        return taken

    def _take_place(self, row: ReadRow, known: Known, newer_at: datetime | None) -> bool:
        if row.point is None or _is_same(row.point, known):
            return False
        taken = newer_at is not None and known.is_open
        if taken and newer_at is not None:
            move_imported(known.case_id, self._desk.spot(row), newer_at, actor=self._actor)
        self._tell(row, known, "place", _degrees(known.point), _degrees(row.point), taken=taken)
        return taken

    def _tell_kind(self, row: ReadRow, known: Known) -> None:
        service = self._desk.services.service_of(row).code
        if service != known.service:
            self._tell(row, known, "service", known.service, service, taken=False)

    def _tell(
        self, row: ReadRow, known: Known, what: str, here: str, there: str, *, taken: bool
    ) -> None:
        if self._differences is not None:
            self._differences.add(
                row.line, known.number, row.foreign_number, what, here, there, taken=taken
            )


def _is_same(point: Point, known: Known) -> bool:
    return (
        known.precision is LocationPrecision.POINT
        and abs(point.lon - known.point.lon) < _NEAR_DEGREES
        and abs(point.lat - known.point.lat) < _NEAR_DEGREES
    )


def _degrees(point: Point) -> str:
    return f"{point.lat:.6f} {point.lon:.6f}"
