"""How another system writes its export: a profile is data, read with file, line and remedy.

Profiles stand in ``commands/profiles/<name>.yaml``; a path to a file of one's own does as well.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hark311.catalog.pack.marks import Place, Word
from hark311.catalog.pack.reading import Reading
from hark311.catalog.pack.records import RecordOf, defaulted, needed, optional
from hark311.catalog.pack.shapes import TEXT, Box, ListOf, MapOf, OneOf, Parsed, Text, Whole
from hark311.catalog.pack.tree import compose
from hark311.domain.vocabulary import Privacy, Visibility
from hark311.platform.trouble import Trouble

FOLDER = Path(__file__).resolve().parent.parent / "profiles"
COLUMN = Text("a column in lower case, words joined by `_`", r"[a-z0-9]+(_[a-z0-9]+)*")
_SHIPPED = re.compile(r"[a-z0-9-]+")
_OPEN_PRIVACY = (Privacy.PUBLIC, Privacy.PRIVATE)


def _read_zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"{text!r} is not known") from None


class Format(StrEnum):
    """How a file holds its rows."""

    CSV = "csv"
    JSON = "json"


class Encoding(StrEnum):
    """How a file writes letters."""

    UTF_8 = "utf-8"
    WINDOWS = "windows-1252"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which column holds what; without ``closed`` the status decides, as of ``changed``."""

    at: Place
    id: Word = needed(COLUMN, "What makes a row itself: its number in the other system.")
    opened: Word = needed(COLUMN, "When it was reported.")
    kind: Word = needed(COLUMN, "What it is about.")
    lat: Word | None = optional(COLUMN, "Degrees north.")
    lon: Word | None = optional(COLUMN, "Degrees east.")
    closed: Word | None = optional(COLUMN, "When it was closed; empty while it is open.")
    status: Word | None = optional(COLUMN, "A word for open or closed.")
    changed: Word | None = optional(
        COLUMN, "When the row last changed; the newer of two exports is told by it."
    )
    acknowledged: Word | None = optional(COLUMN, "When somebody first took it up.")
    due: Word | None = optional(COLUMN, "By when it was promised.")
    area: Word | None = optional(
        COLUMN, "The name of the area, where this city has no outlines of its own."
    )
    photos: Word | None = optional(COLUMN, "Addresses or file names of pictures.")
    name: Word | None = optional(COLUMN, "Who reported it.")
    email: Word | None = optional(COLUMN, "Their e-mail address.")
    phone: Word | None = optional(COLUMN, "Their telephone number.")

    @property
    def required(self) -> tuple[str, ...]:
        """What a file must have, besides a day of closing or a status."""
        place = (name for name in (self.lat, self.lon) if name is not None)
        return (self.id, self.opened, self.kind, *place)

    @property
    def named(self) -> tuple[str, ...]:
        """Every column that is named, but those that tell who reported."""
        others = (
            self.closed,
            self.status,
            self.changed,
            self.acknowledged,
            self.due,
            self.area,
            self.photos,
        )
        return (*self.required, *(name for name in others if name is not None))

    @property
    def personal(self) -> tuple[str, ...]:
        """What tells who reported; it is kept with the person and nowhere else."""
        return tuple(name for name in (self.name, self.email, self.phone) if name is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Entries that tell what happened to a case, in a list inside its record."""

    at: Place
    list: Word = needed(COLUMN, "Which key holds the list.")
    when: Word = needed(COLUMN, "When it happened.")
    text: tuple[Word, ...] = needed(ListOf(COLUMN, least=1), "Keys that make the words.")
    skip: tuple[Word, ...] = defaulted(
        ListOf(TEXT), (), "Words of entries that say no more than the columns do."
    )
    visibility: Visibility = defaulted(
        OneOf("visibility", tuple(Visibility)), Visibility.STAFF, "Who may read the entries."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusWords:
    """Words of the status column, in any case; for other words the day of closing decides."""

    at: Place
    open: tuple[Word, ...] = defaulted(ListOf(TEXT), (), "Words for open.")
    closed: tuple[Word, ...] = defaulted(ListOf(TEXT), (), "Words for closed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceMatch:
    """Kinds of the other system that are services here."""

    at: Place
    kinds: tuple[Word, ...] = needed(ListOf(TEXT, least=1), "Values of the kind column.")
    where: Mapping[str, tuple[Word, ...]] = defaulted(
        MapOf(COLUMN, ListOf(TEXT, least=1)), {}, "Further columns and the values they must have."
    )
    codes: tuple[Word, ...] = needed(
        ListOf(TEXT, least=1), "Service codes; the first that the city offers is taken."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Everything that differs between one system's export and another's."""

    at: Place
    name: Word = needed(
        Text("a short name of letters, digits and `-`", r"[a-z0-9-]{1,14}"), "Begins foreign codes."
    )
    language: Word = needed(TEXT, "The language of the texts.")
    zone: ZoneInfo = needed(Parsed("a time zone as `America/New_York`", _read_zone), "Of dates.")
    format: Format = defaulted(OneOf("format", tuple(Format)), Format.CSV, "Of the file.")
    records: tuple[Word, ...] = defaulted(
        ListOf(Text("keys joined by `.`, `item` for each of a list", r"[\w.]+")),
        (),
        "JSON: where the records stand; the first that is there is taken.",
    )
    encoding: Encoding = defaulted(
        OneOf("encoding", tuple(Encoding)), Encoding.UTF_8, "Of letters in the file."
    )
    delimiter: Word = defaulted(
        Text("one character, or `tab`", r"[,;|]|tab"),
        Word(",", Place("", 0)),
        "What stands between values.",
    )
    columns: Columns = needed(RecordOf(Columns), "Which column holds what.")
    also: Mapping[str, Word] = defaulted(
        MapOf(COLUMN, COLUMN), {}, "Other headings that are met, and the column each stands for."
    )
    dates: tuple[Word, ...] = needed(
        ListOf(TEXT, least=1), "Forms of dates in order: `iso`, or as `%m/%d/%Y %I:%M:%S %p`."
    )
    empty: tuple[Word, ...] = defaulted(ListOf(TEXT), (), "Words that mean nothing, in any case.")
    statuses: StatusWords | None = optional(RecordOf(StatusWords), "Words for open and closed.")
    text: tuple[Word, ...] = needed(ListOf(COLUMN, least=1), "Columns that make the description.")
    address: tuple[Word, ...] = defaulted(ListOf(COLUMN), (), "Columns that make the address.")
    keep: tuple[Word, ...] = defaulted(ListOf(COLUMN), (), "Further columns that are kept.")
    bounds: tuple[float, float, float, float] | None = optional(
        Box(), "Where its points lie; one outside is not believed."
    )
    decimals: int = defaulted(Whole(0, 8), 3, "Digits after the point that a position needs.")
    privacy: Privacy = defaulted(
        OneOf("privacy", _OPEN_PRIVACY), Privacy.PUBLIC, "Of cases of foreign kinds."
    )
    private: tuple[Word, ...] = defaulted(ListOf(TEXT), (), "Kinds that are private here.")
    history: History | None = optional(RecordOf(History), "What happened, entry by entry.")
    services: tuple[ServiceMatch, ...] = defaulted(
        ListOf(RecordOf(ServiceMatch)), (), "The first that fits decides."
    )

    @property
    def kept(self) -> tuple[str, ...]:
        """Every column that the profile names, once."""
        wheres = (column for match in self.services for column in match.where)
        named = (*self.columns.named, *self.text, *self.address, *self.keep, *wheres)
        return tuple(dict.fromkeys(map(str, named)))

    @property
    def wanted(self) -> tuple[str, ...]:
        """Every column that is read at all: those kept, and those of the person."""
        history = (str(self.history.list),) if self.history else ()
        return (*self.kept, *map(str, self.columns.personal), *history)


def read_profile(name: str) -> Profile:
    """The profile with this name, or in the file at this path.

    Raises Trouble naming the profiles there are, or the first fault with its line.
    """
    path = FOLDER / f"{name}.yaml"
    if not _SHIPPED.fullmatch(name) or not path.is_file():
        path = Path(name)
    if not path.is_file():
        known = ", ".join(sorted(each.stem for each in FOLDER.glob("*.yaml")))
        raise Trouble(f"there is no profile {name!r}; there are: {known}, or give a file")
    reading = Reading()
    root = compose(path, path.name, reading.faults)
    profile = RecordOf(Profile).read(root, reading) if root is not None else None
    if profile is None or reading.faults:
        raise Trouble(str(reading.faults[0]))
    return profile
