"""Loads known addresses and crossings: each onto its street, which is added where it is new.

Loading the same again changes nothing; an address that moved is moved; nothing is removed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection

from hark311.domain.place_text import PlaceWords, fold_name, nice_name, read_place
from hark311.government.models import Jurisdiction
from hark311.places.loading import words_of
from hark311.places.models import FILE, Spot, Street


@dataclass(frozen=True, slots=True)
class KnownAddress:
    """One line of a list of addresses. street: its street where the list says it, else ''."""

    address: str
    lon: float
    lat: float
    street: str = ""


@dataclass(slots=True)
class Tally:
    """What loading did; ``left_out`` have neither a number nor a crossing, or stood before."""

    read: int = 0
    written: int = 0
    left_out: int = 0
    seen: set[tuple[str, str]] = field(default_factory=set)

    def __str__(self) -> str:
        return f"{self.read:,} read, {self.written:,} new or moved, {self.left_out:,} left out"


_BETWEEN = " & "
# The address in the middle of its street's numbers; one pass, whatever the planner believes.
_MIDDLES = """
SELECT street_id, lon, lat FROM (
  SELECT street_id, lon, lat,
    row_number() OVER (PARTITION BY street_id ORDER BY number) AS place,
    count(*) OVER (PARTITION BY street_id) AS places
  FROM places_spot WHERE jurisdiction_id = %s AND kind = 'address' AND street_id IS NOT NULL
) AS spot
WHERE place = (places + 1) / 2
"""
_SETTLE = """
UPDATE places_street street SET lon = middle.lon, lat = middle.lat
FROM unnest(%s::bigint[], %s::float[], %s::float[]) AS middle(id, lon, lat)
WHERE street.id = middle.id AND street.source = 'file'
"""


def load_addresses(jurisdiction: Jurisdiction, batch: Sequence[KnownAddress], tally: Tally) -> None:
    """Bring one batch of addresses up to date; adds what it did to the tally. Six statements."""
    taken: dict[tuple[str, str], Spot] = {}
    streets: dict[str, str] = {}
    tally.read += len(batch)
    for known in batch:
        words = read_place(known.address)
        if words.is_crossing:
            spot = _crossing(known, words)
        elif words.number is not None:
            spot = _address(known, words, streets)
        else:
            tally.left_out += 1
            continue
        if (spot.kind, spot.key) in tally.seen:
            tally.left_out += 1
            continue
        tally.seen.add((spot.kind, spot.key))
        spot.jurisdiction = jurisdiction
        taken[spot.kind, spot.key] = spot
    ids = _street_ids(jurisdiction, streets, taken)
    for spot in taken.values():
        spot.street_id = ids.get(spot.words) if spot.kind == "address" else None
    tally.written += _write(jurisdiction, list(taken.values()))


def settle_streets(jurisdiction: Jurisdiction) -> None:
    """Put the middle of each street that only addresses told of onto one of them."""
    with connection.cursor() as cursor:
        cursor.execute(_MIDDLES, [jurisdiction.pk])
        middles = cursor.fetchall()
        cursor.execute(_SETTLE, [list(column) for column in zip(*middles, strict=True)] or [[]] * 3)


def _crossing(known: KnownAddress, words: PlaceWords) -> Spot:
    label = _BETWEEN.join(nice_name(part) for part in known.address.split("&"))
    return Spot(
        kind="crossing",
        key=_BETWEEN.join(sorted(words.names)),
        names={"": label},
        # Found from either street.
        words=words_of((" ".join(words.names), " ".join(reversed(words.names)))),
        lon=known.lon,
        lat=known.lat,
        source=FILE,
    )


def _address(known: KnownAddress, words: PlaceWords, streets: dict[str, str]) -> Spot:
    """The spot of an address, and its street among those to be found or added."""
    name = known.street or _without_number(known.address, words)
    street = fold_name(name)
    streets.setdefault(street, nice_name(name))
    return Spot(
        kind="address",
        key=f"{words.number} {street}",
        words=street,
        number=words.number,
        lon=known.lon,
        lat=known.lat,
        source=FILE,
    )


def _without_number(address: str, words: PlaceWords) -> str:
    """The street as it is written, where its name folds to what was read; else what was read."""
    written = address.split(",")[0].strip().lstrip("#").split(" ", 1)[-1]
    return written if fold_name(written) == words.names[0] else words.names[0].title()


def _street_ids(
    jurisdiction: Jurisdiction, names: dict[str, str], spots: dict[tuple[str, str], Spot]
) -> dict[str, int]:
    """The ids of streets by folded name; new ones are added where their first address is."""
    first = {spot.words: spot for spot in spots.values() if spot.kind == "address"}
    new = [
        Street(
            jurisdiction=jurisdiction,
            key=key,
            name=name,
            words=words_of((name,)),
            lon=first[key].lon,
            lat=first[key].lat,
            source=FILE,
        )
        for key, name in names.items()
        if key in first
    ]
    Street.objects.bulk_create(new, ignore_conflicts=True)
    known = Street.objects.filter(jurisdiction=jurisdiction, key__in=names)
    return dict(known.values_list("key", "pk"))


def _write(jurisdiction: Jurisdiction, spots: list[Spot]) -> int:
    """Write those that are new or say another thing than the table; return how many."""
    known = {
        (kind, key): (lon, lat, street_id)
        for wanted in ("address", "crossing")
        for kind, key, lon, lat, street_id in Spot.objects.filter(
            jurisdiction=jurisdiction,
            kind=wanted,
            key__in=[spot.key for spot in spots if spot.kind == wanted],
        ).values_list("kind", "key", "lon", "lat", "street_id")
    }
    changed = [
        spot
        for spot in spots
        if known.get((spot.kind, spot.key)) != (spot.lon, spot.lat, spot.street_id)
    ]
    Spot.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["jurisdiction", "kind", "key"],
        update_fields=["lon", "lat", "street", "names", "words", "number"],
    )
    return len(changed)
