"""What the page of an incident shows, put in order for its template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.http import QueryDict

from hark311.access.policy import Permission
from hark311.cases.queries.staff_around import around
from hark311.cases.queries.staff_cases import StaffCase, case_page
from hark311.cases.queries.staff_incident import StaffIncident
from hark311.cases.queries.staff_parts import PictureLine
from hark311.cases.queries.timeline import incident_timeline
from hark311.console.desk import Desk
from hark311.console.happenings import happenings
from hark311.console.next_deeds import offer_of
from hark311.console.place_map import place_map
from hark311.console.promise_clocks import ClockRow, clock_row, target_row
from hark311.console.shown import shown
from hark311.domain.vocabulary import Visibility
from hark311.notifications.queries import NoticeLine, failed_notices, notices_of_cases
from hark311.platform import clock

# The parts of the timeline that may be asked for, by what the address says.
TIMELINES: Mapping[str, tuple[Visibility, ...]] = MappingProxyType(
    {
        "all": tuple(Visibility),
        "public": (Visibility.PUBLIC,),
        "staff": (Visibility.STAFF, Visibility.REPORTER),
    }
)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case with what hangs on it."""

    case: StaffCase
    clocks: tuple[ClockRow, ...]
    notices: tuple[NoticeLine, ...]


@dataclass(frozen=True, slots=True)
class Gallery:
    """Pictures in two rows: as it was found, and as the work left it."""

    before: tuple[PictureLine, ...]
    after: tuple[PictureLine, ...]
    unchecked: int


def incident_context(incident: StaffIncident, desk: Desk, wanted: QueryDict) -> dict[str, object]:
    """Everything that the page of an incident needs; wanted: which part of its lists."""
    now = clock.now()
    beside = around(incident, desk.actor, desk.names)
    targets = [target_row(line, now) for line in beside.targets]
    return {
        "desk": desk,
        "here": "queues",
        "incident": incident,
        "shown": shown(incident.incident_id, desk),
        "offer": offer_of(incident, desk),
        "around": beside,
        "map": place_map(incident, beside.neighbors, desk),
        "targets": targets,
        "is_soon": any(row.is_soon for row in targets),
        "gallery": gallery(incident.pictures),
        "can_open": desk.may(Permission.OPEN_CONTACT),
        "failed": failed_notices(incident.incident_id),
        "numbers": _numbers(incident),
        **_cases(incident, desk, wanted, now),
        **_timeline(incident, desk, wanted),
    }


def gallery(pictures: Sequence[PictureLine]) -> Gallery:
    before = tuple(one for one in pictures if not one.is_evidence)
    return Gallery(
        before=before,
        after=tuple(one for one in pictures if one.is_evidence),
        unchecked=sum(one.state == "checking" for one in pictures),
    )


def _cases(
    incident: StaffIncident, desk: Desk, wanted: QueryDict, now: datetime
) -> dict[str, object]:
    page = case_page(incident.incident_id, desk.names, after=_whole(wanted.get("cases")) or 0)
    notices = notices_of_cases([case.case_id for case in page.cases])
    rows = [
        CaseRow(
            case,
            tuple(clock_row(line, now) for line in case.clocks),
            tuple(notice for notice in notices if notice.case_id == case.case_id),
        )
        for case in page.cases
    ]
    return {"case_page": page, "rows": rows}


def _timeline(incident: StaffIncident, desk: Desk, wanted: QueryDict) -> dict[str, object]:
    part = wanted.get("show", "all")
    part = part if part in TIMELINES else "all"
    page = incident_timeline(
        incident.incident_id, before=_whole(wanted.get("before")), visibilities=TIMELINES[part]
    )
    return {
        "timeline": page,
        "timeline_part": part,
        "happenings": happenings(page.entries, _numbers(incident), desk),
    }


def _numbers(incident: StaffIncident) -> dict[int, str]:
    return {case.case_id: case.number for case in incident.cases}


def _whole(typed: str | None) -> int | None:
    """A whole number of an address; None where it is none."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 16 else None
