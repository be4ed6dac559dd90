"""Makes a small city and cases in it: valid by default, so a test states only what matters."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from hark311.access.policy import Permission, permissions_of
from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.open_case import Opening, Spot, join_case, open_case
from hark311.cases.models import Case, Event, Incident
from hark311.catalog.models import RoutingRule, ServiceDefinition, ServiceVersion
from hark311.catalog.queries import service_by_code, service_version
from hark311.contacts.actions import next_number
from hark311.domain.actor import Actor, ActorKind, Role, system_actor
from hark311.domain.closing import Closing
from hark311.domain.lifecycle import State
from hark311.domain.place import Point
from hark311.domain.routing import Reason, Routed
from hark311.domain.vocabulary import Channel, LocationPrecision, Outcome, Privacy, StreamKind
from hark311.government.models import Account, Calendar, Department, Jurisdiction, Queue, StaffRole
from hark311.government.queries import organisation_of
from hark311.people.models import Person
from hark311.places.models import Area
from hark311.platform import clock

DEFAULT = "testville"
SOUTH = Point(-80.0, 39.95)
NORTH = Point(-80.0, 40.05)
FIXED = Closing(outcome=Outcome.FIXED, text="Filled this morning.")

# Queue: its department, whether it is sensitive, and where it escalates to.
_QUEUES = {
    "desk": ("works", False, ""),
    "streets": ("works", False, "desk"),
    "parks": ("community", False, "desk"),
    "care": ("community", True, ""),
}
# Service: its queue, its privacy, the hours to resolve, and the proof that closing needs.
_SERVICES = {
    "pothole": ("streets", Privacy.PUBLIC, 72, []),
    "graffiti": ("parks", Privacy.PUBLIC, 240, ["photo"]),
    "wellbeing": ("care", Privacy.SENSITIVE, 24, []),
}


@dataclass(frozen=True, slots=True)
class City:
    """One jurisdiction with four queues in two departments, three services, two wards, a rule."""

    jurisdiction: Jurisdiction
    departments: dict[str, Department]
    queues: dict[str, Queue]

    def queue_ids(self, *codes: str) -> frozenset[int]:
        return frozenset(self.queues[code].pk for code in codes)


def make_city(key: str = DEFAULT) -> City:
    """A new city; the one of the default key is the default one of the deployment."""
    service_version.cache_clear()
    jurisdiction = Jurisdiction.objects.create(
        key=key,
        names={"en": "Testville"},
        zone="America/New_York",
        languages=[
            {"code": "en", "name": "English", "complete": True},
            {"code": "es", "name": "Español", "complete": True},
        ],
        hosts=[f"{key}.test"],
        contact="311",
        center_lon=-80.0,
        center_lat=40.0,
        is_default=key == DEFAULT,
        settings={
            "limits": {"box": [-80.1, 39.9, -79.9, 40.1]},
            "neighbors": [
                {
                    "names": {"en": "Nextville"},
                    "texts": {"en": "Call them."},
                    "contact": {"phone": "555"},
                    "box": [-79.9, 39.9, -79.8, 40.1],
                }
            ],
        },
        # What is read once per load of a pack is read anew for every city made.
        pack_digest=uuid4().hex,
    )
    calendar = Calendar.objects.create(
        jurisdiction=jurisdiction,
        code="office",
        week={str(day): [[480, 1020]] for day in range(5)},
        extra_closed_on=["2026-06-19"],
    )
    departments = {
        code: Department.objects.create(
            jurisdiction=jurisdiction, code=code, names={"en": code.title()}
        )
        for code in ("works", "community")
    }
    city = City(jurisdiction, departments, _make_queues(jurisdiction, departments, calendar))
    _make_services(city)
    _make_wards(jurisdiction)
    return city


def the_city() -> City:
    """The default city, made when there is none yet."""
    jurisdiction = Jurisdiction.objects.filter(is_default=True).first()
    if jurisdiction is None:
        return make_city()
    return City(
        jurisdiction,
        {row.code: row for row in Department.objects.filter(jurisdiction=jurisdiction)},
        {row.code: row for row in Queue.objects.filter(jurisdiction=jurisdiction)},
    )


def make_person(city: City | None = None, *, name: str = "Ada Poe", email: str = "") -> Person:
    return Person.objects.create(
        jurisdiction=(city or the_city()).jurisdiction,
        name=name,
        email=email or f"{uuid4().hex[:8]}@people.test",
        phone="+12125550123",
        language="en",
        created_at=clock.now(),
    )


def make_account(name: str = "Staff") -> Account:
    account = Account(email=f"{uuid4().hex[:8]}@staff.test", name=name, joined_at=clock.now())
    account.set_unusable_password()
    account.save()
    return account


def staff_actor(
    city: City | None = None,
    *,
    role: Role = Role.SUPERVISOR,
    queues: tuple[str, ...] = ("streets",),
) -> Actor:
    """A member of staff of the departments that these queues belong to, with an account."""
    place = city or the_city()
    departments = {place.queues[code].department for code in queues}
    account = make_account()
    for department in departments:
        StaffRole.objects.create(
            account=account, jurisdiction=place.jurisdiction, department=department, role=role.value
        )
    return Actor(
        kind=ActorKind.STAFF,
        jurisdiction_id=place.jurisdiction.pk,
        account_id=account.pk,
        name=account.name,
        roles=frozenset({role}),
        queues=place.queue_ids(*queues),
        departments=frozenset(department.pk for department in departments),
    )


def resident_actor(case: Case) -> Actor:
    """The reporter of a case, as a link has proved them."""
    return Actor(
        kind=ActorKind.RESIDENT,
        jurisdiction_id=case.jurisdiction_id,
        person_id=case.person_id,
        case_id=case.pk,
    )


def anybody(city: City | None = None) -> Actor:
    """A resident of whom nothing is known."""
    return Actor(kind=ActorKind.RESIDENT, jurisdiction_id=(city or the_city()).jurisdiction.pk)


def the_system(city: City | None = None) -> Actor:
    return system_actor((city or the_city()).jurisdiction.pk)


def key_actor(city: City | None = None) -> Actor:
    return Actor(kind=ActorKind.KEY, jurisdiction_id=(city or the_city()).jurisdiction.pk)


def outsiders(city: City | None = None) -> dict[str, Actor]:
    """Staff who may not act on an incident in the queue of streets, by why."""
    place = city or the_city()
    elsewhere = Jurisdiction.objects.filter(key="elsewhere").exists()
    other = None if elsewhere else make_city("elsewhere")
    found = {
        "viewer": staff_actor(place, role=Role.VIEWER),
        "other_queue": staff_actor(place, queues=("parks",)),
    }
    if other is not None:
        found["other_city"] = staff_actor(other)
    return found


def make_opening(
    city: City | None = None,
    *,
    service: str = "pothole",
    description: str = "A deep hole in the road.",
    person: Person | None = None,
    is_anonymous: bool = False,
    privacy: Privacy | None = None,
    point: Point = SOUTH,
    queue: str = "",
    opened_at: datetime | None = None,
) -> Opening:
    """Everything a case starts with. is_anonymous: nobody is to be told."""
    place = city or the_city()
    offered = service_by_code(place.jurisdiction, service)
    organisation = organisation_of(place.jurisdiction)
    at = opened_at or clock.now()
    reporter = person or (None if is_anonymous else make_person(place))
    to = queue or organisation.queues[offered.queue_id].code
    return Opening(
        number=next_number(at),
        service=offered,
        organisation=organisation,
        routed=Routed(to, "", (Reason("service_queue", {"service": service}),)),
        spot=Spot(
            point=point,
            precision=LocationPrecision.POINT,
            address="12 Elm Street",
            areas=("ward:north",) if point.lat > 40 else ("ward:south",),
        ),
        opened_at=at,
        channel=Channel.WEB,
        language="en",
        privacy=privacy or offered.privacy,
        description=description,
        public_text=description,
        person_id=reporter.pk if reporter else None,
    )


def make_case(
    city: City | None = None,
    *,
    incident: Incident | None = None,
    actor: Actor | None = None,
    service: str = "pothole",
    description: str = "A deep hole in the road.",
    person: Person | None = None,
    is_anonymous: bool = False,
    privacy: Privacy | None = None,
    point: Point = SOUTH,
    queue: str = "",
    opened_at: datetime | None = None,
) -> Case:
    """A case with an incident of its own, or one that joins ``incident``."""
    place = city or the_city()
    opening = make_opening(
        place,
        service=service,
        description=description,
        person=person,
        is_anonymous=is_anonymous,
        privacy=privacy,
        point=point,
        queue=queue,
        opened_at=opened_at,
    )
    who = actor or the_system(place)
    if incident is None:
        return open_case(opening, actor=who)
    return join_case(opening, incident.pk, actor=who)


def make_incident(
    city: City | None = None,
    *,
    cases: int = 1,
    state: State = State.RECEIVED,
    service: str = "pothole",
    queue: str = "",
    point: Point = SOUTH,
) -> Incident:
    """An incident with so many cases, each with its own reporter, in one of the usual states."""
    place = city or the_city()
    first = make_case(place, service=service, queue=queue, point=point)
    for _another in range(cases - 1):
        make_case(place, incident=first.incident, service=service, point=point)
    if state is not State.RECEIVED:
        acknowledge_incident(first.incident_id, actor=the_system(place))
    if state is State.CLOSED:
        close_incident(first.incident_id, FIXED, actor=the_system(place))
    if state not in {State.RECEIVED, State.ACKNOWLEDGED, State.CLOSED}:
        raise ValueError(f"act on the incident to bring it into {state}")
    return Incident.objects.get(pk=first.incident_id)


def cases_of(incident: Incident) -> list[Case]:
    """The cases that belong to the incident now, oldest first."""
    return list(Case.objects.filter(incident=incident).order_by("id"))


def events_of(incident: Incident) -> list[Event]:
    """The stream of an incident, with bodies, in order."""
    return list(
        Event.objects.filter(stream_kind=StreamKind.INCIDENT, stream_id=incident.pk)
        .select_related("body")
        .order_by("sequence")
    )


def last_event(incident: Incident) -> Event:
    return events_of(incident)[-1]


def kinds_of(incident: Incident) -> list[str]:
    """The kinds of everything that happened to an incident, in order."""
    return [event.kind for event in events_of(incident)]


def without(actor: Actor, permission: Permission) -> Actor:
    """The same member of staff in the highest role that lacks a permission."""
    for role in (Role.AGENT, Role.CREW, Role.VIEWER):
        lesser = replace(actor, roles=frozenset({role}))
        if permission not in permissions_of(lesser):
            return lesser
    raise AssertionError("every role has it")


def _make_queues(
    jurisdiction: Jurisdiction, departments: dict[str, Department], calendar: Calendar
) -> dict[str, Queue]:
    queues: dict[str, Queue] = {}
    for code, (department, is_sensitive, escalates_to) in _QUEUES.items():
        queues[code] = Queue.objects.create(
            jurisdiction=jurisdiction,
            department=departments[department],
            calendar=calendar,
            code=code,
            names={"en": code.title()},
            escalates_to=queues.get(escalates_to),
            is_fallback=code == "desk",
            is_sensitive=is_sensitive,
        )
    return queues


def _make_services(city: City) -> None:
    for position, (code, (queue, privacy, hours, evidence)) in enumerate(_SERVICES.items()):
        service = ServiceDefinition.objects.create(
            jurisdiction=city.jurisdiction, code=code, position=position
        )
        service.current = ServiceVersion.objects.create(
            service=service,
            version=1,
            department=city.queues[queue].department,
            queue=city.queues[queue],
            kind="realtime",
            privacy=privacy.value,
            content={
                "names": {"en": code.title(), "es": code.title()},
                "promise": {
                    "calendar": "office",
                    "targets": [
                        {"target": "acknowledge", "hours": 8, "counting": "business"},
                        {"target": "update", "hours": 120, "counting": "elapsed"},
                        {"target": "resolve", "hours": hours, "counting": "elapsed"},
                    ],
                    "text": {"en": f"Within {hours} hours."},
                },
                "match": {"radius_m": 30, "window_days": 30},
                "evidence": evidence,
            },
            digest=code,
            created_at=clock.now(),
        )
        service.save()
    RoutingRule.objects.create(
        jurisdiction=city.jurisdiction,
        position=1,
        name="graffiti in the north",
        queue_code="streets",
        conditions={"services": ["graffiti"], "areas": ["ward:north"]},
    )


def _make_wards(jurisdiction: Jurisdiction) -> None:
    for code, (south, north) in {"north": (40.0, 40.1), "south": (39.9, 40.0)}.items():
        ring = [[-80.1, south], [-79.9, south], [-79.9, north], [-80.1, north], [-80.1, south]]
        Area.objects.create(
            jurisdiction=jurisdiction,
            layer="ward",
            code=code,
            names={"en": code.title()},
            shape={"type": "Polygon", "coordinates": [ring]},
            center_lon=-80.0,
            center_lat=(south + north) / 2,
            valid_from=clock.now(),
        )
