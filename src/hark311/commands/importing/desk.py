"""Makes of a row what the city's own words are for it: service, place, queue, person, pictures."""

from collections.abc import Mapping
from pathlib import Path

from hark311.cases.actions.import_case import Import, ImportedNote
from hark311.cases.actions.open_case import Opening, Spot
from hark311.catalog.queries import Service, routing_rules
from hark311.commands.importing.kinds import ServiceFinder
from hark311.commands.importing.photos import Photos
from hark311.commands.importing.profile import Profile
from hark311.commands.importing.rows import ReadRow
from hark311.domain import routing
from hark311.domain.place import Point
from hark311.domain.vocabulary import Channel, LocationPrecision, Visibility
from hark311.government.models import Jurisdiction
from hark311.government.queries import organisation_of
from hark311.people.actions import note_person
from hark311.places.queries import areas_of
from hark311.privacy.text import mask_text

# The layer of areas that an export names and this city has no outlines of.
LISTED = "listed"


class Desk:
    """What stays the same from row to row. files: the folder of pictures, or None."""

    def __init__(self, profile: Profile, jurisdiction: Jurisdiction, files: Path | None) -> None:
        self._profile, self._jurisdiction = profile, jurisdiction
        self._photos = Photos(files)
        self.services = ServiceFinder(profile, jurisdiction)
        self.organisation = organisation_of(jurisdiction)
        self._rules = routing_rules(jurisdiction)
        self._areas = areas_of(jurisdiction)
        self._active_queues = frozenset(
            queue.code for queue in self.organisation.queues.values() if queue.is_active
        )

    def import_of(self, row: ReadRow, number: str) -> Import:
        """A new row as a case with this number; its person and pictures are kept at once."""
        repairs = dict(row.repairs)
        instants = row.instants
        return Import(
            opening=self._opening(row, number, repairs),
            closed_at=instants.closed_at,
            acknowledged_at=instants.acknowledged_at,
            changed_at=instants.changed_at,
            notes=[
                ImportedNote(max(note.at, instants.opened_at), note.text, self._who_reads())
                for note in row.history
            ],
            repairs=repairs,
            row=row.values,
        )

    def spot(self, row: ReadRow) -> Spot:
        """The row's own point wherever it lies; without one, the middle of the city."""
        listed = (f"{LISTED}:{row.area}",) if row.area else ()
        if row.point is None:
            middle = Point(self._jurisdiction.center_lon, self._jurisdiction.center_lat)
            return Spot(
                point=middle,
                precision=LocationPrecision.CITY,
                address=row.address,
                areas=listed,
            )
        return Spot(
            point=row.point,
            precision=LocationPrecision.POINT,
            address=row.address,
            areas=(*listed, *(area.key for area in self._areas.at(row.point))),
        )

    def _who_reads(self) -> Visibility:
        history = self._profile.history
        return history.visibility if history else Visibility.STAFF

    def _opening(self, row: ReadRow, number: str, repairs: dict[str, str]) -> Opening:
        service = self.services.service_of(row)
        spot = self.spot(row)
        links, keys = self._photos.of(row.photos, repairs)
        return Opening(
            number=number,
            service=service,
            organisation=self.organisation,
            routed=self._routed(row, service, spot),
            spot=spot,
            opened_at=row.instants.opened_at,
            channel=Channel.IMPORT,
            language=str(self._profile.language),
            privacy=self.services.privacy_of(row, service),
            description=row.text,
            public_text=mask_text(row.text),
            media_urls=links,
            attachments=keys,
            person_id=self._person(row),
            foreign_number=row.foreign_number,
            promised_at=row.instants.due_at,
        )

    def _routed(self, row: ReadRow, service: Service, spot: Spot) -> routing.Routed:
        nothing: Mapping[str, tuple[str, ...]] = {}
        return routing.route(
            self._rules,
            routing.RoutingFacts(
                service=service.code,
                areas=frozenset(spot.areas),
                local_at=row.instants.opened_at.astimezone(self.organisation.zone),
                answers=nothing,
                channel=Channel.IMPORT.value,
            ),
            service_queue=self.organisation.queues[service.queue_id].code,
            fallback_queue=self.organisation.fallback_queue.code,
            active_queues=self._active_queues,
        )

    def _person(self, row: ReadRow) -> int | None:
        if row.contact is None:
            return None
        person = note_person(
            row.contact,
            self._jurisdiction,
            language=str(self._profile.language),
            at=row.instants.opened_at,
        )
        return person.pk if person else None
