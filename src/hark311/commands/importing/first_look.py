"""Says what a file is that is no export, by its first bytes."""

from pathlib import Path

from hark311.commands.importing.profile import Profile
from hark311.platform.trouble import Trouble

LOOKED_AT_BYTES = 4096
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK = b"\xef\xbb\xbf"
_PACKED_MARKS = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
_WORKBOOK_PARTS = (b"[Content_Types].xml", b"opendocument.spreadsheet", b"xl/workbook")
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_PAGE_MARKS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<!--")


def require_export(path: Path) -> None:
    """Raises Trouble, in one line, for an empty file and for what is plainly something else."""
    first = _first(path)
    if not first:
        raise Trouble(f"{path} is empty")
    what = _packed(first) or _written(_words(first))
    if what:
        raise Trouble(f"{path} {what}")


def require_csv(path: Path, profile: Profile) -> None:
    """Raises Trouble for JSON where the profile reads CSV."""
    if _words(_first(path)).startswith((b"{", b'[{"', b"[\n", b"[\r", b"[ ")):
        raise Trouble(f"{path} is JSON, where the profile {profile.name} reads CSV")


def _first(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LOOKED_AT_BYTES)


def _words(first: bytes) -> bytes:
    return first.removeprefix(_UTF8_MARK).lstrip().lower()


def _packed(first: bytes) -> str:
    if first.startswith(_UTF16_MARKS):
        return "is in UTF-16: save it as UTF-8"
    is_zip = first.startswith(_PACKED_MARKS)
    if first.startswith(_OLD_WORKBOOK) or (is_zip and any(p in first for p in _WORKBOOK_PARTS)):
        return "is a workbook: save it as CSV"
    if is_zip:
        return "is packed: unpack it first"
    return "is a PDF: ask for CSV or JSON" if first.startswith(b"%PDF") else ""


def _written(words: bytes) -> str:
    if words.startswith(_PAGE_MARKS):
        return "is a web page, not an export: fetch the file itself, signed in if need be"
    return "is XML: ask for CSV or JSON" if words.startswith(b"<") else ""
