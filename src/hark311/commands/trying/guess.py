"""Guesses the profile of an unknown export: which column holds what, by heading and by value.

A heading counts, but values decide: a column of dates that no other date comes before is the
opening, whatever it is called.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hark311.commands.trying.columns import Column

_OPEN_WORDS = (
    "open",
    "new",
    "progress",
    "pending",
    "assigned",
    "acknowledged",
    "active",
    "started",
)
_CLOSED_WORDS = (
    "closed",
    "complete",
    "resolved",
    "done",
    "archived",
    "cancel",
    "referred",
    "fixed",
)
_KEY_LENGTH = 80
_ORDERED = 0.9
# What so few rows say is asked for some kinds only.
_SELDOM = 0.2


@dataclass(frozen=True, slots=True)
class Guess:
    """columns: what each stands for. dates: their forms. statuses: words for open and closed.

    missing: what no case can do without and was not found.
    """

    columns: Mapping[str, str]
    dates: Sequence[str]
    open_words: Sequence[str]
    closed_words: Sequence[str]
    text: Sequence[str]
    address: Sequence[str]
    missing: Sequence[str]


def guess(columns: Sequence[Column]) -> Guess:
    """What each column of a sample is; a column stands for one thing at most."""
    found: dict[str, Column] = {}
    left = [column for column in columns if column.filled]
    left = _take_dates(found, left)
    left = _take(found, "status", left, _as_status)
    left = _take_point(found, left)
    left = _take(found, "id", left, _as_id)
    left = _take(found, "kind", left, _as_kind)
    left = _take(found, "address", left, _as_address)
    left = _take(found, "area", left, _as_area)
    left = _take(found, "text", left, _as_text)
    _take(found, "photos", left, _as_photos)
    return _guess(found)


def _guess(found: Mapping[str, Column]) -> Guess:
    status = found.get("status")
    kinds = tuple(status.kinds) if status else ()
    missing = [name for name in ("id", "opened", "kind") if name not in found]
    if not {"closed", "status"} & set(found):
        missing.append("closed")
    forms = [found[name].date_form for name in _DATES if name in found]
    text = [found[name].name for name in ("text", "kind") if name in found]
    return Guess(
        columns={
            name: column.name for name, column in found.items() if name not in {"text", "address"}
        },
        dates=list(dict.fromkeys(forms)),
        open_words=[word for word in kinds if not _says_closed(word)],
        closed_words=[word for word in kinds if _says_closed(word)],
        text=text,
        address=[found["address"].name] if "address" in found else [],
        missing=missing,
    )


# -- Dates -------------------------------------------------------------------------------
_DATES = ("opened", "closed", "due", "changed", "acknowledged")


def _take_dates(found: dict[str, Column], columns: list[Column]) -> list[Column]:
    dates = [column for column in columns if column.date_form]
    rest = [column for column in columns if not column.date_form]
    dates = _take(found, "opened", dates, lambda column: _as_opened(column, dates))
    opened = found.get("opened")
    if opened is None:
        return rest
    later = [column for column in dates if _comes_after(opened, column) >= _ORDERED / 2]
    for name, words in (
        ("due", ("due", "target", "sla", "deadline", "expected", "promised")),
        ("changed", ("updated", "update", "modified", "changed", "last", "status")),
        ("acknowledged", ("acknowledged", "acknowledge", "assigned", "accepted")),
        ("closed", ("closed", "close", "completed", "resolved", "resolution", "finished", "end")),
    ):
        later = _take(found, name, later, _called(*words))
    statuses = [column for column in rest if _as_status(column) > 0]
    if "closed" not in found:
        ends = [column for column in later if _as_closed(column, statuses) > 0]
        if "changed" not in found and len(ends) > 1:
            later = _take(found, "changed", later, lambda column: _as_changed(column, ends))
        later = _take(found, "closed", later, lambda column: _as_closed(column, statuses))
    return rest


def _as_changed(column: Column, ends: Sequence[Column]) -> float:
    """Of several dates that could be the closing, the one that every other comes before."""
    others = [other for other in ends if other is not column]
    if column not in ends or any(_comes_after(other, column) < _ORDERED for other in others):
        return 0.0
    return column.fill


def _called(*words: str) -> Callable[[Column], float]:
    return lambda column: 1.0 + column.fill if column.has(*words) else 0.0


def _as_opened(column: Column, dates: Sequence[Column]) -> float:
    """Every row has it, and no other date comes before it."""
    if column.fill < _ORDERED:
        return 0.0
    first = [_comes_after(column, other) for other in dates if other is not column]
    told = (
        0.3 if column.has("created", "opened", "open", "requested", "submitted", "received") else 0
    )
    return (min(first) if first else 1.0) + told


def _comes_after(first: Column, second: Column) -> float:
    """In which share of rows with both dates the second is not before the first."""
    both = [
        (one, other)
        for one, other in zip(first.instants, second.instants, strict=True)
        if one and other
    ]
    return sum(one <= other for one, other in both) / len(both) if both else 0.0


def _as_closed(column: Column, statuses: Sequence[Column]) -> float:
    """A date that rows have if, and only if, their status says that they are closed."""
    if not statuses:
        return 1.0 - abs(column.fill - 0.85)
    agreed = max(_agreement(status, column) for status in statuses)
    return agreed if agreed >= _ORDERED else 0.0


def _agreement(status: Column, column: Column) -> float:
    agree = sum(
        _says_closed(said) == (at is not None)
        for said, at in zip(status.values, column.instants, strict=True)
    )
    return agree / len(column.values)


# -- The rest ----------------------------------------------------------------------------
def _take(
    found: dict[str, Column],
    name: str,
    columns: list[Column],
    score: Callable[[Column], float],
) -> list[Column]:
    """Take the column that scores best, if any scores at all; return what is left."""
    best = max(columns, key=score, default=None)
    if best is None or score(best) <= 0:
        return columns
    found[name] = best
    return [column for column in columns if column is not best]


def _says_closed(word: str) -> bool:
    return any(each in word.lower() for each in _CLOSED_WORDS)


def _as_status(column: Column) -> float:
    """Few words, of which most say open or closed."""
    if column.is_number or len(column.kinds) > 20:
        return 0.0
    known = sum(
        count
        for word, count in column.kinds.items()
        if _says_closed(word) or any(each in word.lower() for each in _OPEN_WORDS)
    )
    share = known / len(column.filled)
    if share < 0.8:
        return 0.0
    return share + column.fill + (1.0 if column.has("status", "state") else 0.0)


def _take_point(found: dict[str, Column], columns: list[Column]) -> list[Column]:
    """Two numbers with many decimals, one within 90, that lie close together."""
    degrees = [column for column in columns if column.is_number and column.decimals >= 3]
    lats = [column for column in degrees if _is_within(column, 90)]
    lons = [column for column in degrees if _is_within(column, 180)]
    rest = _take(found, "lat", lats, _as_lat)
    _take(
        found, "lon", [column for column in lons if column in rest or column not in lats], _as_lon
    )
    if "lat" not in found or "lon" not in found:
        found.pop("lat", None)
        found.pop("lon", None)
        return columns
    return [column for column in columns if column not in (found["lat"], found["lon"])]


def _is_within(column: Column, limit: float) -> bool:
    return all(abs(number) <= limit for number in column.numbers)


def _as_lat(column: Column) -> float:
    told = 2.0 if column.has("lat", "latitude", "y") else 0.0
    middle = sorted(column.numbers)[len(column.numbers) // 2]
    return told + 0.5 + (0.2 if 15 < middle < 72 else 0.0)


def _as_lon(column: Column) -> float:
    told = 2.0 if column.has("lon", "long", "lng", "longitude", "x") else 0.0
    middle = sorted(column.numbers)[len(column.numbers) // 2]
    return told + 0.5 + (0.2 if -170 < middle < -50 else 0.0)


def _as_id(column: Column) -> float:
    """Different on every row, and short."""
    if column.variety < 0.999 or column.fill < 0.999 or column.length > 40:
        return 0.0
    told = 1.0 if column.has("id", "number", "num", "key", "case", "request", "no", "ref") else 0.0
    spaces = sum(" " in value for value in column.filled[:100]) / 100
    return 0.5 + told - spaces - (0.4 if column.name in {"id", "objectid"} else 0.0)


def _as_kind(column: Column) -> float:
    """Words that come again and again, some dozens of them."""
    count = len(column.kinds)
    if column.is_number or not 2 <= count <= 600 or column.fill < 0.9 or column.length < 4:
        return 0.0
    if column.variety > 0.5 or column.length > _KEY_LENGTH:
        return 0.0
    score = 0.5 if 5 <= count <= 300 else 0.1
    score += 0.4 if _lowest(column) else 0.0
    if column.has("type", "category", "service", "complaint", "problem", "topic"):
        score += 1.0
    if column.has("request", "issue"):
        score += 0.2
    if column.has(*_PLACES, *_OFFICES):
        score -= 1.0
    return score


_PLACES = (
    "neighborhood",
    "district",
    "ward",
    "borough",
    "zip",
    "council",
    "police",
    "city",
    "location",
)
# What staff wrote in the end is nobody's report.
_ENDS = ("closure", "resolution", "outcome", "action")
_OFFICES = ("agency", "department", "owner", "assigned", "source", "method", "channel", "queue")


def _lowest(column: Column) -> bool:
    """True if values hold small letters: kinds do, codes of places and offices often do not."""
    return any(letter.islower() for letter in "".join(column.filled[:50]))


def _as_address(column: Column) -> float:
    """Words with house numbers, many of them."""
    numbered = sum(value[:1].isdigit() and " " in value for value in column.filled)
    share = numbered / len(column.filled)
    told = 1.0 if column.has("address", "street") else 0.0
    if column.is_number or column.length > 120 or share + told < 0.3 or column.length < 6:
        return 0.0
    return share + told + column.fill / 2


def _as_area(column: Column) -> float:
    """Some dozens of names that have to do with places."""
    if not 2 <= len(column.kinds) <= 400 or column.fill < 0.5 or column.variety > 0.2:
        return 0.0
    ranks = (
        "neighborhood",
        "borough",
        "district",
        "ward",
        "council",
        "ncname",
        "area",
        "zone",
        "zip",
    )
    for rank, word in enumerate(ranks):
        if column.has(word):
            names = 0.5 if not column.is_number else 0.0
            return 2.0 - rank / 10 + names
    return 0.0


def _as_text(column: Column) -> float:
    """Sentences: long, and different from row to row."""
    told = 1.0 if column.has("description", "details", "comments", "notes", "text") else 0.0
    if column.has(*_PLACES, *_ENDS) or column.filled[0].startswith(("[", "{")):
        return 0.0
    # The second half of a kind says more than nothing, though the same few words come again.
    is_finer = column.has("descriptor", "subtype", "subject", "title") and _lowest(column)
    if is_finer and not column.is_number and len(column.kinds) > 1:
        return 0.1
    if column.is_number or column.variety < 0.3 or column.length < 12 - 6 * told:
        return 0.0
    if not told and column.fill < _SELDOM:
        return 0.0
    words = sum(value.count(" ") for value in column.filled) / len(column.filled)
    return told + min(words, 20) / 20 - (0.5 if words < 3 else 0.0)


def _as_photos(column: Column) -> float:
    share = sum(value.startswith("http") for value in column.filled) / len(column.filled)
    return share if column.has("photo", "image", "media", "picture") else 0.0
