"""Gathers what a trial found: figures of the throw-away hub, and the faults of its file."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hark311.catalog.queries import service_names
from hark311.commands.importing.desk import LISTED
from hark311.government.models import Jurisdiction
from hark311.insight.concentrations import (
    BusyPlace,
    MassClosing,
    busiest_places,
    mass_closings,
)
from hark311.insight.imports import repairs_by_code
from hark311.insight.promises import Kept, Per, promises_kept
from hark311.insight.repeats import Pair, likely_duplicates, reported_again
from hark311.insight.totals import Totals, latest_opening, totals_of

_LINES = 12
_REPAIRS = {
    "closed_before_opened": "closed before it was opened",
    "closed_in_future": "closed on a day that is still to come",
    "closed_without_day": "closed, but no day of closing",
    "open_with_closing_day": "open, but with a day of closing",
    "unreadable_closing_day": "day of closing could not be read",
    "unreadable_due_day": "due day could not be read",
    "due_before_opened": "due before it was opened",
    "hour_that_was_skipped": "an hour that clocks left out in spring",
    "place_missing": "no position",
    "place_half": "half a position",
    "place_not_a_number": "position that is no number",
    "place_out_of_range": "position that lies nowhere on earth",
    "place_null_island": "position zero, zero",
    "place_truncated": "position cut down to whole degrees",
    "place_out_of_bounds": "position far from the city",
    "letters_mended": "garbled letters",
    "characters_removed": "characters that are no text",
    "text_shortened": "text longer than 4,000 characters",
    "key_twice": "the same key twice in one record",
    "entries_left_out": "history without day or words",
    "photo_left_out": "picture that was not there",
    "photos_over_five": "more than five pictures",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart. share: 0 to 100, of the longest."""

    name: str
    value: str
    share: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """Two cases that are likely about one matter."""

    first: str
    second: str
    service: str
    where: str
    days: float


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything the page shows; figures are of cases with what the file gave."""

    totals: Totals
    again: Sequence[Pair]
    again_by_service: Sequence[Bar]
    again_examples: Sequence[Example]
    duplicates: Sequence[Pair]
    duplicates_by_service: Sequence[Bar]
    services: Sequence[Kept]
    areas: Sequence[Kept]
    names: Mapping[str, str]
    places: Sequence[Bar]
    closings: Sequence[MassClosing]
    faults: Sequence[Bar]
    refused: Sequence[Bar]


def findings_of(jurisdiction: Jurisdiction, rejects: Path, *, now: datetime) -> Findings:
    """What stands in the hub of one trial. rejects: the file of refused rows; it may be absent.

    What is open and was promised before the newest opening of the file counts as late.
    """
    now = latest_opening(jurisdiction.pk) or now
    city, latitude = jurisdiction.pk, jurisdiction.center_lat
    names = {str(key): name for key, name in service_names(jurisdiction, "en").items()}
    totals = totals_of(city, now=now)
    again = reported_again(city, latitude)
    duplicates = likely_duplicates(city, latitude)
    services = promises_kept(city, Per.SERVICE, now=now)
    areas = [one for one in promises_kept(city, Per.AREA, now=now, layer=LISTED) if one.key]
    faults = repairs_by_code(city)
    return Findings(
        totals=totals,
        again=again,
        again_by_service=_by_service(again, services, names),
        again_examples=[_example(pair, names) for pair in _spread(again)],
        duplicates=duplicates,
        duplicates_by_service=_by_service(duplicates, services, names),
        services=services[:_LINES],
        areas=areas[:_LINES],
        names=names | {area.key: area.key.partition(":")[2] for area in areas},
        places=_places(busiest_places(city), names),
        closings=mass_closings(city),
        faults=_bars({_REPAIRS.get(code, code): count for code, count in faults.items()}),
        refused=_bars(_reasons(rejects)),
    )


def _by_service(
    pairs: Sequence[Pair], services: Sequence[Kept], names: Mapping[str, str]
) -> Sequence[Bar]:
    counts = Counter(str(pair.service_id) for pair in pairs)
    cases = {line.key: line.cases for line in services}
    most = max(counts.values(), default=1)
    return [
        Bar(
            names.get(key, key),
            f"{count:,}",
            100 * count / most,
            f"{_share(count / cases[key])} of its cases",
        )
        for key, count in counts.most_common(_LINES)
    ]


def _share(part: float) -> str:
    return f"{part:.0%}" if part >= 0.01 else "under 1%"


def _spread(pairs: Sequence[Pair]) -> Sequence[Pair]:
    """A few examples, one a service, those with an address first."""
    found: dict[int, Pair] = {}
    for pair in sorted(pairs, key=lambda pair: not pair.address):
        found.setdefault(pair.service_id, pair)
    return list(found.values())[:5]


def _example(pair: Pair, names: Mapping[str, str]) -> Example:
    closed_at = pair.first_closed_at or pair.first_opened_at
    days = (pair.second_opened_at - closed_at).total_seconds() / 86400
    return Example(
        first=pair.first,
        second=pair.second,
        service=names.get(str(pair.service_id), ""),
        where=pair.address or f"{pair.lat:.4f}, {pair.lon:.4f}",
        days=days,
    )


def _places(places: Sequence[BusyPlace], names: Mapping[str, str]) -> Sequence[Bar]:
    most = max((place.cases for place in places), default=1)
    return [
        Bar(
            place.address or f"{place.lat:.3f}, {place.lon:.3f}",
            f"{place.cases:,}",
            100 * place.cases / most,
            f"mostly {names.get(str(place.service_id), '')}",
        )
        for place in places
    ]


def _bars(counts: Mapping[str, int]) -> Sequence[Bar]:
    most = max(counts.values(), default=1)
    return [Bar(name, f"{count:,}", 100 * count / most) for name, count in counts.items()]


def _reasons(rejects: Path) -> Mapping[str, int]:
    """Refused rows by reason, without the values that reasons quote."""
    if not rejects.is_file():
        return {}
    with rejects.open(encoding="utf-8", newline="") as lines:
        reasons = Counter(row["reason"].partition(":")[0] for row in csv.DictReader(lines))
    return dict(reasons.most_common(_LINES))
