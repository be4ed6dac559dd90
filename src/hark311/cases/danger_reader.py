"""Weighs what machines sent once it is committed; a reader of the feed.

A machine's post is answered by words of danger alone, since nobody waits with it. What those
words miss is found here, a moment later, and brought before agents.
"""

from collections.abc import Sequence

from hark311.cases.feed import FeedItem
from hark311.cases.models import Case
from hark311.contacts.actions import bring_back
from hark311.domain.vocabulary import Channel, EventKind, HazardLevel, Origin
from hark311.language.readers import hazard_of

READ_LATER = frozenset({Channel.OPEN311, Channel.IMPORT})
"""Channels that answer before the meaning of the words is weighed."""
_OPENING = frozenset({EventKind.RECEIVED, EventKind.JOINED})


class DangerReader:
    """Puts a message that sounds dangerous back into the inbox; twice changes nothing."""

    name = "danger"

    def take(self, items: Sequence[FeedItem]) -> None:
        """Read the words of cases that machines opened; about 15 ms each."""
        opened = [
            item.case_id
            for item in items
            if item.kind in _OPENING and item.origin is Origin.LIVE and item.case_id is not None
        ]
        if not opened:
            return
        told = Case.objects.filter(
            pk__in=opened, channel__in=[channel.value for channel in READ_LATER], hazard=""
        )
        for case in told.only("description", "language", "interaction_id").order_by("pk"):
            heard = hazard_of(case.description, case.language)
            if heard.level is not HazardLevel.NONE and case.interaction_id is not None:
                bring_back(case.interaction_id)
