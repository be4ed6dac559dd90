"""Reads from an address what a list is narrowed to; what is spelled wrongly is as if not asked."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from hark311.cases.queries.worklist import Due, Mark, QueueFilter, Span, place_from
from hark311.catalog.queries import active_services
from hark311.console.desk import Desk
from hark311.domain.lifecycle import State
from hark311.domain.texts import in_language
from hark311.government.accounts import colleagues_of_queues

PAGE_SIZE = 50
# What narrows a list, in the order of the form; the rest of an address only moves within it.
NAMES = ("words", "state", "due", "service", "area", "with", "mark")
_LONGEST_WORDS = 100
_LONGEST_NUMBER = 9
Choices = list[tuple[str, str]]
Word = TypeVar("Word", bound=StrEnum)


def filter_from(query: QueryDict, *, now: datetime) -> QueueFilter:
    """What the address asks for, as of ``now`` in the reader's zone."""
    due = _one_of(Due, query.get("due", ""))
    return QueueFilter(
        state=_one_of(State, query.get("state", "")),
        service_id=_number(query.get("service", "")),
        area=query.get("area", "")[:_LONGEST_WORDS],
        due=due,
        until=_end_of(due, now),
        held_by=_holder(query.get("with", "")),
        mark=_one_of(Mark, query.get("mark", "")),
        words=" ".join(query.get("words", "").replace("\0", " ").split())[:_LONGEST_WORDS],
        span=Span(
            PAGE_SIZE,
            after=place_from(query.get("after", "")),
            before=place_from(query.get("before", "")),
        ),
    )


def narrowing(query: QueryDict) -> str:
    """The part of an address that narrows a list, in one spelling; "" if nothing does."""
    kept = QueryDict(mutable=True)
    for name in NAMES:
        value = query.get(name, "")
        if value:
            kept[name] = value
    return kept.urlencode()


def choices_for(desk: Desk, wanted: QueueFilter) -> Mapping[str, Choices]:
    """What each menu of the filter offers, in the reader's words. One statement."""
    names = desk.names
    queues = [
        queue
        for queue in names.organisation.queues.values()
        if queue.id in (wanted.queue_ids or desk.actor.queues)
    ]
    colleagues = colleagues_of_queues(desk.jurisdiction, queues)
    return {
        "state": [(state.value, desk.state_label(state)) for state in State],
        "due": [
            (Due.LATE.value, _("Late")),
            (Due.SOON.value, _("Soon late")),
            (Due.TODAY.value, _("Later today")),
            (Due.WEEK.value, _("Within seven days")),
            (Due.NEVER.value, _("No clock runs")),
        ],
        "service": sorted(
            (
                (str(one.id), in_language(one.names, names.language))
                for one in active_services(desk.jurisdiction)
            ),
            key=lambda choice: choice[1].casefold(),
        ),
        "area": sorted(
            ((one.key, in_language(one.names, names.language)) for one in names.areas.areas),
            key=lambda choice: choice[1].casefold(),
        ),
        "with": [
            ("me", _("Me")),
            ("nobody", _("Nobody")),
            *((str(one.account_id), one.name) for one in colleagues),
        ],
        "mark": [
            (Mark.ASKED_AGAIN.value, _("Asked again")),
            (Mark.URGENT.value, _("Urgent")),
            (Mark.DISPUTED.value, _("Asked to open again")),
        ],
    }


def _one_of(kind: type[Word], value: str) -> Word | None:
    return kind(value) if value in set(kind) else None


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_NUMBER else None


def _holder(text: str) -> str:
    return text if text in {"me", "nobody"} or _number(text) is not None else ""


def _end_of(due: Due | None, now: datetime) -> datetime | None:
    """Midnight at which the local day, or the seventh from today, ends."""
    if due not in {Due.TODAY, Due.WEEK}:
        return None
    return end_of_day(now, days=6 if due is Due.WEEK else 0)


def end_of_day(now: datetime, *, days: int = 0) -> datetime:
    """The midnight that ends the local day, or the one so many days later."""
    day: date = timezone.localtime(now).date() + timedelta(days=days + 1)
    return datetime.combine(day, time(), timezone.get_current_timezone())
