"""Reads meetings: what comes, what was, and what a year of them brought."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from hark311.domain.errors import NotFound
from hark311.domain.meetings import MeetingKind
from hark311.outreach.actions import TypedRow, typed_of
from hark311.outreach.models import Meeting, MeetingRow

LISTED_BACK = timedelta(days=400)
_MOST = 200
_TOLD = Count("rows", filter=~Q(rows__case_number=""), distinct=True)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of what was told. number: of its case, "" until it is sent."""

    row_id: int
    typed: TypedRow
    fault: str
    number: str


@dataclass(frozen=True, slots=True)
class Question:
    question_id: int
    text: str
    answer: str


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """A meeting as a list shows it. cases: how many it led to."""

    meeting_id: int
    kind: MeetingKind
    title: str
    area: str
    place: str
    about: str
    starts_at: datetime
    ends_at: datetime
    attended: int | None
    is_cancelled: bool
    updated_at: datetime
    cases: int


@dataclass(frozen=True, slots=True)
class Year:
    """What a year of meetings brought. areas: how many different ones were reached."""

    kinds: Mapping[MeetingKind, int]
    meetings: int
    people: int
    areas: int
    cases: int
    questions: int


def coming_meetings(jurisdiction_id: int, *, now: datetime) -> tuple[MeetingRecord, ...]:
    """What is not over, the next first; one statement."""
    rows = _meetings(jurisdiction_id).filter(ends_at__gte=now).order_by("starts_at", "id")
    return tuple(_record(row) for row in rows[:_MOST])


def past_meetings(jurisdiction_id: int, *, now: datetime) -> tuple[MeetingRecord, ...]:
    """What was held in the last thirteen months, the newest first; one statement."""
    rows = _meetings(jurisdiction_id).filter(ends_at__lt=now, starts_at__gt=now - LISTED_BACK)
    return tuple(_record(row) for row in rows.order_by("-starts_at", "-id")[:_MOST])


def meeting(jurisdiction_id: int, meeting_id: int) -> MeetingRecord:
    """Raises NotFound."""
    row = _meetings(jurisdiction_id).filter(pk=meeting_id).first()
    if row is None:
        raise NotFound(what="meeting")
    return _record(row)


def rows_of(meeting_id: int) -> tuple[Row, ...]:
    """The lines of a meeting as they were typed; one statement."""
    found = Meeting.objects.get(pk=meeting_id).rows.order_by("position", "id")
    return tuple(
        Row(row.pk, typed_of(row.content, row.key), row.fault, row.case_number) for row in found
    )


def questions_of(meeting_id: int) -> tuple[Question, ...]:
    """What was asked, in order."""
    found = Meeting.objects.get(pk=meeting_id).questions.order_by("id")
    return tuple(Question(one.pk, one.text, one.answer) for one in found)


def numbers_told_in(jurisdiction_id: int, area: str, *, before: datetime) -> tuple[str, ...]:
    """The cases that came of earlier meetings of an area, the newest meeting first."""
    rows = MeetingRow.objects.filter(
        meeting__jurisdiction=jurisdiction_id, meeting__area=area, meeting__starts_at__lte=before
    ).exclude(case_number="")
    ordered = rows.order_by("-meeting__starts_at", "position")
    return tuple(ordered.values_list("case_number", flat=True)[:_MOST])


def year_of(jurisdiction_id: int, *, start: datetime, end: datetime) -> Year:
    """The figures of the meetings held between two instants; cancelled ones are left out."""
    rows = list(
        Meeting.objects.filter(jurisdiction=jurisdiction_id)
        .annotate(told=_TOLD, asked=Count("questions", distinct=True))
        .filter(starts_at__gte=start, starts_at__lt=end, is_cancelled=False)
    )
    return Year(
        kinds=Counter(MeetingKind(row.kind) for row in rows),
        meetings=len(rows),
        people=sum(row.attended or 0 for row in rows),
        areas=len({row.area for row in rows if row.area}),
        cases=sum(row.told for row in rows),
        questions=sum(row.asked for row in rows),
    )


def _meetings(jurisdiction_id: int) -> QuerySet[Meeting]:
    return Meeting.objects.filter(jurisdiction=jurisdiction_id).annotate(told=_TOLD)


def _record(row: Meeting) -> MeetingRecord:
    told: int = getattr(row, "told", 0)
    return MeetingRecord(
        meeting_id=row.pk,
        kind=MeetingKind(row.kind),
        title=row.title,
        area=row.area,
        place=row.place,
        about=row.about,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        attended=row.attended,
        is_cancelled=row.is_cancelled,
        updated_at=row.updated_at,
        cases=told,
    )
