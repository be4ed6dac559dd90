"""Seals a day: one digest over all events that joined the feed since the last seal."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Sum

from hark311.cases.ledger import record
from hark311.cases.models import DailyRoot, EventFeed
from hark311.domain import chain
from hark311.domain.actor import Actor, system_actor
from hark311.domain.vocabulary import EventKind
from hark311.government.models import Jurisdiction
from hark311.platform import clock


@transaction.atomic
def seal_day(jurisdiction_id: int, *, actor: Actor) -> DailyRoot | None:
    """Seal what came in up to now under yesterday's date; None if that was done already.

    The day is the jurisdiction's. Roots follow each other without a gap: each covers, in the
    order of the feed, the events after those of the one before, however late an event came.
    The seal is itself an event, so the next root covers it.
    """
    jurisdiction = Jurisdiction.objects.select_for_update(no_key=True).get(pk=jurisdiction_id)
    day = _yesterday(jurisdiction)
    if DailyRoot.objects.filter(jurisdiction=jurisdiction, on__gte=day).exists():
        return None
    digests = digests_after(jurisdiction_id, sealed_events(jurisdiction_id))
    if not digests:
        return None
    root = DailyRoot.objects.create(
        jurisdiction=jurisdiction, on=day, events=len(digests), root=chain.daily_root(digests)
    )
    record(
        jurisdiction,
        EventKind.ROOT_SEALED,
        actor=actor,
        at=clock.now(),
        facts={"on": day.isoformat(), "events": root.events, "root": bytes(root.root).hex()},
    )
    return root


def seal_days() -> int:
    """Seal yesterday wherever that is still to do; return how many were sealed."""
    due = [
        jurisdiction.pk
        for jurisdiction in Jurisdiction.objects.order_by("pk")
        if not DailyRoot.objects.filter(
            jurisdiction=jurisdiction, on__gte=_yesterday(jurisdiction)
        ).exists()
    ]
    return sum(seal_day(pk, actor=system_actor(pk)) is not None for pk in due)


def sealed_events(jurisdiction_id: int) -> int:
    """How many events of a jurisdiction the roots so far cover."""
    roots = DailyRoot.objects.filter(jurisdiction_id=jurisdiction_id)
    return roots.aggregate(total=Sum("events"))["total"] or 0


def digests_after(jurisdiction_id: int, count: int) -> list[bytes]:
    """The digests of a jurisdiction's events in the order of the feed, without the first."""
    rows = EventFeed.objects.filter(event__jurisdiction_id=jurisdiction_id).order_by("position")
    return [bytes(digest) for digest in rows.values_list("event__digest", flat=True)[count:]]


def _yesterday(jurisdiction: Jurisdiction) -> date:
    return clock.now().astimezone(ZoneInfo(jurisdiction.zone)).date() - timedelta(days=1)
