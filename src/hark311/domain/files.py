"""Tells what a file is by its first bytes, whatever its name says."""

import unicodedata

_BEGINNINGS = (
    (b"%PDF", "pdf"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"PK\x03\x04", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"\x1aE\xdf\xa3", "video"),
)
_PHOTO_BRANDS = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"heif"}
)
_MARKS = ((b"<svg", "svg"), (b"<html", "page"), (b"<!doctype", "page"), (b"<?xml", "page"))


def kind_of(content: bytes) -> str:
    """Name what is surely no photo: pdf, gif, bmp, tiff, archive, video, svg or page; else ''.

    Files of telephones are told apart by brand: HEIC is a photo, anything else in that wrapping
    is a film.
    """
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content[4:8] == b"ftyp":
        return "" if content[8:12] in _PHOTO_BRANDS else "video"
    if content[:4] == b"RIFF" and content[8:12] == b"AVI ":
        return "video"
    return _marked(content)


def _marked(content: bytes) -> str:
    head = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not head.startswith(b"<"):
        return ""
    return next((kind for mark, kind in _MARKS if mark in head), "")


def plain_name(name: str) -> str:
    """The name of an upload without folders and signs that do not show or turn the line round."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(
        sign for sign in last if unicodedata.category(sign)[0] not in "CZ" or sign == " "
    )
