"""What staff may know of: one place for the rule, and the words that every staff list needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from hark311.cases.models import Incident
from hark311.catalog.queries import Service, active_services, service_version
from hark311.domain.actor import Actor
from hark311.domain.texts import in_language
from hark311.government.models import Jurisdiction
from hark311.government.queries import Organisation, organisation_of
from hark311.places.queries import AreaMap, areas_of


def known_to(actor: Actor, prefix: str = "") -> Q:
    """Incidents of the actor's jurisdiction, the sensitive ones in the actor's queues only.

    prefix: the path to the incident, as in "incident__".
    """
    own = Q(**{f"{prefix}is_sensitive": False}) | Q(**{f"{prefix}queue_id__in": actor.queues})
    return Q(**{f"{prefix}jurisdiction_id": actor.jurisdiction_id}) & own


@dataclass(frozen=True, slots=True)
class Names:
    """Names of one jurisdiction's services, queues and areas in one reader's language."""

    language: str
    services: Mapping[int, Service]
    organisation: Organisation
    areas: AreaMap

    def service(self, version_id: int) -> str:
        """The name of a service as that version called it."""
        found = self.services.get(version_id) or service_version(version_id)
        return in_language(found.names, self.language)

    def queue(self, queue_id: int) -> str:
        return in_language(self.organisation.queues[queue_id].names, self.language)

    def department(self, department_id: int) -> str:
        return in_language(self.organisation.departments[department_id].names, self.language)

    def area_names(self, keys: Iterable[str]) -> tuple[str, ...]:
        """The names of areas; the key itself of one that is no longer drawn."""
        found = ((key, self.areas.by_key(key)) for key in keys)
        return tuple(in_language(area.names, self.language) if area else key for key, area in found)


def names_of(jurisdiction: Jurisdiction, language: str) -> Names:
    """The names in ``language``; read once per load of the pack and process, then kept."""
    return Names(
        language=language,
        services={service.version_id: service for service in active_services(jurisdiction)},
        organisation=organisation_of(jurisdiction),
        areas=areas_of(jurisdiction),
    )


def place_text(incident: Incident, areas: Iterable[str]) -> str:
    """Where it is in words: the address, else the areas, else the position."""
    return incident.address or ", ".join(areas) or f"{incident.lat:.5f}, {incident.lon:.5f}"
