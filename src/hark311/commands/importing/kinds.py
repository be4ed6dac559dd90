"""Which service here a foreign row becomes: one the city offers, or an inactive one of its own."""

from hark311.catalog.foreign import foreign_service
from hark311.catalog.queries import Service, active_services
from hark311.commands.importing.profile import Profile
from hark311.commands.importing.rows import ReadRow, foreign_code, match_of
from hark311.domain.vocabulary import Privacy
from hark311.government.models import Jurisdiction
from hark311.government.queries import organisation_of
from hark311.platform import clock


class ServiceFinder:
    """Finds the service of rows; a foreign kind is looked up, or made, once per run."""

    def __init__(self, profile: Profile, jurisdiction: Jurisdiction) -> None:
        self._profile, self._jurisdiction = profile, jurisdiction
        self._offered = {service.code: service for service in active_services(jurisdiction)}
        self._foreign: dict[str, Service] = {}

    def service_of(self, row: ReadRow) -> Service:
        """The service of a row; writes to the catalog when a kind is met for the first time."""
        match = match_of(self._profile, row)
        for wanted in match.codes if match else ():
            if wanted in self._offered:
                return self._offered[wanted]
        code = foreign_code(self._profile, row.kind)
        if code not in self._foreign:
            self._foreign[code] = foreign_service(
                self._jurisdiction,
                code,
                {str(self._profile.language): row.kind},
                privacy=self._profile.privacy,
                queue=organisation_of(self._jurisdiction).fallback_queue,
                at=clock.now(),
            )
        return self._foreign[code]

    def privacy_of(self, row: ReadRow, service: Service) -> Privacy:
        """The service's own, but private where the profile keeps the kind so."""
        if service.privacy is Privacy.PUBLIC and row.kind in self._profile.private:
            return Privacy.PRIVATE
        return service.privacy
