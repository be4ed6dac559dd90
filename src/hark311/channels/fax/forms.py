"""Draws the form of a service to print, and reads the boxes of a page that came back."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType

import segno
from django.template.loader import render_to_string
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from PIL import Image

from hark311.catalog.queries import Service
from hark311.domain.fax_form import BOXES, Box, FormId, form_id_of, laid_by
from hark311.domain.texts import in_language
from hark311.government.models import Jurisdiction
from hark311.platform.languages import direction
from hark311.platform.pages import Page, words_on
from hark311.platform.paper import pdf_of

_LABELS: Mapping[str, LazyText] = MappingProxyType(
    {
        "description": _("What is wrong?"),
        "address": _("Where? Address or nearest corner"),
        "name": _("Your name (if you like)"),
        "phone": _("Telephone (if you like)"),
        "email": _("E-mail (if you like)"),
    }
)
_LABEL_HEIGHT = 60
# A box is read at this height of letters at least.
_DOTS_PER_TENTH = 0.85


@dataclass(frozen=True, slots=True)
class Drawn:
    """A box in millimeters, as the page draws it."""

    label: str
    left: str
    name_top: str
    top: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that came back. values: by the names of the boxes; what is empty was not made out."""

    form: FormId
    values: Mapping[str, str]


def form_pdf(service: Service, jurisdiction: Jurisdiction, language: str) -> bytes:
    """The form of a service as PDF. Raises NoPress where pages cannot be set."""
    named = FormId(jurisdiction.key, service.code, language)
    with override(language):
        context = {
            "service": in_language(service.names, language),
            "promise": in_language(service.promise_text, language),
            "city": in_language(jurisdiction.names, language) or jurisdiction.key,
            "contact": jurisdiction.contact,
            "language": language,
            "direction": direction(language),
            "code": segno.make(named.text(), error="h", micro=False).svg_data_uri(border=0),
            "boxes": [_drawn(box) for box in BOXES],
        }
        return pdf_of(render_to_string("fax/form.html", context))


def filled_form(page: Page) -> Filled | None:
    """What stands in the boxes of a page; None if the page is none of our forms."""
    for code in page.codes:
        form = form_id_of(code.text)
        if form is not None and len(code.corners) == 4:
            with Image.open(BytesIO(page.content)) as picture:
                laid = laid_by(code.corners)
                values = {
                    box.name: words_on(_cut(picture, box, laid.corners(box)), (form.language, "en"))
                    for box in BOXES
                }
            return Filled(form, values)
    return None


def _cut(picture: Image.Image, box: Box, corners: tuple[tuple[float, float], ...]) -> bytes:
    """One box, laid straight."""
    size = (round(box.width * _DOTS_PER_TENTH), round(box.height * _DOTS_PER_TENTH))
    quad = tuple(value for corner in corners for value in corner)
    straight = picture.transform(
        size, Image.Transform.QUAD, quad, Image.Resampling.BICUBIC, fillcolor=255
    )
    framed = Image.new("L", (size[0] + 40, size[1] + 40), 255)
    framed.paste(straight, (20, 20))
    kept = BytesIO()
    framed.save(kept, "PNG", dpi=(216, 216))
    return kept.getvalue()


def _drawn(box: Box) -> Drawn:
    return Drawn(
        label=str(_LABELS[box.name]),
        left=_mm(box.left),
        name_top=_mm(box.top - _LABEL_HEIGHT),
        top=_mm(box.top),
        width=_mm(box.width),
        height=_mm(box.height),
    )


def _mm(tenths: int) -> str:
    return f"{tenths / 10:.1f}"
