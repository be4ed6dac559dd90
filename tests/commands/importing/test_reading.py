"""An export is looked through before anything of it is taken."""

import tracemalloc
from datetime import UTC, datetime

import pytest

from hark311.commands.importing.export import column_name
from hark311.commands.importing.profile import read_profile
from hark311.commands.importing.reading import check_export, rows_of
from hark311.commands.importing.rows import RowReader
from hark311.platform.trouble import Trouble

HEADING = "unique_key,created_date,closed_date,complaint_type,descriptor,latitude,longitude,city"
OPEN = "1,2026-04-13T02:56:23.000,,Street Condition,Pothole,40.6123456,-73.9512345,BROOKLYN"


BROKEN = {
    "separated by semicolons": OPEN.replace(",", ";").encode(),
    "not UTF-8": b"\xff",
    "no text file": b"\0\x01\x02",
    "longer than 1 MB": b"x" * 1_100_000,
    "not CSV": b'"never closed',
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_file_stops_with_one_line(tmp_path, fault):
    path = tmp_path / "broken.csv"
    heading = HEADING.replace(",", ";") if "semicolons" in fault else HEADING
    path.write_bytes(b"\n".join([heading.encode(), OPEN.encode(), BROKEN[fault]]))

    with pytest.raises(Trouble, match=fault) as stopped:
        check_export(path, read_profile("nyc"))

    assert "\n" not in stopped.value.line


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "is empty"),
        (HEADING.replace("unique_key", "key").encode(), "columns are missing: unique_key"),
        ((HEADING + ",City").encode(), "columns stand twice: city"),
        (HEADING.encode("utf-16"), "UTF-16"),
    ],
)
def test_a_file_without_its_columns_is_told_which(tmp_path, content, fault):
    path = tmp_path / "broken.csv"
    path.write_bytes(content)

    with pytest.raises(Trouble, match=fault):
        check_export(path, read_profile("nyc"))


def test_rows_tell_the_line_they_begin_on(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text(f'{HEADING}\n1,"two\nlines"\n\n{OPEN}\n')

    export = check_export(path, read_profile("nyc"))

    assert export.rows == 2
    assert [(row.line, row.values is not None) for row in rows_of(export)] == [
        (2, False),
        (5, True),
    ]


def test_a_mark_at_the_beginning_of_a_file_is_no_part_of_its_first_heading(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text(f"{HEADING}\n{OPEN}\n", encoding="utf-8-sig")

    assert check_export(path, read_profile("nyc")).columns[0] == "unique_key"


@pytest.mark.parametrize(
    ("cell", "name"), [("Unique Key", "unique_key"), (" X (Degrees) ", "x_degrees"), ("é", "")]
)
def test_headings_are_compared_in_lower_case_with_joined_words(cell, name):
    assert column_name(cell) == name


def test_memory_does_not_grow_with_the_file(tmp_path):
    few, many = (peak_of(tmp_path / f"{count}.csv", count) for count in (1_000, 20_000))

    assert many < few * 1.5


def peak_of(path, count):
    """The most memory that checking and reading so many rows takes, in bytes."""
    with path.open("w") as file:
        file.write(f"{HEADING}\n")
        file.writelines(f"{number}{OPEN[1:]}\n" for number in range(count))
    tracemalloc.start()
    export = check_export(path, read_profile("nyc"))
    reader = RowReader(export.profile, datetime(2026, 6, 1, tzinfo=UTC))
    read = sum(1 for row in rows_of(export) if reader.read(row, len(export.columns)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read == count
    return peak
