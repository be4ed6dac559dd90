"""Opens faxes in a limited process of their own, and reads the words of pages with tesseract."""

import json
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from types import MappingProxyType

from hark311.domain.errors import BadMedia
from hark311.platform import log

LARGEST_BYTES = 20 * 1024 * 1024
MOST_PAGES = 50
_LONGEST_S, _LONGEST_READING_S = 120, 40
_COMMAND = (sys.executable, "-I", "-m", "hark311.platform.pages_child")
_LENGTH = struct.Struct(">Q")
# How tesseract calls our languages.
_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "am": "amh",
        "ar": "ara",
        "en": "eng",
        "es": "spa",
        "fr": "fra",
        "hi": "hin",
        "ht": "hat",
        "ko": "kor",
        "pt": "por",
        "ru": "rus",
        "tl": "tgl",
        "vi": "vie",
        "zh-hans": "chi_sim",
        "zh-hant": "chi_tra",
    }
)

_log = log.get(__name__)
Corner = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code on a page. corners: from the top left clockwise, in dots."""

    text: str
    corners: tuple[Corner, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page drawn anew as PNG, in gray."""

    content: bytes
    width: int
    height: int
    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """The pages of a fax; has_more if only the first fifty were read."""

    pages: tuple[Page, ...]
    has_more: bool


def open_pages(content: bytes) -> Opened:
    """The pages of a TIFF or PDF.

    Raises BadMedia with reason ``too_large``, or ``broken`` if it cannot be opened.
    """
    if len(content) > LARGEST_BYTES:
        raise BadMedia(reason="too_large", limit=LARGEST_BYTES)
    try:
        done = subprocess.run(
            _COMMAND, input=content, capture_output=True, timeout=_LONGEST_S, env={}, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise BadMedia(reason="broken") from late
    if done.returncode != 0:
        _log.warning("pages_not_opened", status=done.returncode)
        raise BadMedia(reason="broken")
    return _opened(BytesIO(done.stdout))


def can_read() -> bool:
    """Whether words on pages can be read here at all."""
    return shutil.which("tesseract") is not None


def words_on(picture: bytes, languages: tuple[str, ...]) -> str:
    """The words on a picture that we drew ourselves; "" where none can be made out.

    It runs on one thread: with more it takes up to forty times as long.
    """
    if not can_read():
        return ""
    known = [name for one in languages if (name := _NAMES.get(one.lower())) in _installed()]
    command = ["tesseract", "stdin", "stdout", "--psm", "6", "-l", "+".join(known) or "eng"]
    try:
        done = subprocess.run(
            command,
            input=picture,
            capture_output=True,
            timeout=_LONGEST_READING_S,
            env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/local/bin:/usr/bin:/bin"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace").replace("\f", "").strip()


def _opened(answers: BytesIO) -> Opened:
    pages: list[Page] = []
    for line in iter(answers.readline, b""):
        facts = json.loads(line)
        if "more" in facts:
            return Opened(tuple(pages), has_more=True)
        (length,) = _LENGTH.unpack(answers.read(_LENGTH.size))
        codes = tuple(_codes(facts["codes"]))
        pages.append(Page(answers.read(length), facts["width"], facts["height"], codes))
    return Opened(tuple(pages), has_more=False)


def _codes(found: list[dict[str, object]]) -> Iterator[Code]:
    for one in found:
        corners = one["corners"]
        if isinstance(corners, list):
            yield Code(str(one["text"]), tuple((float(x), float(y)) for x, y in corners))


@cache
def _installed() -> frozenset[str]:
    done = subprocess.run(
        ["tesseract", "--list-langs"], capture_output=True, text=True, timeout=10, check=False
    )
    return frozenset(done.stdout.split())
