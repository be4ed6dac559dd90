"""Reads the days and hours of an export, and what they say of a row's life."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hark311.commands.importing.profile import Profile

EARLIEST_YEAR = 1970
_AHEAD = timedelta(days=1)


class Refused(Exception):
    """A row that cannot be a case; the reason is for whoever mends the export."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Instants:
    """When things happened to a row. closed_at: None while it is open."""

    opened_at: datetime
    closed_at: datetime | None = None
    acknowledged_at: datetime | None = None
    due_at: datetime | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class InstantReader:
    """Reads the instants of rows by a profile, as of one instant."""

    profile: Profile
    now: datetime
    _open: frozenset[str] = field(init=False)
    _closed: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        words = self.profile.statuses
        for name, given in (
            ("_open", words.open if words else ()),
            ("_closed", words.closed if words else ()),
        ):
            object.__setattr__(self, name, frozenset(word.lower() for word in given))

    def read(self, values: Mapping[str, str], repairs: dict[str, str]) -> Instants:
        """The instants of a row; what had to be set right goes to ``repairs``. Raises Refused."""
        columns = self.profile.columns
        opened_at = self._opened(values, repairs)
        changed_at = self._later(columns.changed, values, opened_at)
        closed_at = self._end(values, opened_at, changed_at, repairs)
        acknowledged_at = self._later(columns.acknowledged, values, opened_at)
        if acknowledged_at and closed_at:
            acknowledged_at = min(acknowledged_at, closed_at)
        return Instants(
            opened_at=opened_at,
            closed_at=closed_at,
            acknowledged_at=acknowledged_at,
            due_at=self._due(values, opened_at, repairs),
            changed_at=changed_at,
        )

    def instant(self, text: str, repairs: dict[str, str]) -> datetime | None:
        """The instant that a cell tells, or None if it is no date of our time."""
        for form in self.profile.dates:
            read = _read_date(text, form)
            if read is not None:
                break
        else:
            return None
        if not EARLIEST_YEAR <= read.year <= self.now.year + 20:
            return None
        if read.tzinfo is not None:
            return read.astimezone(UTC)
        at = read.replace(tzinfo=self.profile.zone).astimezone(UTC)
        # In the hour that clocks skip, no such time was ever shown.
        if at.astimezone(self.profile.zone).replace(tzinfo=None) != read:
            repairs["hour_that_was_skipped"] = text
        return at

    def _opened(self, values: Mapping[str, str], repairs: dict[str, str]) -> datetime:
        column = self.profile.columns.opened
        said = values.get(column, "")
        if not said:
            raise Refused(f"{column} is empty")
        opened_at = self.instant(said, repairs)
        if opened_at is None:
            raise Refused(f"{column} is no date: {said[:40]}")
        if opened_at > self.now + _AHEAD:
            raise Refused(f"{column} lies in the future: {said[:40]}")
        return min(opened_at, self.now)

    def _end(
        self,
        values: Mapping[str, str],
        opened_at: datetime,
        changed_at: datetime | None,
        repairs: dict[str, str],
    ) -> datetime | None:
        said = values.get(self.profile.columns.closed or "", "")
        is_closed = self._is_closed(values)
        if said:
            return self._closed_at(said, is_closed, opened_at, repairs)
        if not is_closed:
            return None
        if changed_at is not None:
            return changed_at
        repairs["closed_without_day"] = values[self.profile.columns.status or ""]
        return opened_at

    def _closed_at(
        self, said: str, is_closed: bool | None, opened_at: datetime, repairs: dict[str, str]
    ) -> datetime | None:
        if is_closed is False:
            repairs["open_with_closing_day"] = said
            return None
        closed_at = self.instant(said, repairs)
        if closed_at is None:
            repairs["unreadable_closing_day"] = said
            return opened_at if is_closed else None
        if closed_at < opened_at:
            repairs["closed_before_opened"] = said
            return opened_at
        if closed_at > self.now:
            repairs["closed_in_future"] = said
            return None
        return closed_at

    def _is_closed(self, values: Mapping[str, str]) -> bool | None:
        """What the status says, or None if it says nothing that the profile knows."""
        said = values.get(self.profile.columns.status or "", "").lower()
        if said in self._closed:
            return True
        return False if said in self._open else None

    def _later(
        self, column: str | None, values: Mapping[str, str], opened_at: datetime
    ) -> datetime | None:
        """An instant between the opening and now; another one says nothing."""
        said = values.get(column or "", "")
        at = self.instant(said, {}) if said else None
        return at if at is not None and opened_at <= at <= self.now else None

    def _due(
        self, values: Mapping[str, str], opened_at: datetime, repairs: dict[str, str]
    ) -> datetime | None:
        said = values.get(self.profile.columns.due or "", "")
        if not said:
            return None
        due_at = self.instant(said, repairs)
        if due_at is None:
            repairs["unreadable_due_day"] = said
        elif due_at < opened_at:
            repairs["due_before_opened"] = said
            due_at = None
        return due_at


def _read_date(text: str, form: str) -> datetime | None:
    try:
        if form == "iso":
            return datetime.fromisoformat(text)
        return datetime.strptime(text, form)  # noqa: DTZ007  # the profile's zone is added
    except ValueError:
        return None
