"""A small town for tests of what follows events: one department, one service, its cases."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count

from hark311.cases.actions.open_case import Opening, Spot, join_case, open_case
from hark311.cases.models import Case
from hark311.catalog.models import ServiceDefinition, ServiceVersion
from hark311.catalog.queries import service_version
from hark311.domain.actor import Actor, ActorKind, Role
from hark311.domain.numbers import format_number
from hark311.domain.place import Point
from hark311.domain.routing import Routed
from hark311.domain.vocabulary import Channel, LocationPrecision, Origin, Privacy
from hark311.government.models import Account, Calendar, Department, Jurisdiction, Queue
from hark311.government.queries import organisation_of
from hark311.people.models import Person

AT = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
_serials = count(1)

CONTENT = {
    "names": {"en": "Pothole", "es": "Bache"},
    "promise": {
        "targets": [
            {"target": "acknowledge", "hours": 24, "counting": "elapsed"},
            {"target": "resolve", "hours": 72, "counting": "elapsed"},
        ],
        "calendar": "always",
        "text": {"en": "Filled within three days.", "es": "Se rellena en tres días."},
    },
    "next_step": {
        "en": "A crew measures the hole and fills it.",
        "es": "Una cuadrilla mide el bache y lo rellena.",
    },
    "closing_texts": {
        "fixed": {"en": "The hole is filled.", "es": "El bache está relleno."},
        "no_problem_found": {"en": "No hole was found.", "es": "No se encontró el bache."},
    },
}


@dataclass(frozen=True, slots=True)
class Town:
    """A jurisdiction with all that a case needs."""

    jurisdiction: Jurisdiction
    queue: Queue
    version: ServiceVersion
    account: Account

    @property
    def staff(self) -> Actor:
        """Somebody who may do everything in the town's queue."""
        return Actor(
            kind=ActorKind.STAFF,
            jurisdiction_id=self.jurisdiction.pk,
            account_id=self.account.pk,
            roles=frozenset(Role),
            queues=frozenset({self.queue.pk}),
            departments=frozenset({self.queue.department_id}),
        )

    def resident(self, origin: Origin = Origin.LIVE) -> Actor:
        return Actor(kind=ActorKind.RESIDENT, jurisdiction_id=self.jurisdiction.pk, origin=origin)


def make_town(key: str = "riverton") -> Town:
    """A town of one department, queue, calendar and service."""
    jurisdiction = Jurisdiction.objects.create(
        key=key,
        names={"en": "Riverton", "es": "Riverton"},
        zone="America/New_York",
        languages=["en", "es"],
        hosts=[f"{key}.example"],
        contact="311 at City Hall",
        center_lon=-84.0,
        center_lat=33.0,
    )
    department = Department.objects.create(
        jurisdiction=jurisdiction, code="streets", names={"en": "Streets", "es": "Calles"}
    )
    always = {str(day): [[0, 1440]] for day in range(7)}
    calendar = Calendar.objects.create(jurisdiction=jurisdiction, code="always", week=always)
    queue = Queue.objects.create(
        jurisdiction=jurisdiction,
        department=department,
        calendar=calendar,
        code="roads",
        names={"en": "Road crews", "es": "Cuadrillas de calles"},
        is_fallback=True,
    )
    account = Account.objects.create(email=f"crew@{key}.example", name="C. Rew", joined_at=AT)
    return Town(jurisdiction, queue, make_version(jurisdiction, queue), account)


def make_version(
    jurisdiction: Jurisdiction, queue: Queue, code: str = "pothole", privacy: str = "public"
) -> ServiceVersion:
    """A service on offer, in its first version."""
    service = ServiceDefinition.objects.create(jurisdiction=jurisdiction, code=code)
    version = ServiceVersion.objects.create(
        service=service,
        version=1,
        department=queue.department,
        queue=queue,
        kind="realtime",
        privacy=privacy,
        content=CONTENT,
        digest="0" * 64,
        created_at=AT,
    )
    service.current = version
    service.save()
    service_version.cache_clear()
    return version


def make_person(
    town: Town,
    email: str = "ana@example.org",
    language: str = "en",
    name: str = "Ana Reyes",
    *,
    wants_updates: bool = True,
) -> Person:
    return Person.objects.create(
        jurisdiction=town.jurisdiction,
        name=name,
        email=email,
        phone="+14045550123",
        language=language,
        wants_updates=wants_updates,
        created_at=AT,
    )


def make_case(
    town: Town,
    *,
    person: Person | None = None,
    join: int | None = None,
    privacy: Privacy = Privacy.PUBLIC,
    origin: Origin = Origin.LIVE,
    at: datetime = AT,
) -> Case:
    """A case opened or joined by the actions that do it everywhere."""
    opening = Opening(
        number=format_number(2026, next(_serials)),
        service=service_version(town.version.pk),
        organisation=organisation_of(town.jurisdiction),
        routed=Routed(queue=town.queue.code, rule="", why=()),
        spot=Spot(Point(-84.0, 33.0), LocationPrecision.POINT, address="12 Elm St"),
        opened_at=at,
        channel=Channel.WEB,
        language=person.language if person else "en",
        privacy=privacy,
        description="A hole in the road. Call me.",
        public_text="A hole in the road.",
        person_id=person.pk if person else None,
    )
    actor = town.resident(origin)
    if join is None:
        return open_case(opening, actor=actor)
    return join_case(opening, join, actor=actor)
