"""Shows what people would be written if something were done: it is done, read, and undone."""

import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction

from hark311.cases.feed import FeedItem
from hark311.cases.models import Case, Event
from hark311.domain.vocabulary import EventKind, Origin, StreamKind, Visibility
from hark311.notifications.audience import Recipient, audience_of
from hark311.notifications.kinds import Kind, kind_of
from hark311.notifications.letters import NothingToTell, letter_of
from hark311.notifications.models import Notice
from hark311.notifications.reasons import reason_words
from hark311.people.models import Person
from hark311.platform import clock
from hark311.platform.languages import written_language
from hark311.privacy.text import MASK, shorten_email

# So many letters are worded; of the others only how many they are is told.
AT_MOST = 25
# The secret of a link speaks for the person: staff never see one.
_SECRET = re.compile(r"\b[0-9a-f]{32}\b")


@dataclass(frozen=True, slots=True)
class RehearsedLetter:
    """What one person would read; ``to`` and the secrets of links are masked.

    reason: why nothing would be sent, in words; "" if something would be.
    """

    number: str
    to: str
    channel: str
    language: str
    subject: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The first letters, and how many people they are the first of."""

    letters: tuple[RehearsedLetter, ...]
    people: int


def rehearse(
    act: Callable[[], object],
    *,
    account_id: int | None,
    at_most: int = AT_MOST,
    but_in: Container[str] = (),
) -> Rehearsal:
    """Call ``act`` as this account, and undo it; return what it would have people told.

    at_most: so many letters are worded. but_in: languages in which none is.

    Raises whatever ``act`` raises: what is refused then is refused now.
    """
    now = clock.now()
    with transaction.atomic():
        before = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        act()
        events = Event.objects.filter(pk__gt=before, actor_account_id=account_id)
        told = [
            (event, kind, to)
            for event in events.select_related("body").order_by("pk")
            for kind, to in _told(event)
        ]
        wanted = (one for one in told if written_language(one[2].language) not in but_in)
        letters = tuple(_letter(*one, now) for one in islice(wanted, at_most))
        transaction.set_rollback(True)
    return Rehearsal(letters, len(told))


def _told(event: Event) -> Iterator[tuple[Kind, Recipient]]:
    item = FeedItem(
        position=0,
        event_id=event.pk,
        jurisdiction_id=event.jurisdiction_id,
        stream_kind=StreamKind(event.stream_kind),
        stream_id=event.stream_id,
        sequence=event.sequence,
        kind=EventKind(event.kind),
        at=event.at,
        case_id=event.case_id,
        visibility=Visibility(event.visibility),
        origin=Origin(event.origin),
        facts=event.body.payload["facts"],
    )
    kind = kind_of(item)
    if kind is not None:
        for to in audience_of(item, kind.topic):
            yield kind, to


def _letter(event: Event, kind: Kind, to: Recipient, now: datetime) -> RehearsedLetter:
    notice = Notice(
        jurisdiction_id=event.jurisdiction_id,
        event=event,
        case_id=to.case_id,
        person_id=to.person_id,
        kind=kind.value,
        channel="email",
        language=written_language(to.language),
        created_at=now,
    )
    subject, text, reason = "", "", reason_words(to.reason)
    if not to.reason:
        try:
            letter = letter_of(notice, now=now)
            subject, text = letter.subject, _SECRET.sub(MASK, letter.text)
        except NothingToTell as nothing:
            reason = reason_words(nothing.reason)
    return RehearsedLetter(
        number=Case.objects.values_list("number", flat=True).get(pk=to.case_id),
        to=shorten_email(Person.objects.values_list("email", flat=True).get(pk=to.person_id)),
        channel=notice.channel,
        language=notice.language,
        subject=subject,
        text=text,
        reason=reason,
    )
