"""Makes faxes as machines send them: forms filled in, letters, in black and white."""

from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from typing import Any

import pypdfium2
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageDraw, ImageFont

from hark311.channels.fax.hook import signature
from hark311.domain.fax_form import BOXES
from hark311.platform import clock

SECRET = "fax secret"
DOTS = 204
FINE, STANDARD = (204, 196), (204, 98)
_PER_TENTH = DOTS / 254


def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def filled_in(form: bytes, values: Mapping[str, str], *, turned: float = 0) -> Image.Image:
    """The form as it comes from somebody's machine. turned: in degrees, as paper slips."""
    page = pypdfium2.PdfDocument(form)[0].render(scale=DOTS / 72).to_pil().convert("L")
    draw = ImageDraw.Draw(page)
    for box in BOXES:
        spot = (box.left * _PER_TENTH + 20, box.top * _PER_TENTH + 24)
        draw.multiline_text(spot, values.get(box.name, ""), fill=0, font=font(44), spacing=14)
    return page.rotate(turned, Image.Resampling.BICUBIC, fillcolor=255)


def letter(text: str) -> Image.Image:
    page = Image.new("L", (1728, 2292), 255)
    ImageDraw.Draw(page).multiline_text((160, 200), text, fill=0, font=font(40), spacing=16)
    return page


def faxed(pages: list[Image.Image], dots: tuple[int, int] = FINE) -> bytes:
    """The pages as a machine sends them: black and white, and maybe half as many lines."""
    sent = []
    for page in pages:
        size = (page.width, round(page.height * dots[1] / DOTS))
        sent.append(page.resize(size).point(lambda gray: 255 if gray > 128 else 0).convert("1"))
    kept = BytesIO()
    sent[0].save(
        kept, "TIFF", compression="group4", dpi=dots, save_all=True, append_images=sent[1:]
    )
    return kept.getvalue()


def hand_in(client: Client, content: bytes, *, secret: str = SECRET, **more: str) -> Any:
    """As a provider hands a fax in; more: fields that differ."""
    fields = {
        "at": str(int(clock.now().timestamp())),
        "id": "fax-1",
        "from": "+14045550199",
        "to": "+14045550311",
        "sha256": sha256(content).hexdigest(),
        **more,
    }
    signed = signature(secret, fields)
    file = SimpleUploadedFile("fax.tif", content, "image/tiff")
    return client.post(
        "/channels/fax/in", {**fields, "file": file}, headers={"X-Fax-Signature": signed}
    )
