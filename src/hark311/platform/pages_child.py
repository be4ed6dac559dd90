"""The process that opens a fax: little memory and time, no network, an account that owns nothing.

It reads the bytes of one TIFF or PDF to their end, and answers for each page with a line of facts,
a length, and the page drawn anew as PNG. ``platform.pages`` starts one for each fax.
"""

import json
import struct
import sys
from collections.abc import Iterator
from io import BytesIO

import pypdfium2
import zxingcpp
from PIL import Image, ImageSequence

from hark311.platform.media_child import give_up_rights

MOST_PAGES = 50
# Wide and high as a fine page at most: what is larger is made smaller.
_LARGEST = (1728, 2292)
_PDF = b"%PDF-"
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_LENGTH = struct.Struct(">Q")


def main() -> None:
    """Answer once. Ends with status 3 for what is neither a TIFF nor a PDF, or is broken."""
    _warm_up()
    give_up_rights()
    content, answers = sys.stdin.buffer.read(), sys.stdout.buffer
    try:
        for number, page in enumerate(_pages(content)):
            if number >= MOST_PAGES:
                answers.write(json.dumps({"more": True}).encode() + b"\n")
                break
            drawn = _fit(page)
            kept = BytesIO()
            drawn.save(kept, "PNG", optimize=False)
            facts = {"width": drawn.width, "height": drawn.height, "codes": list(_codes(drawn))}
            body = kept.getvalue()
            answers.write(json.dumps(facts).encode() + b"\n" + _LENGTH.pack(len(body)) + body)
    except (OSError, ValueError, SyntaxError, pypdfium2.PdfiumError, Image.DecompressionBombError):
        sys.exit(3)
    answers.flush()


def _pages(content: bytes) -> Iterator[Image.Image]:
    if content.startswith(_PDF):
        document = pypdfium2.PdfDocument(content)
        for page in document:
            yield page.render(scale=204 / 72, grayscale=True).to_pil()
        return
    with Image.open(BytesIO(content), formats=["TIFF"]) as file:
        for page in ImageSequence.Iterator(file):
            yield _square(page.copy(), page.info.get("dpi"))


def _square(page: Image.Image, dots: object) -> Image.Image:
    """A page of standard quality has half as many lines as dots: drawn at its true height."""
    if isinstance(dots, tuple) and len(dots) == 2 and dots[0] and dots[1]:
        stretch = float(dots[0]) / float(dots[1])
        if 1.2 < stretch < 4:
            return page.convert("L").resize((page.width, round(page.height * stretch)))
    return page


def _fit(page: Image.Image) -> Image.Image:
    gray = page.convert("L")
    gray.thumbnail(_LARGEST)
    return gray


def _codes(page: Image.Image) -> Iterator[dict[str, object]]:
    """Each QR code: what it says, and its corners from the top left clockwise."""
    for code in zxingcpp.read_barcodes(page, formats=_QR):
        spot = code.position
        corners = (spot.top_left, spot.top_right, spot.bottom_right, spot.bottom_left)
        yield {"text": code.text, "corners": [[one.x, one.y] for one in corners]}


def _warm_up() -> None:
    """Load what is loaded late, while files may still be opened."""
    sample = BytesIO()
    Image.new("1", (64, 64), 1).save(sample, "TIFF", compression="group4")
    with Image.open(BytesIO(sample.getvalue())) as page:
        list(_codes(page.convert("L")))
    blank = pypdfium2.PdfDocument.new()
    blank.new_page(72, 72).render(scale=1).to_pil().save(BytesIO(), "PNG")


if __name__ == "__main__":
    main()
