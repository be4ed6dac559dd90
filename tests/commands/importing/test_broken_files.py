"""A file that cannot be an export stops the import with one clear line, and nothing is taken."""

import csv
import gzip
import io
import tracemalloc
import zipfile

import pytest

from hark311.commands.importing.csv_rows import LONGEST_LINE_BYTES
from hark311.commands.importing.profile import read_profile
from hark311.commands.importing.reading import check_export
from hark311.platform.trouble import Trouble

HEADING = "unique_key,created_date,closed_date,complaint_type,descriptor,latitude,longitude,city"
ROW = "1,2026-04-13T02:56:23.000,,Street Condition,Pothole,40.6123456,-73.9512345,BROOKLYN"
PAGE = "<!DOCTYPE html>\n<html><head><title>403</title></head><body>Sign in</body></html>\n"
RECORD = '{"service_request_id": "1", "service_name": "Pothole"}'


def zipped(name, content):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(name, content)
    return held.getvalue()


CSV = f"{HEADING}\n{ROW}\n"
BROKEN = {
    "empty": ("nyc", b"", "is empty"),
    "blank": ("nyc", b"\n \n\n", "holds no heading"),
    "heading only": ("nyc", f"{HEADING}\n".encode(), "holds a heading and no rows"),
    "semicolons": ("nyc", CSV.replace(",", ";").encode(), "separated by semicolons"),
    "tabs": ("nyc", CSV.replace(",", "\t").encode(), "separated by tabs"),
    "bars": ("nyc", CSV.replace(",", "|").encode(), "separated by bars"),
    "a picture": ("nyc", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "line 1: not UTF-8"),
    "a PDF": ("nyc", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "is a PDF"),
    "a zip": ("nyc", zipped("export.csv", CSV), "is packed: unpack it first"),
    "a workbook": (
        "nyc",
        zipped("[Content_Types].xml", "<Types/>"),
        "is a workbook: save it as CSV",
    ),
    "gzip": ("nyc", gzip.compress(CSV.encode()), "is packed: unpack it first"),
    "a page": ("nyc", PAGE.encode(), "is a web page, not an export"),
    "a page after a blank line": ("nyc", b"\n" + PAGE.encode(), "is a web page, not an export"),
    "two encodings": ("nyc", CSV.encode() + "2,Caf\u00e9\n".encode("latin-1"), "line 3: not UTF-8"),
    "UTF-16": ("nyc", CSV.encode("utf-16"), "is in UTF-16: save it as UTF-8"),
    "an XML answer": ("nyc", b"<?xml version='1.0'?>\n<errors/>\n", "is XML: ask for"),
    "an open quote": ("nyc", f'{CSV}2,"never closed'.encode(), "not CSV"),
    "JSON for CSV": ("nyc", f"[{RECORD}]".encode(), "is JSON, where the profile nyc reads CSV"),
    "CSV for JSON": ("open311-json", CSV.encode(), "is not JSON to its end"),
    "JSON cut off": ("open311-json", f'[{RECORD}, {{"service'.encode(), "breaks off"),
    "JSON cut off in a list": ("open311-json", f"[{RECORD},".encode(), "breaks off"),
    "a page for JSON": ("open311-json", PAGE.encode(), "is a web page, not an export"),
    "empty for JSON": ("open311-json", b"", "is empty"),
    "a list of nothing": ("open311-json", b"[]", "holds no records"),
}


@pytest.mark.parametrize(("profile", "content", "fault"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_stops_with_one_clear_line(tmp_path, profile, content, fault):
    path = tmp_path / "requests.csv"
    path.write_bytes(content)

    with pytest.raises(Trouble) as stopped:
        check_export(path, read_profile(profile))

    line = stopped.value.line
    assert fault in line
    assert str(path) in line
    assert "\n" not in line
    assert len(line) < len(str(path)) + 120


def test_a_line_of_two_gigabytes_is_not_read(tmp_path):
    path = tmp_path / "requests.csv"
    path.write_text(CSV)
    with path.open("r+b") as file:
        # The hole takes no room on the disk, and is read as zeros.
        file.truncate(2 * 1024**3)

    with pytest.raises(Trouble, match="line 3: this is no text file"):
        check_export(path, read_profile("nyc"))


def test_a_line_without_an_end_is_read_as_far_as_lines_are_long(tmp_path):
    path = tmp_path / "requests.csv"
    with path.open("w") as file:
        file.write(CSV)
        for _each in range(200):
            file.write("x" * LONGEST_LINE_BYTES)
    tracemalloc.start()

    with pytest.raises(Trouble, match="line 3: longer than 1 MB"):
        check_export(path, read_profile("nyc"))

    assert tracemalloc.get_traced_memory()[1] < 10 * LONGEST_LINE_BYTES
    tracemalloc.stop()


def test_a_field_over_many_lines_ends_where_fields_end(tmp_path):
    path = tmp_path / "requests.csv"
    with path.open("w") as file:
        file.write(f'{CSV}2,"a quote that is never closed')
        for _each in range(40_000):
            file.write("and goes on, line after line\n")

    with pytest.raises(Trouble, match="not CSV: field larger than field limit"):
        check_export(path, read_profile("nyc"))
    assert csv.field_size_limit() < 1_000_000
