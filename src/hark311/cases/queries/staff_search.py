"""Finds incidents for staff: by number, person, place or words, as far as they may know of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q, QuerySet

from hark311.cases.models import Case, Incident
from hark311.cases.queries.staff_incident import StaffIncident
from hark311.cases.queries.staff_known import Names, known_to, place_text
from hark311.cases.queries.staff_near import open_around
from hark311.domain.actor import Actor
from hark311.domain.errors import BadNumber, NotFound
from hark311.domain.lifecycle import State
from hark311.domain.matching import distance_m
from hark311.domain.numbers import is_number, parse_number
from hark311.domain.vocabulary import Channel
from hark311.people.finding import people_like
from hark311.privacy.text import shorten_email, shorten_name, shorten_phone

AT_MOST = 50
# How far from an incident its double may lie, when staff look for it.
NEAR_M = 1000
_OFFERED = 10
# What more cases than this say is looked for among so many of those entered last.
COMMON = 10_000
_SPANS = (2_000, 20_000)
# Of what is found by an index, so many are asked whether the actor may know of them.
_LOOKED_AT = 1_000


@dataclass(frozen=True, slots=True)
class Hit:
    """One case that was found; who reported it comes masked."""

    case_id: int
    number: str
    foreign_number: str
    incident_id: int
    service: str
    place: str
    text: str
    state: State
    channel: Channel
    name: str
    reach: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class MergeTarget:
    """An open incident that may be the same thing."""

    incident_id: int
    number: str
    service: str
    place: str
    distance_m: int
    cases: int


def by_number(words: str, actor: Actor, names: Names) -> tuple[Hit, ...]:
    """The case of this number, hyphens or not, or of this number in an older system."""
    wanted = words.strip()
    matches = Q(foreign_number=wanted)
    if is_number(wanted):
        matches |= Q(number=parse_number(wanted))
    return _hits(_known(Case.objects.filter(matches), actor)[:AT_MOST], names)


def by_person(words: str, actor: Actor, names: Names) -> tuple[Hit, ...]:
    """Cases of people with this e-mail address, telephone number, or these words in the name.

    Slips are forgiven where nobody is found exactly. Whoever calls this writes down that it
    was asked.
    """
    people = people_like(words, actor.jurisdiction_id)
    rows = _known(Case.objects.filter(person__in=people), actor)
    return _hits(rows[:AT_MOST], names)


def by_place(words: str, actor: Actor, names: Names) -> tuple[Hit, ...]:
    """Cases whose address has these words, or which lie in an area of this name."""
    wanted = words.strip().casefold()
    keys = [
        area.key
        for area in names.areas.areas
        if wanted in {name.casefold() for name in area.names.values()} | {area.code.casefold()}
    ]
    if keys:
        matches = Q()
        for key in keys:
            matches |= Q(areas__contains=[key])
        return _last(Case.objects.filter(matches), actor, names)
    rows = Case.objects.annotate(words=SearchVector("address", config="simple")).filter(
        words=SearchQuery(words, config="simple")
    )
    return _last(rows, actor, names)


def by_words(words: str, actor: Actor, names: Names) -> tuple[Hit, ...]:
    """Cases whose masked text has all these words; "-word" leaves out, quotes join words."""
    query = SearchQuery(words, config="simple", search_type="websearch")
    rows = Case.objects.annotate(words=SearchVector("public_text", config="simple"))
    return _last(rows.filter(words=query), actor, names)


def incident_by_number(words: str, actor: Actor) -> int:
    """The id of the incident that the case of this number belongs to. Raises NotFound."""
    try:
        number = parse_number(words)
    except BadNumber as error:
        raise NotFound(what="case") from error
    found = (
        Case.objects.filter(known_to(actor, "incident__"), number=number)
        .values_list("incident_id", flat=True)
        .first()
    )
    if found is None:
        raise NotFound(what="case")
    return found


def may_know(incident_id: int, actor: Actor) -> bool:
    """True if there is such an incident and the actor may know of it."""
    return Incident.objects.filter(known_to(actor), pk=incident_id).exists()


def known_numbers(numbers: Iterable[str], actor: Actor) -> dict[str, int]:
    """Of these case numbers those that the actor may know of, with their incidents."""
    rows = Case.objects.filter(known_to(actor, "incident__"), number__in=list(numbers))
    return dict(rows.values_list("number", "incident_id"))


def merge_targets(incident: StaffIncident, actor: Actor, names: Names) -> tuple[MergeTarget, ...]:
    """Open incidents within a kilometer, the same service first, then the nearest."""
    here = incident.point
    others = Incident.objects.filter(jurisdiction_id=actor.jurisdiction_id)
    rows = (
        open_around(others, here, NEAR_M)
        .exclude(pk=incident.incident_id)
        .prefetch_related("cases")[: 20 * _OFFERED]
    )
    found = sorted(
        rows,
        key=lambda row: (
            row.service_id != incident.service.id,
            distance_m(here.lon, here.lat, row.lon, row.lat),
        ),
    )
    return tuple(_target(row, incident, names) for row in found[:_OFFERED])


def _target(row: Incident, incident: StaffIncident, names: Names) -> MergeTarget:
    numbers = sorted(case.number for case in row.cases.all())
    return MergeTarget(
        incident_id=row.pk,
        number=numbers[0] if numbers else "",
        service=names.service(row.service_version_id),
        place=place_text(row, names.area_names(row.areas)),
        distance_m=round(distance_m(incident.point.lon, incident.point.lat, row.lon, row.lat)),
        cases=row.active_cases,
    )


def _last(rows: QuerySet[Case], actor: Actor, names: Names) -> tuple[Hit, ...]:
    """Those of the rows that were entered last, at most 50; up to five statements.

    What few cases say is found by its own index, and the newest of them are read. What more
    than COMMON say is looked for among the cases entered last, and no further back than it takes
    to find some: the answer is the newest that were found, never all there are.
    """
    here = rows.filter(jurisdiction_id=actor.jurisdiction_id)
    ids = list(here.order_by().values_list("pk", flat=True)[: COMMON + 1])
    if len(ids) <= COMMON:
        last = Case.objects.filter(pk__in=nlargest(_LOOKED_AT, ids))
        return _hits(_known(last, actor)[:AT_MOST], names) if ids else ()
    newest = Case.objects.order_by("-id").values_list("id", flat=True).first() or 0
    found: list[Case] = []
    for span in _SPANS:
        found = list(_known(rows, actor).filter(pk__gt=newest - span)[:AT_MOST])
        if len(found) == AT_MOST:
            break
    return _hits(found, names)


def _known(rows: QuerySet[Case], actor: Actor) -> QuerySet[Case]:
    known = rows.filter(known_to(actor, "incident__"), jurisdiction_id=actor.jurisdiction_id)
    return known.select_related("incident", "person").order_by("-id")


def _hits(rows: Iterable[Case], names: Names) -> tuple[Hit, ...]:
    newest_first = sorted(rows, key=lambda row: (row.opened_at, row.pk), reverse=True)
    return tuple(_hit(row, names) for row in newest_first)


def _hit(row: Case, names: Names) -> Hit:
    person = row.person
    return Hit(
        case_id=row.pk,
        number=row.number,
        foreign_number=row.foreign_number,
        incident_id=row.incident_id,
        service=names.service(row.incident.service_version_id),
        place=row.address or ", ".join(names.area_names(row.areas)),
        text=row.public_text,
        state=State(row.incident.state),
        channel=Channel(row.channel),
        name=shorten_name(person.name) if person else "",
        reach=(shorten_email(person.email) or shorten_phone(person.phone)) if person else "",
        opened_at=row.opened_at,
    )
