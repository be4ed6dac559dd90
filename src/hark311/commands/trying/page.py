"""Writes the page of a trial as HTML, and as PDF where this machine can."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.template import Context, Engine, Library

from hark311.commands.importing.profile import Profile
from hark311.commands.trying.findings import Findings
from hark311.insight.promises import Kept

TEMPLATES = Path(__file__).resolve().parent / "templates"
_LIBRARIES = {"humanize_lite": __name__, "tz": "django.templatetags.tz"}
_ROLES = {
    "id": "its number",
    "opened": "reported",
    "acknowledged": "taken up",
    "due": "promised by",
    "closed": "closed",
    "changed": "last changed",
    "status": "open or closed",
    "kind": "what it is about",
    "lat": "degrees north",
    "lon": "degrees east",
    "area": "area",
    "photos": "pictures",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of kept promises with its name; percent is None where none was promised."""

    name: str
    kept: Kept
    percent: int | None


def page_of(
    found: Findings,
    profile: Profile,
    *,
    city: str,
    file: str,
    tally: str,
    made_at: datetime,
    is_guessed: bool,
) -> str:
    """The page as HTML that needs nothing beside it."""
    engine = Engine(dirs=[str(TEMPLATES)], libraries=_LIBRARIES)
    return engine.get_template("trial.html").render(
        Context(
            {
                "city": city,
                "file": file,
                "tally": _counted(tally),
                "has_promises": bool(found.totals.promised),
                "made_at": made_at,
                "found": found,
                "late_share": _late_share(found.services, found),
                "services": _lines(found.services, found),
                "areas": _lines(found.areas, found),
                "columns": _columns(profile),
                "is_guessed": is_guessed,
                "zone": profile.zone.key,
                "tzinfo": profile.zone,
                "style": (TEMPLATES / "trial.css").read_text(),
            }
        )
    )


register = Library()


@register.filter
def whole(number: int) -> str:
    """A count with its thousands set apart."""
    return f"{number:,}"


@register.filter
def days(span: float | None) -> str:
    """Days in words that fit: hours under two days, minutes under one hour and a half."""
    if span is None:
        return "–"
    if span < 1 / 1440:
        return "under 1 min"
    if span < 1.5 / 24:
        return f"{span * 1440:,.0f} min"
    if span < 2:
        return f"{span * 24:,.0f} h"
    return f"{span:,.0f} days"


def _lines(lines: Sequence[Kept], found: Findings) -> Sequence[Line]:
    return [
        Line(
            found.names.get(line.key, line.key),
            line,
            None if line.kept_share is None else round(100 * line.kept_share),
        )
        for line in lines
    ]


def _counted(tally: str) -> str:
    """The last line of the import, as a sentence."""
    counts = {
        word: f"{int(count):,}" for word, count in (part.split() for part in tally.split(", "))
    }
    return (
        f"{counts['imported']} rows were taken as they stood, {counts['repaired']} with something "
        f"set right, {counts['rejected']} were refused."
    )


def _late_share(lines: Sequence[Kept], found: Findings) -> int | None:
    if not found.totals.promised:
        return None
    return round(100 * found.totals.late / found.totals.promised)


def _columns(profile: Profile) -> Sequence[tuple[str, str]]:
    named = [
        (words, str(getattr(profile.columns, name)))
        for name, words in _ROLES.items()
        if getattr(profile.columns, name)
    ]
    return [
        *named,
        ("description", ", ".join(profile.text)),
        *([("address", ", ".join(profile.address))] if profile.address else []),
    ]
