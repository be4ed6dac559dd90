"""Reads a case as its reporter may see it, and who may speak for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hark311.cases.models import Case, Clock, Follow, Promise, Question, Rating
from hark311.cases.queries.public import PublicCase, records_of
from hark311.domain.errors import NotFound
from hark311.domain.vocabulary import DisputeState, Privacy, Standing, Target
from hark311.government.models import Jurisdiction


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    id: int
    text: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class PromiseClock:
    """One target of the promise as it stands. pauses: why it stands still."""

    target: Target
    started_at: datetime
    due_at: datetime
    met_at: datetime | None
    breached_at: datetime | None
    paused_at: datetime | None
    pauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """What the person who holds a case sees beyond what the public sees."""

    public: PublicCase
    description: str
    promise_text: Mapping[str, str]
    earlier_promises: tuple[Mapping[str, str], ...]
    clocks: tuple[PromiseClock, ...]
    question: OpenQuestion | None
    disputes: tuple[tuple[DisputeState, datetime, str], ...]
    stars: int | None
    is_fixed: bool | None
    person_name: str
    person_email: str
    person_phone: str
    wants_updates: bool

    @property
    def can_dispute(self) -> bool:
        """Only what is closed, was not withdrawn, and is not disputed already.

        For how long is for the rule to say (``domain.closing.last_day_to_dispute``).
        """
        return (
            not self.public.state.is_open
            and self.public.standing is Standing.ACTIVE
            and self.public.dispute_answer_by is None
        )

    @property
    def can_rate(self) -> bool:
        """Once it is closed; while the closing is questioned the rating would say it again."""
        return self.can_dispute

    @property
    def can_withdraw(self) -> bool:
        return self.public.state.is_open and self.public.standing is Standing.ACTIVE


@dataclass(frozen=True, slots=True)
class SpeakingFor:
    """What tells whether somebody may speak for a case."""

    case_id: int
    number: str
    incident_id: int
    person_id: int | None
    account_id: int | None
    email: str
    phone: str
    language: str
    is_public: bool
    is_sensitive: bool
    open_question_id: int | None
    follow_ids: tuple[int, ...]


def case_view(jurisdiction: Jurisdiction, case_id: int) -> CaseView:
    """The reporter's view; whoever calls has checked that it is the reporter who asks.

    Raises NotFound for another jurisdiction's case.
    """
    public = records_of(jurisdiction, [case_id]).get(case_id)
    row = Case.objects.filter(pk=case_id).select_related("person").first()
    if public is None or row is None:
        raise NotFound(what="case")
    promises = list(Promise.objects.filter(case=row).order_by("id"))
    promise = next((one for one in promises if one.superseded_at is None), None)
    question = Question.objects.filter(case=row, state="open").first()
    rating = Rating.objects.filter(case=row).order_by("-id").first()
    person = row.person
    return CaseView(
        public=public,
        description=row.description,
        promise_text=promise.text if promise else {},
        earlier_promises=tuple(one.text for one in promises if one.superseded_at and one.text),
        clocks=tuple(_clock(one) for one in _clocks_of(promise)),
        question=OpenQuestion(question.pk, question.text, question.due_at) if question else None,
        disputes=tuple(
            (DisputeState(one.state), one.requested_at, one.answer)
            for one in row.disputes.order_by("id")
        ),
        stars=rating.stars if rating else None,
        is_fixed=rating.is_fixed if rating else None,
        person_name=person.name if person else "",
        person_email=person.email if person else "",
        person_phone=person.phone if person else "",
        wants_updates=bool(person and person.wants_updates),
    )


def changed_at(case_id: int) -> datetime:
    """When the case or its incident last changed. Raises NotFound."""
    found = (
        Case.objects.filter(pk=case_id).values_list("updated_at", "incident__updated_at").first()
    )
    if found is None:
        raise NotFound(what="case")
    return max(found)


def case_id_of(jurisdiction: Jurisdiction, number: str) -> int:
    """The id of a case by its number, also one of an older system.

    Says nothing about who may see it. Raises NotFound.
    """
    rows = Case.objects.filter(jurisdiction=jurisdiction)
    found = (
        rows.filter(number=number).values_list("pk", flat=True).first()
        or rows.filter(foreign_number=number).values_list("pk", flat=True).first()
    )
    if found is None:
        raise NotFound(what="case")
    return found


def cases_by_id(jurisdiction: Jurisdiction, case_ids: Iterable[int]) -> tuple[PublicCase, ...]:
    """These cases, in this order; whoever calls has checked that it is theirs who asks.

    None of a sensitive one.
    """
    found = records_of(jurisdiction, case_ids).values()
    return tuple(case for case in found if case.privacy is not Privacy.SENSITIVE)


def speaking_for(jurisdiction_id: int, case_id: int) -> SpeakingFor:
    """Raises NotFound for another jurisdiction's case."""
    row = (
        Case.objects.filter(jurisdiction_id=jurisdiction_id, pk=case_id)
        .select_related("person")
        .first()
    )
    if row is None:
        raise NotFound(what="case")
    person = row.person
    return SpeakingFor(
        case_id=row.pk,
        number=row.number,
        incident_id=row.incident_id,
        person_id=row.person_id,
        account_id=person.account_id if person else None,
        email=person.email if person else "",
        phone=person.phone if person else "",
        language=row.language,
        is_public=row.privacy == "public",
        is_sensitive=row.is_sensitive,
        open_question_id=Question.objects.filter(case=row, state="open")
        .values_list("pk", flat=True)
        .first(),
        follow_ids=tuple(
            Follow.objects.filter(case=row, to_at__isnull=True).values_list("pk", flat=True)
        ),
    )


def open_question_for(jurisdiction_id: int, phone: str) -> tuple[int, str, str] | None:
    """Id, number and language of the case of this telephone in which a question is open.

    None if there is none, or more than one: then it is not sure which is answered.
    """
    rows = Question.objects.filter(
        state="open", case__jurisdiction=jurisdiction_id, case__person__phone=phone
    ).values_list("case", "case__number", "case__language")[:2]
    found = list(rows) if phone else []
    return found[0] if len(found) == 1 else None


def _clocks_of(promise: Promise | None) -> list[Clock]:
    return list(promise.clocks.order_by("id")) if promise else []


def _clock(row: Clock) -> PromiseClock:
    return PromiseClock(
        target=Target(row.target),
        started_at=row.started_at,
        due_at=row.due_at,
        met_at=row.met_at,
        breached_at=row.breached_at,
        paused_at=row.paused_at,
        pauses=tuple(row.pauses),
    )
