"""Loads known addresses and crossings: each onto its street, which is added where it is new.

Loading the same again changes nothing; an address that moved is moved; nothing is removed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from hark311.domain.place_text import PlaceWords, fold_name, nice_name, read_place
from hark311.government.models import Jurisdiction
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
    """What loading did; ``left_out`` have neither a number nor a crossing."""

    read: int = 0
    written: int = 0
    left_out: int = 0

    def __str__(self) -> str:
        return f"{self.read:,} read, {self.written:,} new or moved, {self.left_out:,} left out"


_BETWEEN = " & "
_CENTERS = """
UPDATE places_street street SET lon = middle.lon, lat = middle.lat
FROM (
  SELECT DISTINCT ON (spot.street_id) spot.street_id, spot.lon, spot.lat
  FROM places_spot spot JOIN (
    SELECT street_id, avg(lon) AS lon, avg(lat) AS lat
    FROM places_spot WHERE kind = 'address' GROUP BY street_id
  ) mean USING (street_id)
  WHERE spot.kind = 'address'
  ORDER BY spot.street_id, (spot.lon - mean.lon) ^ 2 + (spot.lat - mean.lat) ^ 2
) AS middle
WHERE street.id = middle.street_id AND street.jurisdiction_id = %s AND street.source = 'file'
  AND (street.lon, street.lat) IS DISTINCT FROM (middle.lon, middle.lat)
"""


def load_addresses(jurisdiction: Jurisdiction, batch: Sequence[KnownAddress], tally: Tally) -> None:
    """Bring one batch of addresses up to date; adds what it did to the tally. Five statements."""
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
        spot.jurisdiction = jurisdiction
        taken[spot.kind, spot.key] = spot
    ids = _street_ids(jurisdiction, streets, taken)
    for spot in taken.values():
        spot.street_id = ids.get(spot.words) if spot.kind == "address" else None
    tally.written += _write(jurisdiction, list(taken.values()))


def settle_streets(jurisdiction: Jurisdiction) -> None:
    """Put the middle of each street that only addresses told of onto one of them."""
    with connection.cursor() as cursor:
        cursor.execute(_CENTERS, [jurisdiction.pk])


def _crossing(known: KnownAddress, words: PlaceWords) -> Spot:
    label = _BETWEEN.join(nice_name(part) for part in known.address.split("&"))
    return Spot(
        kind="crossing",
        key=_BETWEEN.join(sorted(words.names)),
        names={"": label},
        # Found from either street.
        words=" | ".join((" ".join(words.names), " ".join(reversed(words.names)))),
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
            words=key,
            lon=first[key].lon,
            lat=first[key].lat,
            source=FILE,
        )
        for key, name in names.items()
    ]
    Street.objects.bulk_create(new, ignore_conflicts=True)
    known = Street.objects.filter(jurisdiction=jurisdiction, key__in=names)
    return dict(known.values_list("key", "pk"))


def _write(jurisdiction: Jurisdiction, spots: list[Spot]) -> int:
    """Write those that are new or say another thing than the table; return how many."""
    known = {
        (kind, key): (lon, lat, street_id)
        for kind, key, lon, lat, street_id in Spot.objects.filter(
            jurisdiction=jurisdiction, key__in=[spot.key for spot in spots]
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
