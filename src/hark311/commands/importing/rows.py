"""What one row says, read by its profile, with whatever had to be set right; no database."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import ftfy
from ftfy import badness

from hark311.commands.importing.export import Row
from hark311.commands.importing.instants import InstantReader, Instants, Refused
from hark311.commands.importing.profile import Profile, ServiceMatch
from hark311.domain.draft import Contact
from hark311.domain.errors import BadPlace
from hark311.domain.place import Point, point_from
from hark311.intake.cleaning import TEXT_LENGTH, clean_text

ADDRESS_LENGTH = 300
KEY_LENGTH = 80
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BETWEEN_PHOTOS = re.compile(r"[\s;|,]+")


@dataclass(frozen=True, slots=True)
class Note:
    """Something that happened to a case in the other system."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row in our words. point: None where there is none to believe."""

    line: int
    foreign_number: str
    kind: str
    instants: Instants
    point: Point | None
    text: str
    address: str
    area: str
    repairs: Mapping[str, str]
    values: Mapping[str, str]
    history: tuple[Note, ...] = ()
    photos: tuple[str, ...] = ()
    contact: Contact | None = None


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads the rows of one export by its profile, as of one instant."""

    profile: Profile
    now: datetime
    _empty: frozenset[str] = field(init=False)
    _instants: InstantReader = field(init=False)
    _kept: tuple[str, ...] = field(init=False)
    _wanted: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        words = frozenset(word.lower() for word in self.profile.empty)
        object.__setattr__(self, "_empty", words)
        object.__setattr__(self, "_instants", InstantReader(self.profile, self.now))
        object.__setattr__(self, "_kept", self.profile.kept)
        object.__setattr__(self, "_wanted", self.profile.wanted)

    def read(self, row: Row, columns: int) -> ReadRow:
        """What the row says. Raises Refused."""
        if row.values is None:
            raise Refused(f"{columns} values are needed, {len(row.cells)} stand here")
        repairs = dict(row.repairs)
        values = {name: self._value(row.values.get(name, ""), repairs) for name in self._wanted}
        return ReadRow(
            line=row.line,
            foreign_number=self._needed(values, self.profile.columns.id),
            kind=self._needed(values, self.profile.columns.kind),
            instants=self._instants.read(values, repairs),
            point=self._point(values, repairs),
            text=self._text(values, repairs),
            area=values.get(self.profile.columns.area or "", ""),
            address=", ".join(filter(None, dict.fromkeys(values[c] for c in self.profile.address)))[
                :ADDRESS_LENGTH
            ],
            repairs=repairs,
            values={name: values[name] for name in self._kept if values[name]},
            history=self._history(values, repairs),
            photos=self._photos(values),
            contact=self._contact(values),
        )

    def _value(self, cell: str, repairs: dict[str, str]) -> str:
        text = cell.strip()
        if text.isascii():
            if text.isprintable():
                return "" if text.lower() in self._empty else text
        elif badness.is_bad(text):
            text = ftfy.fix_encoding(text)
            repairs["letters_mended"] = cell[:KEY_LENGTH].strip()
        if _UNWRITABLE.search(text):
            text = _UNWRITABLE.sub("", text)
            repairs["characters_removed"] = text[:KEY_LENGTH]
        return "" if text.lower() in self._empty else text

    def _needed(self, values: Mapping[str, str], column: str) -> str:
        value = values[column]
        if not value:
            raise Refused(f"{column} is empty")
        if len(value) > KEY_LENGTH:
            raise Refused(f"{column} is longer than {KEY_LENGTH} characters")
        return value

    def _point(self, values: Mapping[str, str], repairs: dict[str, str]) -> Point | None:
        columns = self.profile.columns
        if columns.lat is None or columns.lon is None:
            return None
        lat, lon = values[columns.lat], values[columns.lon]
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

    def _history(self, values: Mapping[str, str], repairs: dict[str, str]) -> tuple[Note, ...]:
        """The entries of a row's list in order of time; one without day or words is left out."""
        told = self.profile.history
        listed = values.get(told.list, "") if told else ""
        if not told or not listed:
            return ()
        notes, left_out = [], 0
        for entry in _entries(listed):
            at = self._instants.instant(str(entry.get(told.when) or ""), {})
            words = dict.fromkeys(str(entry.get(key) or "").strip() for key in told.text)
            text = ": ".join(filter(None, words))
            if text in told.skip:
                continue
            if at is None or not text or at > self.now:
                left_out += 1
                continue
            notes.append(Note(at, clean_text(_UNWRITABLE.sub("", text)[:TEXT_LENGTH])))
        if left_out:
            repairs["entries_left_out"] = str(left_out)
        return tuple(sorted(notes, key=lambda note: note.at))

    def _photos(self, values: Mapping[str, str]) -> tuple[str, ...]:
        named = values.get(self.profile.columns.photos or "", "")
        return tuple(filter(None, _BETWEEN_PHOTOS.split(named)))

    def _contact(self, values: Mapping[str, str]) -> Contact | None:
        columns = self.profile.columns
        name, email, phone = (
            values.get(column or "", "") for column in (columns.name, columns.email, columns.phone)
        )
        if not (name or email or phone):
            return None
        return Contact(name=name, email=email, phone=phone)


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


def _entries(listed: str) -> list[Mapping[str, object]]:
    try:
        entries = json.loads(listed)
    except ValueError:
        return []
    return [entry for entry in entries if isinstance(entry, Mapping)]


def _decimals(degrees: str) -> int:
    return len(degrees.partition(".")[2])


def _is_within(point: Point, bounds: tuple[float, float, float, float] | None) -> bool:
    if bounds is None:
        return True
    west, south, east, north = bounds
    return west <= point.lon <= east and south <= point.lat <= north
