"""Writes meetings, what was asked at them, and the lines of what was told there."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from hark311.access.policy import Permission, require
from hark311.domain.actor import Actor
from hark311.domain.errors import MissingText, NotFound
from hark311.domain.meetings import MeetingKind
from hark311.outreach.models import Meeting, MeetingQuestion, MeetingRow
from hark311.platform import clock

MOST_ROWS, LONGEST = 200, 4000


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What a meeting is. area: as "layer:code", "" for the whole city."""

    kind: MeetingKind
    title: str
    area: str
    place: str
    about: str
    starts_at: datetime
    ends_at: datetime
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class TypedRow:
    """One line as it was typed. key: made where it was typed."""

    key: str
    said: str = ""
    service: str = ""
    address: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.said or self.address or self.name or self.email or self.phone)


@transaction.atomic
def keep_meeting(facts: MeetingFacts, *, actor: Actor, meeting_id: int | None = None) -> Meeting:
    """Plan a meeting, or change one. Raises NotAllowed, NotFound, MissingText without a title."""
    require(actor, Permission.REPORT_FOR_OTHERS)
    if not facts.title.strip():
        raise MissingText(field="title")
    meeting = (
        lock_meeting(meeting_id, actor)
        if meeting_id is not None
        else Meeting(jurisdiction_id=actor.jurisdiction_id, made_by_id=actor.account_id)
    )
    meeting.kind, meeting.title, meeting.area = facts.kind.value, facts.title, facts.area
    meeting.place, meeting.about, meeting.is_cancelled = (
        facts.place,
        facts.about,
        facts.is_cancelled,
    )
    meeting.starts_at, meeting.ends_at = facts.starts_at, facts.ends_at
    meeting.updated_at = clock.now()
    meeting.save()
    return meeting


@transaction.atomic
def count_people(meeting_id: int, attended: int | None, *, actor: Actor) -> Meeting:
    """Note how many came; None for not counted. Raises NotAllowed, NotFound."""
    require(actor, Permission.REPORT_FOR_OTHERS)
    meeting = lock_meeting(meeting_id, actor)
    meeting.attended = attended
    meeting.save(update_fields=["attended"])
    return meeting


@transaction.atomic
def keep_question(
    meeting_id: int, text: str, answer: str, *, actor: Actor, question_id: int | None = None
) -> MeetingQuestion:
    """Note what was asked, or the answer to it. Raises NotAllowed, NotFound, MissingText."""
    require(actor, Permission.REPORT_FOR_OTHERS)
    meeting = lock_meeting(meeting_id, actor)
    if question_id is None:
        if not text.strip():
            raise MissingText(field="text")
        return MeetingQuestion.objects.create(
            meeting=meeting,
            text=text.strip()[:LONGEST],
            answer=answer.strip()[:LONGEST],
            asked_at=clock.now(),
        )
    question = meeting.questions.filter(pk=question_id).first()
    if question is None:
        raise NotFound(what="question")
    question.answer = answer.strip()[:LONGEST]
    question.save(update_fields=["answer"])
    return question


@transaction.atomic
def keep_rows(meeting_id: int, typed: Sequence[TypedRow], *, actor: Actor) -> int:
    """Keep the lines as typed so far; those that became cases stay as they are. Return how many.

    The same lines again change nothing, however late they come.
    """
    require(actor, Permission.REPORT_FOR_OTHERS)
    meeting = lock_meeting(meeting_id, actor)
    known = {row.key: row for row in meeting.rows.all()}
    kept = 0
    for position, row in enumerate(typed[:MOST_ROWS]):
        old = known.get(row.key)
        if (old is None and row.is_empty) or (old is not None and old.case_number):
            continue
        MeetingRow.objects.update_or_create(
            meeting=meeting,
            key=row.key,
            defaults={"position": position, "content": asdict(row), "fault": ""},
        )
        kept += 1
    return kept


@transaction.atomic
def note_case(row_id: int, number: str) -> None:
    """Note the case that a line became; it needs no other words of it from then on."""
    MeetingRow.objects.filter(pk=row_id).update(case_number=number, content={}, fault="")


def note_fault(row_id: int, code: str) -> None:
    """Note why a line could not be sent."""
    MeetingRow.objects.filter(pk=row_id).update(fault=code)


def typed_of(content: Mapping[str, object], key: str) -> TypedRow:
    """A line as it is kept, or as it came from a form."""
    names = ("said", "service", "address", "name", "email", "phone")
    words = {name: str(content.get(name, "")).strip()[:LONGEST] for name in names}
    return TypedRow(key=key, **words)


def lock_meeting(meeting_id: int, actor: Actor) -> Meeting:
    """Raises NotFound for a meeting of another jurisdiction."""
    rows = Meeting.objects.select_for_update(no_key=True)
    meeting = rows.filter(pk=meeting_id, jurisdiction_id=actor.jurisdiction_id).first()
    if meeting is None:
        raise NotFound(what="meeting")
    return meeting
