"""The page that shows every part of the pages once, with samples: in a demonstration only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hark311.console.desk import jurisdiction_of
from hark311.domain.errors import NotFound
from hark311.platform import clock
from hark311.platform.colors import PAIRS, THEMES, contrast, palette, weakest
from hark311.platform.icons import ICONS
from hark311.platform.views import Audience, open_to

NUMBER = "26-00004821-3"
_GROUPS = ("paper", "card", "sunk", "line", "edge", "ink", "ink-2", "accent", "tint", "tint-line")
_TONES = ("deep", "deep-line", "lamp", "late", "late-tint", "soon", "soon-tint", "good")
_SIZES = ("t-3xl", "t-2xl", "t-xl", "t-l", "t-m", "t-s", "t-xs")


@dataclass(frozen=True, slots=True)
class Panel:
    """The same parts once more: in a theme, a direction and a language."""

    key: str
    theme: str
    direction: str
    language: str
    form: forms.Form


@dataclass(frozen=True, slots=True)
class Figure:
    """How one pair of colors contrasts in both themes."""

    front: str
    back: str
    least: float
    light: float
    dark: float


class SampleForm(forms.Form):
    """One field of each kind; the second is refused."""

    place = forms.CharField(
        label="Street or place",
        help_text="The hint sits above.",
        required=False,
        widget=forms.TextInput({"class": "in"}),
    )
    number = forms.CharField(label="Case number", widget=forms.TextInput({"class": "in"}))
    size = forms.ChoiceField(
        label="How big is it?",
        choices=(("plate", "Like a plate"), ("wheel", "Like a car wheel")),
        widget=forms.RadioSelect,
        initial="plate",
    )
    public = forms.BooleanField(label="Everyone may read my words", required=False)

    def clean_number(self) -> str:
        raise forms.ValidationError("Add one more digit. We count 10, and need 11.")


@open_to(Audience.PUBLIC)
@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Every part, in light, dark and right to left. Raises NotFound outside a demonstration."""
    if not settings.DEMO:
        raise NotFound(what="page")
    hue = _hue(request)
    pair, found = min((weakest(hue, theme) for theme in THEMES), key=lambda one: one[1])
    context = {
        "panels": [
            _panel("light", "ltr", "en"),
            _panel("dark", "ltr", "en"),
            _panel("light", "rtl", "ar"),
        ],
        "hue": hue,
        "figures": _figures(hue),
        "weakest": pair,
        "weakest_contrast": found,
        "swatches": (*_GROUPS, *_TONES),
        "sizes": _SIZES,
        "icons": sorted(ICONS),
        "sample": _sample(clock.now()),
        "city_language": request.LANGUAGE_CODE,
    }
    return render(request, "console/design.html", context)


def _hue(request: HttpRequest) -> int:
    wanted = request.GET.get("hue", "")
    is_hue = wanted.isascii() and wanted.isdigit() and len(wanted) < 4
    return int(wanted) % 360 if is_hue else jurisdiction_of(request).hue % 360


def _figures(hue: int) -> list[Figure]:
    light, dark = (palette(hue, theme) for theme in THEMES)
    return [
        Figure(
            pair.front,
            pair.back,
            pair.least,
            contrast(light[pair.front], light[pair.back]),
            contrast(dark[pair.front], dark[pair.back]),
        )
        for pair in PAIRS
    ]


def _panel(theme: str, direction: str, language: str) -> Panel:
    key = f"{theme}-{direction}"
    typed = {f"{key}-number": "555-010-014", f"{key}-size": "plate"}
    return Panel(
        key, theme, direction, language, SampleForm(typed, prefix=key, auto_id=f"{key}-%s")
    )


def _sample(now: datetime) -> SimpleNamespace:
    """What the parts show: no case, person or place of anybody."""
    day = timedelta(days=1)
    return SimpleNamespace(
        number=NUMBER,
        who="Street crew",
        next="The crew fills the hole.",
        by="Friday, July 17",
        entries=[
            SimpleNamespace(kind="past", at=now - 3 * day, title="You told us.", text="", note=""),
            SimpleNamespace(
                kind="moved",
                at=now - day,
                title="The date moved.",
                text="Hot asphalt does not hold in rain.",
                note="Before that we said July 15",
            ),
            SimpleNamespace(kind="now", at=None, when=_("Now"), title="Waiting for dry weather."),
            SimpleNamespace(kind="next", at=None, when="By July 17", title="The hole is filled."),
        ],
        errors=[("", "Add one more digit. We count 10, and need 11.")],
    )
