"""What one row says, read by its profile, with whatever had to be set right; no database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hark311.commands.importing.profile import Profile, ServiceMatch
from hark311.commands.importing.reading import Row
from hark311.domain.errors import BadPlace
from hark311.domain.place import Point, point_from
from hark311.intake.cleaning import TEXT_LENGTH, clean_text

EARLIEST_YEAR = 1970
ADDRESS_LENGTH = 300
KEY_LENGTH = 80
_AHEAD = timedelta(days=1)


class Refused(Exception):
    """A row that cannot be a case; the reason is for whoever mends the export."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row in our words. point: None where there is none to believe."""

    line: int
    foreign_number: str
    kind: str
    opened_at: datetime
    closed_at: datetime | None
    point: Point | None
    text: str
    address: str
    repairs: Mapping[str, str]
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads the rows of one export by its profile, as of one instant."""

    profile: Profile
    now: datetime
    _empty: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        words = frozenset(word.lower() for word in self.profile.empty)
        object.__setattr__(self, "_empty", words)

    def read(self, row: Row, columns: int) -> ReadRow:
        """What the row says. Raises Refused."""
        if row.values is None:
            raise Refused(f"{columns} values are needed, {len(row.cells)} stand here")
        values = {name: self._value(row.values.get(name, "")) for name in self.profile.kept}
        repairs: dict[str, str] = {}
        opened_at = self._opened(values, repairs)
        return ReadRow(
            line=row.line,
            foreign_number=self._needed(values, self.profile.columns.id),
            kind=self._needed(values, self.profile.columns.kind),
            opened_at=opened_at,
            closed_at=self._closed(values, opened_at, repairs),
            point=self._point(values, repairs),
            text=self._text(values, repairs),
            address=", ".join(filter(None, dict.fromkeys(values[c] for c in self.profile.address)))[
                :ADDRESS_LENGTH
            ],
            repairs=repairs,
            values={name: value for name, value in values.items() if value},
        )

    def _value(self, cell: str) -> str:
        text = cell.strip()
        return "" if text.lower() in self._empty else text

    def _needed(self, values: Mapping[str, str], column: str) -> str:
        value = values[column]
        if not value:
            raise Refused(f"{column} is empty")
        if len(value) > KEY_LENGTH:
            raise Refused(f"{column} is longer than {KEY_LENGTH} characters")
        return value

    def _opened(self, values: Mapping[str, str], repairs: dict[str, str]) -> datetime:
        column = self.profile.columns.opened
        if not values[column]:
            raise Refused(f"{column} is empty")
        opened_at = self._instant(values[column], repairs)
        if opened_at is None:
            raise Refused(f"{column} is no date: {values[column][:40]}")
        if opened_at > self.now + _AHEAD:
            raise Refused(f"{column} lies in the future: {values[column][:40]}")
        return min(opened_at, self.now)

    def _closed(
        self, values: Mapping[str, str], opened_at: datetime, repairs: dict[str, str]
    ) -> datetime | None:
        said = values[self.profile.columns.closed]
        is_closed = self._is_closed(values)
        if not said:
            if is_closed:
                repairs["closed_without_day"] = values[self.profile.columns.status or ""]
            return opened_at if is_closed else None
        if is_closed is False:
            repairs["open_with_closing_day"] = said
            return None
        closed_at = self._instant(said, repairs)
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
        column, words = self.profile.columns.status, self.profile.statuses
        said = values[column].lower() if column else ""
        if not said or words is None:
            return None
        if said in {word.lower() for word in words.closed}:
            return True
        return False if said in {word.lower() for word in words.open} else None

    def _instant(self, text: str, repairs: dict[str, str]) -> datetime | None:
        for form in self.profile.dates:
            read = _read_date(text, form)
            if read is not None:
                break
        else:
            return None
        if not EARLIEST_YEAR <= read.year <= self.now.year + 1:
            return None
        if read.tzinfo is not None:
            return read.astimezone(UTC)
        at = read.replace(tzinfo=self.profile.zone).astimezone(UTC)
        # In the hour that clocks skip, no such time was ever shown.
        if at.astimezone(self.profile.zone).replace(tzinfo=None) != read:
            repairs["hour_that_was_skipped"] = text
        return at

    def _point(self, values: Mapping[str, str], repairs: dict[str, str]) -> Point | None:
        lat, lon = values[self.profile.columns.lat], values[self.profile.columns.lon]
        try:
            point = point_from(lat, lon)
        except BadPlace as bad:
            repairs[f"place_{bad.facts['reason']}"] = f"{lat} {lon}".strip()
            return None
        if point is None:
            repairs["place_missing"] = ""
            return None
        if min(_decimals(lat), _decimals(lon)) < self.profile.decimals:
            repairs["place_truncated"] = f"{lat} {lon}"
            return None
        if not _is_within(point, self.profile.bounds):
            repairs["place_out_of_bounds"] = f"{lat} {lon}"
            return None
        return point

    def _text(self, values: Mapping[str, str], repairs: dict[str, str]) -> str:
        parts = dict.fromkeys(values[column] for column in self.profile.text)
        text = " · ".join(filter(None, parts))
        if len(text) > TEXT_LENGTH:
            repairs["text_shortened"] = str(len(text))
        return clean_text(text[:TEXT_LENGTH])


def match_of(profile: Profile, row: ReadRow) -> ServiceMatch | None:
    """The first entry of the profile that fits what the row is about."""
    for match in profile.services:
        if row.kind in match.kinds and all(
            row.values.get(column, "") in wanted for column, wanted in match.where.items()
        ):
            return match
    return None


def foreign_code(profile: Profile, kind: str) -> str:
    """The code of the inactive service that keeps cases of a kind that the city has not."""
    words = "-".join(re.findall(r"[^\W_]+", kind.lower()))
    return f"{profile.name}:{words or 'other'}"[:KEY_LENGTH]


def _read_date(text: str, form: str) -> datetime | None:
    try:
        if form == "iso":
            return datetime.fromisoformat(text)
        return datetime.strptime(text, form)  # noqa: DTZ007  # the profile's zone is added
    except ValueError:
        return None


def _decimals(degrees: str) -> int:
    return len(degrees.partition(".")[2])


def _is_within(point: Point, bounds: tuple[float, float, float, float] | None) -> bool:
    if bounds is None:
        return True
    west, south, east, north = bounds
    return west <= point.lon <= east and south <= point.lat <= north
