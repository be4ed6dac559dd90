"""Turns events into notices, once each, in the transaction that moves past them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hark311.cases.bodies import restated_facts
from hark311.cases.feed import FeedItem
from hark311.notifications.audience import audience_of
from hark311.notifications.kinds import Kind, kind_of
from hark311.notifications.models import Notice
from hark311.platform import clock
from hark311.platform.languages import written_language

# What lay unread for longer is news to nobody; staff see that it was not sent.
TOO_OLD_AFTER = timedelta(days=7)


class NoticeReader:
    """Makes a notice for each person that an event concerns; sending is another loop's."""

    name = "notices"

    def take(self, items: Sequence[FeedItem]) -> None:
        """Insert the notices of these events in one statement; those there already stay."""
        now = clock.now()
        rows = [
            row
            for item in _with_facts(items)
            if (kind := kind_of(item)) is not None
            for row in _notices(item, kind, now)
        ]
        Notice.objects.bulk_create(rows, ignore_conflicts=True)


def _with_facts(items: Sequence[FeedItem]) -> Iterable[FeedItem]:
    """The same events; where a redaction came first, with what it left of what they say."""
    erased = [item.event_id for item in items if item.facts is None]
    left = restated_facts(erased) if erased else {}
    return (
        replace(item, facts=left.get(item.event_id)) if item.facts is None else item
        for item in items
    )


def _notices(item: FeedItem, kind: Kind, now: datetime) -> Iterable[Notice]:
    is_late = now - item.at > TOO_OLD_AFTER
    for to in audience_of(item, kind.topic):
        reason = to.reason or ("too_old" if is_late else "")
        yield Notice(
            jurisdiction_id=item.jurisdiction_id,
            event_id=item.event_id,
            case_id=to.case_id,
            person_id=to.person_id,
            kind=kind.value,
            channel=to.channel,
            language=written_language(to.language),
            state="skipped" if reason else "waiting",
            reason=reason,
            next_try_at=None if reason else now,
            created_at=now,
        )
