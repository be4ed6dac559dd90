"""hark311 addresses: loads a city's list of addresses, so that they are found and typed quickly."""

import csv
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from django.db import transaction

from hark311.commands.which_city import city_named
from hark311.domain.errors import BadPlace
from hark311.domain.place import Point
from hark311.places.address_loading import KnownAddress, Tally, load_addresses, settle_streets
from hark311.places.loading import mark_new_ground
from hark311.platform.trouble import Trouble

EXAMPLE = "hark311 addresses load addresses.csv --city ourtown"
_NEEDED = ("address", "lon", "lat")
_BATCH = 2000


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("verb", choices=("load",), metavar="load")
    parser.add_argument(
        "file", type=Path, help="CSV in UTF-8 with the columns address, lon, lat and maybe street"
    )
    parser.add_argument("--city", default="", metavar="C", help="which loaded city they are in")


def run(args: Namespace) -> int:
    """Load the whole file or nothing; progress goes to stderr, the tally to stdout."""
    jurisdiction = city_named(args.city)
    tally = Tally()
    with transaction.atomic():
        rows = _rows(args.file)
        while batch := list(islice(rows, _BATCH)):
            load_addresses(jurisdiction, batch, tally)
            print(f"{tally.read:,} addresses", file=sys.stderr, flush=True)
        if tally.written:
            settle_streets(jurisdiction)
            mark_new_ground(jurisdiction)
    print(f"{jurisdiction.key}: {tally}")
    return 0


def _rows(path: Path) -> Iterator[KnownAddress]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
            if missing:
                raise Trouble(f"{path}:1: the column {missing[0]} is missing")
            for row in reader:
                yield _row(row, path, reader.line_num)
    except OSError as error:
        raise Trouble(f"{path} cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, csv.Error):
        raise Trouble(f"{path} is no CSV file in UTF-8") from None


def _row(row: Mapping[str, str | None], path: Path, line: int) -> KnownAddress:
    try:
        point = Point(lon=float(row["lon"] or ""), lat=float(row["lat"] or ""))
    except (ValueError, BadPlace):
        raise Trouble(f"{path}:{line}: lon and lat are not degrees") from None
    return KnownAddress(row["address"] or "", point.lon, point.lat, row.get("street") or "")
