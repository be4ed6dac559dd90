"""What a text of a stranger seems to mean: a service and a place for an agent to confirm."""

from dataclasses import dataclass, replace

from hark311.catalog.queries import active_services
from hark311.catalog.search import find_services
from hark311.domain.draft import Hazard, IntakeDraft
from hark311.domain.place import Point
from hark311.government.models import Jurisdiction
from hark311.intake.sure_place import sure_place
from hark311.language.readers import read
from hark311.language.reading import Hints
from hark311.places.search import Found

# A place stands in one of the first lines, if anywhere, and on one of this length.
_LINES, _LONGEST_LINE = 12, 160


@dataclass(frozen=True, slots=True)
class Meaning:
    """language: of the city's own where it is spoken there. service_code: "" if none fits."""

    language: str
    hazard: Hazard
    service_code: str
    place: Found | None


def meaning_of(text: str, jurisdiction: Jurisdiction, *, hint: str = "") -> Meaning:
    """What is suggested for a text. hint: the language it is said to be in."""
    reading = read(text, Hints(language=hint), city=jurisdiction.key)
    offered = active_services(jurisdiction)
    known = {service.code for service in offered}
    likely = [one.code for one in reading.services if one.code in known]
    if not likely:
        found = find_services(offered, text, reading.language, at_most=1)
        likely = [service.code for service in found]
    return Meaning(
        language=reading.language,
        hazard=reading.hazard,
        service_code=likely[0] if likely else "",
        place=place_in(text, jurisdiction),
    )


def with_meaning(draft: IntakeDraft, meaning: Meaning) -> IntakeDraft:
    """The draft with what is suggested where it says nothing itself."""
    place = meaning.place if draft.point is None and not draft.address_text else None
    return replace(
        draft,
        language=meaning.language,
        service_code=draft.service_code or meaning.service_code,
        address_text=place.label if place else draft.address_text,
        point=Point(place.lon, place.lat) if place else draft.point,
    )


def place_in(text: str, jurisdiction: Jurisdiction) -> Found | None:
    """The first place that the text names beyond doubt."""
    for line in text.split("\n")[:_LINES]:
        found = sure_place(jurisdiction, line) if 0 < len(line) <= _LONGEST_LINE else None
        if found is not None:
            return found
    return None
