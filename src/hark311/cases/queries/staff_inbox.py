"""The one inbox as staff may see it: drafts to confirm and messages that nobody has seen to."""

from dataclasses import dataclass
from datetime import datetime
from heapq import merge

from django.db.models import Exists, OuterRef, Q, QuerySet

from hark311.cases.danger_reader import READ_LATER
from hark311.cases.models import Case
from hark311.cases.queries.staff_known import known_to
from hark311.contacts.claims import holder_of, is_held
from hark311.contacts.models import Draft, Message
from hark311.domain.actor import Actor
from hark311.domain.draft import Hazard
from hark311.domain.vocabulary import Channel, HazardLevel
from hark311.language.hazard import find_hazard
from hark311.language.readers import hazard_of
from hark311.privacy.text import mask_text

PAGE_SIZE = 25
LAST_PAGE = 40
# More than this many need no exact figure.
COUNTED = 100
_WAITING = ("open", "claimed")


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """What the inbox is narrowed to; an empty part narrows nothing.

    kind: "draft", "message" or "". held_by: "me", "nobody" or "". page: from 1.
    """

    kind: str = ""
    channel: str = ""
    language: str = ""
    held_by: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One thing that waits. text: masked. line: the hotline that it sounds like, or "".

    is_mine: the reader holds it. holder: who does, "" if nobody. case_number, incident_id: of
    the case that it is about, "" and None if it is about none.
    """

    kind: str
    row_id: int
    reference: str
    channel: Channel
    language: str
    text: str
    line: str
    case_number: str
    incident_id: int | None
    holder: str
    is_mine: bool
    at: datetime
    # Where what came with a message can be heard or seen.
    media_urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InboxPage:
    rows: tuple[InboxRow, ...]
    page: int
    has_more: bool

    @property
    def has_before(self) -> bool:
        return self.page > 1

    @property
    def before(self) -> int:
        return self.page - 1

    @property
    def after(self) -> int:
        return self.page + 1


def inbox_page(actor: Actor, wanted: InboxFilter, *, now: datetime) -> InboxPage:
    """One page of what waits, the oldest first; at most three statements.

    Messages about sensitive cases outside the actor's queues are left out.
    """
    page = max(1, min(wanted.page, LAST_PAGE))
    start, end = (page - 1) * PAGE_SIZE, page * PAGE_SIZE + 1
    found = [_begin(kind, rows, end) for kind, rows in _found(actor, wanted, now)]
    shown = list(merge(*found, key=_moment))[start:end]
    numbers = {row.interaction.case_number for row in shown} - {""}
    cases = Case.objects.filter(known_to(actor, "incident__"), number__in=numbers)
    incidents = dict(cases.values_list("number", "incident_id")) if numbers else {}
    return InboxPage(
        rows=tuple(_row(row, actor, incidents, now) for row in shown[:PAGE_SIZE]),
        page=page,
        has_more=len(shown) > PAGE_SIZE and page < LAST_PAGE,
    )


def inbox_count(actor: Actor, *, now: datetime) -> int:
    """How much waits that nobody holds, up to a hundred; one statement."""
    free = ~is_held(now)
    drafts = _drafts(actor).filter(free).order_by().values("pk")
    messages = _messages(actor).filter(free).order_by().values("pk")
    return drafts.union(messages, all=True)[:COUNTED].count()


_AT = {"draft": "created_at", "message": "at"}


def _found(
    actor: Actor, wanted: InboxFilter, now: datetime
) -> list[tuple[str, QuerySet[Draft] | QuerySet[Message]]]:
    narrowing = Q()
    if wanted.channel:
        narrowing &= Q(interaction__channel=wanted.channel)
    if wanted.language:
        narrowing &= Q(interaction__language=wanted.language)
    if wanted.held_by == "me":
        narrowing &= is_held(now) & Q(claimed_by=actor.account_id)
    elif wanted.held_by == "nobody":
        narrowing &= ~is_held(now)
    found: dict[str, QuerySet[Draft] | QuerySet[Message]] = {
        "draft": _drafts(actor).filter(narrowing).select_related("interaction", "claimed_by"),
        "message": _messages(actor).filter(narrowing).select_related("interaction", "claimed_by"),
    }
    return [(kind, rows) for kind, rows in found.items() if wanted.kind in {"", kind}]


def _drafts(actor: Actor) -> QuerySet[Draft]:
    return Draft.objects.filter(state__in=_WAITING, interaction__jurisdiction=actor.jurisdiction_id)


def _messages(actor: Actor) -> QuerySet[Message]:
    """Without those of a draft that still waits, and of cases that the actor may not know of."""
    unknown = Case.objects.filter(number=OuterRef("interaction__case_number")).exclude(
        known_to(actor, "incident__")
    )
    return (
        Message.objects.filter(
            is_inbound=True,
            handled_at__isnull=True,
            interaction__jurisdiction=actor.jurisdiction_id,
        )
        .exclude(interaction__draft__state__in=_WAITING)
        .exclude(Exists(unknown))
    )


def _begin(
    kind: str, rows: QuerySet[Draft] | QuerySet[Message], count: int
) -> list[Draft | Message]:
    return list(rows.order_by(_AT[kind], "id")[:count])


def _moment(row: Draft | Message) -> datetime:
    return row.created_at if isinstance(row, Draft) else row.at


def _heard(text: str, language: str, channel: Channel) -> Hazard:
    """By words; what a machine sent and its words do not explain, by its meaning as well."""
    hazard = find_hazard(text, language)
    if hazard.level is HazardLevel.NONE and channel in READ_LATER:
        return hazard_of(text, language)
    return hazard


def _row(row: Draft | Message, actor: Actor, incidents: dict[str, int], now: datetime) -> InboxRow:
    is_draft = isinstance(row, Draft)
    text = str(row.content.get("description", "")) if isinstance(row, Draft) else row.text
    interaction = row.interaction
    hazard = _heard(text, interaction.language, Channel(interaction.channel))
    held_by = holder_of(row, at=now)
    holder = row.claimed_by if held_by is not None else None
    return InboxRow(
        kind="draft" if is_draft else "message",
        row_id=row.pk,
        reference=interaction.reference,
        channel=Channel(interaction.channel),
        language=interaction.language,
        text=mask_text(text),
        line=hazard.line if hazard.level is not HazardLevel.NONE else "",
        case_number=interaction.case_number,
        incident_id=incidents.get(interaction.case_number),
        holder=(holder.name or holder.email) if holder else "",
        is_mine=held_by == actor.account_id,
        at=_moment(row),
        media_urls=() if isinstance(row, Draft) else tuple(row.media_urls),
    )
