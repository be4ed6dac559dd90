"""hark311 trial: an unknown export is guessed, tried in a hub of its own, and told on one page."""

import csv
import os
import subprocess
import sys
from datetime import datetime, timedelta

import pytest

from hark311.commands.trying.columns import columns_of
from hark311.commands.trying.guess import guess
from hark311.commands.trying.sample import sample_of
from hark311.commands.trying.zones import zone_near
from hark311.platform import paper
from hark311.platform.trouble import Trouble

HEADINGS = {
    "number": "SR Number",
    "opened": "Created Date",
    "closed": "Closed Date",
    "status": "Status",
    "kind": "Service Type",
    "lat": "Latitude",
    "lon": "Longitude",
    "area": "Neighborhood",
    "address": "Address",
}
KINDS = ("Street hole", "Dark lamp", "Trash left behind", "Fallen branch", "Loose dog")
AREAS = ("Mill End", "Old Harbor", "North Hill")


def rows(count=60):
    """A made-up export: every tenth is open, every fifth comes again at the same place."""
    first = datetime(2025, 3, 3, 8)  # noqa: DTZ001  # exports name no zone
    for number in range(count):
        opened = first + timedelta(hours=9 * number)
        closed = opened + timedelta(days=1 + number % 4)
        again = number - 5 if number % 5 == 0 and number else number
        yield {
            "number": f"25-{number:05}",
            "opened": f"{opened:%m/%d/%Y %I:%M:%S %p}",
            "closed": "" if number % 10 == 9 else f"{closed:%m/%d/%Y %I:%M:%S %p}",
            "status": "Open" if number % 10 == 9 else "Closed",
            "kind": KINDS[again % 5],
            "lat": f"{41.5 + again * 0.01:.6f}",
            "lon": f"{-81.6 + again * 0.01:.6f}",
            "area": AREAS[again % 3],
            "address": f"{100 + again} Mill Street",
        }


def write(path, headings=HEADINGS, delimiter=",", encoding="utf-8"):
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(headings.values())
        writer.writerows([row[name] for name in headings] for row in rows())
    return path


def guessed(path):
    sample = sample_of(path)
    return guess(columns_of(sample.names, sample.rows))


def test_headings_that_say_what_they_hold_are_understood(tmp_path):
    found = guessed(write(tmp_path / "a.csv"))

    assert found.missing == []
    assert dict(found.columns) == {
        "id": "sr_number",
        "opened": "created_date",
        "closed": "closed_date",
        "status": "status",
        "kind": "service_type",
        "lat": "latitude",
        "lon": "longitude",
        "area": "neighborhood",
    }
    assert (found.address, found.dates) == (["address"], ["%m/%d/%Y %I:%M:%S %p"])
    assert (found.open_words, found.closed_words) == (["Open"], ["Closed"])


def test_headings_that_say_nothing_are_understood_by_their_values(tmp_path):
    headings = {name: f"Field {place}" for place, name in enumerate(HEADINGS)}

    found = guessed(write(tmp_path / "a.csv", headings, delimiter=";", encoding="utf-8-sig"))

    assert found.missing == []
    wanted = {name: f"field_{place}" for place, name in enumerate(HEADINGS)}
    for name in ("opened", "closed", "status", "kind", "lat", "lon"):
        assert found.columns[name] == wanted[name]
    assert found.columns["id"] == wanted["number"]


def test_the_second_half_of_a_kind_is_taken_for_the_words_of_a_request():
    rows = [
        {"complaint_type": f"Noise{n % 7}", "descriptor": ("Loud Music", "Banging")[n % 2]}
        for n in range(40)
    ]

    found = guess(columns_of(("complaint_type", "descriptor"), rows))

    assert found.columns["kind"] == "complaint_type"
    assert found.text == ["descriptor", "complaint_type"]


def test_the_day_of_the_last_change_is_not_taken_for_the_closing():
    first = datetime(2025, 3, 3, 8)  # noqa: DTZ001  # exports name no zone
    rows = [
        {
            "a": str(1000 + n),
            "b": f"{first + timedelta(hours=n):%m/%d/%Y %H:%M}",
            "c": f"{first + timedelta(hours=n + 90):%m/%d/%Y %H:%M}",
            "d": f"{first + timedelta(hours=n + 40):%m/%d/%Y %H:%M}",
            "e": "Closed",
            "f": KINDS[n % 5],
        }
        for n in range(40)
    ]

    found = guess(columns_of(tuple("abcdef"), rows)).columns

    assert (found["opened"], found["changed"], found["closed"]) == ("b", "c", "d")


def test_what_staff_wrote_in_the_end_is_not_what_was_reported():
    rows = [
        {"type": KINDS[n % 5], "closure_reason": f"Crew {n} went there and swept it all", "x": "1"}
        for n in range(40)
    ]

    assert guess(columns_of(("type", "closure_reason", "x"), rows)).text == ["type"]


def test_what_no_case_can_do_without_is_named(tmp_path):
    headings = {name: words for name, words in HEADINGS.items() if name not in {"opened", "closed"}}

    assert guessed(write(tmp_path / "a.csv", headings)).missing == ["opened"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "is empty"),
        (b"one heading\n1\n", "no heading with several columns"),
        (b"a,b\n", "no rows"),
        (b"{}", "no list of records"),
        (b"\x00\x01", "no text file"),
        (b"PK\x03\x04" + b"x" * 50, "packed"),
    ],
)
def test_a_file_that_holds_no_rows_stops_with_one_line(tmp_path, content, fault):
    path = tmp_path / "a.csv"
    path.write_bytes(content)

    with pytest.raises(Trouble, match=fault) as stopped:
        sample_of(path)

    assert "\n" not in stopped.value.line


@pytest.mark.parametrize(
    ("lon", "lat", "zone"),
    [
        (-73.9, 40.7, "America/New_York"),
        (-87.6, 41.9, "America/Chicago"),
        (-118.2, 34.0, "America/Los_Angeles"),
        (13.4, 52.5, "Etc/GMT-1"),
        (0.0, 51.5, "UTC"),
    ],
)
def test_a_zone_is_told_from_where_the_city_lies(lon, lat, zone):
    assert zone_near(lon, lat) == zone


def test_paper_fetches_nothing_from_elsewhere():
    try:
        paper.press()
    except paper.NoPress as missing:
        pytest.skip(str(missing))

    pdf = paper.pdf_of('<p>Mill End</p><img src="http://127.0.0.1:9/x.png" alt="">')

    assert pdf.startswith(b"%PDF-")


def test_a_trial_writes_one_page_and_leaves_no_hub_behind(tmp_path):
    path = write(tmp_path / "export.csv")
    held = tmp_path / "tmp"
    held.mkdir()

    done = subprocess.run(  # this program
        [sys.executable, "-m", "hark311.commands.main", "trial", str(path), "--out", str(tmp_path)],
        env={**os.environ, "TMPDIR": str(held), "HARK311_DATA": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    page = (tmp_path / "export.trial.html").read_text()
    assert "60 requests of export.csv" in page
    assert page.count("Mill Street") >= 3
    assert "6</strong> still open" in page
    assert "http" not in page
    assert list(held.iterdir()) == []
