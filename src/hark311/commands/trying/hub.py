"""A hub that lasts as long as one trial: a database and a city in a folder of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from hark311.commands.trying.guess import Guess
from hark311.commands.trying.sample import Sample
from hark311.commands.trying.zones import zone_near
from hark311.domain.vocabulary import Outcome
from hark311.platform.trouble import Trouble

_LATS = (-90.0, 90.0)


def middle_of(sample: Sample, guess: Guess) -> tuple[float, float] | None:
    """Longitude and latitude in the middle of the sample; None where it has no positions."""
    lat, lon = guess.columns.get("lat"), guess.columns.get("lon")
    if lat is None or lon is None:
        return None
    lats = sorted(_numbers(sample.rows, lat))
    lons = sorted(_numbers(sample.rows, lon))
    if not lats or not lons:
        return None
    return lons[len(lons) // 2], lats[len(lats) // 2]


def write_profile(path: Path, sample: Sample, guess: Guess, zone: str) -> None:
    """Write what was guessed as a profile that ``hark311 import cases`` takes."""
    keep = [guess.columns["status"]] if "status" in guess.columns else []
    written: dict[str, Any] = {
        "name": "trial",
        "language": "en",
        "zone": zone,
        "format": sample.format.value,
        "encoding": sample.encoding.value,
        "delimiter": "tab" if sample.delimiter == "\t" else sample.delimiter,
        "columns": dict(guess.columns),
        "dates": list(guess.dates),
        "empty": ["null", "none", "n/a", "na", "nan", "unspecified"],
        "statuses": {"open": list(guess.open_words), "closed": list(guess.closed_words)},
        "text": list(guess.text),
        "address": list(guess.address),
        "keep": keep,
        "privacy": "private",
    }
    if sample.records:
        written["records"] = [sample.records]
    path.write_text(yaml.safe_dump(written, allow_unicode=True, sort_keys=False))


def write_city(folder: Path, middle: tuple[float, float] | None, zone: str) -> None:
    """Write a pack with one desk and one service, which is all that a trial needs."""
    lon, lat = middle or (0.0, 0.0)
    folder.mkdir()
    names = {"en": "Trial"}
    pack: dict[str, Any] = {
        "city": {
            "key": "trial",
            "names": names,
            "brand": {"hue": 165},
            "zone": zone,
            "contact": {"phone": "311", "email": "trial@city.example"},
            "limits": {"schematic": True, "box": _box(lon, lat)},
            "fallback_queue": "desk",
        },
        "languages": [{"code": "en", "name": "English", "complete": True}],
        "hotlines": [
            {
                "code": "emergency",
                "number": "911",
                "kind": "emergency",
                "names": names,
                "texts": names,
            }
        ],
        "calendars": [{"code": "office", "names": names, "week": {"mon-fri": "08:00-17:00"}}],
        "departments": [{"code": "city", "names": names}],
        "queues": [{"code": "desk", "names": names, "department": "city", "calendar": "office"}],
        "groups": [{"code": "all", "names": names}],
        "outcomes": {
            outcome.value: {"names": names, "texts": names}
            for outcome in Outcome
            if outcome.is_for_staff
        },
        "services": [
            {
                "code": "other",
                "names": names,
                "descriptions": names,
                "group": "all",
                "department": "city",
                "queue": "desk",
                "place": "optional",
                "next_step": names,
            }
        ],
    }
    # JSON is YAML, too, and never writes aliases, which a pack may not have.
    (folder / "city.yaml").write_text(json.dumps(pack, indent=2))


class Hub:
    """Runs the commands of this program on a data folder of its own."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def run(self, *words: str, shows: bool = False, prints: bool = False) -> str:
        """The last line that a command printed. Raises Trouble with the line it stopped at.

        shows: let its progress through to whoever watches. prints: what it prints, too.
        """
        done = subprocess.run(  # this program, with words of ours
            [sys.executable, "-m", "hark311.commands.main", *words],
            env=self._environment(),
            stdout=None if prints else subprocess.PIPE,
            stderr=None if shows else subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            said = (done.stderr or "").strip().splitlines() or ["a trial command failed"]
            raise Trouble(said[-1].removeprefix("hark311: "))
        printed = (done.stdout or "").strip().splitlines()
        return printed[-1] if printed else ""

    def _environment(self) -> Mapping[str, str]:
        """Ours without any database and setting of a hub that may be in use here."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("HARK311_", "DATABASE_", "EMAIL_"))
        }
        return {**kept, "HARK311_DATA": str(self._data)}


def zone_of(middle: tuple[float, float] | None) -> str:
    """A time zone for dates that name none."""
    return zone_near(*middle) if middle else "UTC"


def _numbers(rows: Sequence[Mapping[str, str]], column: str) -> list[float]:
    found = []
    for row in rows:
        try:
            found.append(float(row.get(column, "")))
        except ValueError:
            continue
    return found


def _box(lon: float, lat: float) -> list[float]:
    return [
        max(lon - 3, -179.9),
        max(lat - 3, _LATS[0] + 0.1),
        min(lon + 3, 179.9),
        min(lat + 3, _LATS[1] - 0.1),
    ]
