"""How a government shows itself on pages: name, color, hotlines, languages."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.urls import translate_url
from django.utils.translation import get_language

from hark311.domain.errors import UnknownJurisdiction
from hark311.domain.texts import in_language
from hark311.government.models import Jurisdiction
from hark311.government.queries import jurisdiction_for_host
from hark311.platform.languages import CHECKED, COMPLETE, OWN_NAMES, direction
from hark311.platform.offer import offered_language

_KEPT = "hark311_jurisdiction"


@dataclass(frozen=True, slots=True)
class Hotline:
    """A number that people mix up with 311. kind: emergency, crisis, social, city ..."""

    number: str
    kind: str
    name: str
    text: str
    takes_text: bool = False


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A language by its own name; url is '' where pages do not exist in it yet.

    is_complete: the workspace exists in it as well.
    """

    code: str
    name: str
    direction: str
    url: str
    is_current: bool
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class Face:
    """What every page shows of its city."""

    key: str
    name: str
    hue: int
    contact: str
    emergency: str
    hotlines: tuple[Hotline, ...]


def jurisdiction_of(request: HttpRequest) -> Jurisdiction:
    """The jurisdiction that answers at the host asked for; one query a request.

    Raises UnknownJurisdiction if none is loaded.
    """
    kept = getattr(request, _KEPT, None)
    if isinstance(kept, Jurisdiction):
        return kept
    domain, _port = split_domain_port(request.get_host())
    found = jurisdiction_for_host(domain)
    setattr(request, _KEPT, found)
    return found


def face_of(jurisdiction: Jurisdiction, language: str) -> Face:
    """The face of a jurisdiction in a language."""
    hotlines = hotlines_of(jurisdiction, language)
    emergency = next((line.number for line in hotlines if line.kind == "emergency"), "911")
    return Face(
        key=jurisdiction.key,
        name=in_language(jurisdiction.names, language) or jurisdiction.key,
        hue=jurisdiction.hue,
        contact=jurisdiction.contact,
        emergency=emergency,
        hotlines=hotlines,
    )


def hotlines_of(jurisdiction: Jurisdiction, language: str) -> tuple[Hotline, ...]:
    """The numbers for other needs, in the order of the pack."""
    rows: list[dict[str, Any]] = jurisdiction.settings.get("hotlines", [])
    return tuple(
        Hotline(
            number=str(row["number"]),
            kind=str(row.get("kind", "other")),
            name=in_language(row.get("names", {}), language),
            text=in_language(row.get("texts", {}), language),
            takes_text=bool(row.get("takes_text", False)),
        )
        for row in rows
    )


def city(request: HttpRequest) -> dict[str, object]:
    """Context for all templates: ``city`` (None where no pack is loaded) and the languages."""
    language = get_language() or settings.LANGUAGE_CODE
    try:
        face: Face | None = face_of(jurisdiction_of(request), language)
    except (UnknownJurisdiction, DisallowedHost):
        face = None
    links = language_links(request, language)
    offered = offered_language(request)
    return {
        "city": face,
        "page_language": language,
        "page_direction": direction(language),
        "is_machine_draft": language not in CHECKED,
        "languages": links,
        "offered": next((link for link in links if link.code == offered), None),
    }


def language_links(request: HttpRequest, current: str) -> tuple[LanguageLink, ...]:
    """Every language that the platform knows, with the same page in those it is written in."""
    written = {code for code, _name in settings.LANGUAGES}
    here = request.get_full_path()
    return tuple(
        LanguageLink(
            code=code,
            name=name,
            direction=direction(code),
            url=translate_url(here, code) if code in written else "",
            is_current=code == current,
            is_complete=code in COMPLETE,
        )
        for code, name in OWN_NAMES.items()
    )
