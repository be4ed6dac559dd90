"""Counts what happens on channels, by day, and gives the counts to the monitoring."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from django.db import connection
from django.db.models import Count, QuerySet, Sum

from hark311.contacts.models import Interaction, Tally
from hark311.domain.vocabulary import Channel
from hark311.platform import clock
from hark311.platform.health import Metric

# One statement in the order of names: racing counts queue on the rows and never on each other.
_COUNT = """
INSERT INTO contacts_tally (jurisdiction_id, channel, name, "on", count)
SELECT %s, %s, name, %s, 1 FROM unnest(%s::text[]) AS name ORDER BY name
ON CONFLICT (jurisdiction_id, channel, name, "on") DO UPDATE SET count = contacts_tally.count + 1
"""
# What the monitoring calls a channel, where that differs.
_LABELS: Mapping[str, str] = MappingProxyType({Channel.PHONE.value: "voice"})
# A row may become visible later than one with a higher id, though not by more than this.
_SETTLED_AFTER = timedelta(minutes=5)


@dataclass(slots=True)
class _Settled:
    """What this process has counted for good: every interaction up to one id."""

    upto: int = 0
    counts: dict[str, int] = field(default_factory=dict)


_settled = _Settled()


def count(
    names: Iterable[str], channel: Channel, *, jurisdiction_id: int | None, at: datetime
) -> None:
    """Count each of these once, on the day of ``at``; a name that comes twice counts once."""
    once = sorted(set(names))
    if once:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [jurisdiction_id, channel.value, at.date(), once])


def counts_of(jurisdiction_id: int, channel: Channel, prefix: str) -> Mapping[str, int]:
    """How often each name that begins so was counted, all days together."""
    rows = Tally.objects.filter(
        jurisdiction=jurisdiction_id, channel=channel.value, name__startswith=prefix
    )
    return dict(rows.values_list("name").annotate(total=Sum("count")).values_list("name", "total"))


def interactions_total() -> Iterator[Metric]:
    """Every contact ever, by channel. Old ones are counted once by each process."""
    _settle()
    counts = dict(_settled.counts)
    for channel, found in _counted(Interaction.objects.filter(pk__gt=_settled.upto)):
        counts[channel] = counts.get(channel, 0) + found
    for channel, total in sorted(counts.items()):
        label = _LABELS.get(channel, channel)
        yield Metric(
            "hark311_interactions_total",
            "Contacts by channel, also those without a case.",
            total,
            (("channel", label),),
            "counter",
        )


def refusals_total() -> Iterator[Metric]:
    """Requests of providers that were refused, by channel and reason."""
    rows = Tally.objects.filter(name__startswith="refused:").values_list("channel", "name")
    for channel, name, total in rows.annotate(total=Sum("count")).order_by("channel", "name"):
        labels = (("channel", _LABELS.get(channel, channel)), ("reason", name.split(":", 1)[1]))
        about = "Requests of providers that were refused."
        yield Metric("hark311_refused_requests_total", about, total, labels, "counter")


def _settle() -> None:
    newest = (
        Interaction.objects.filter(started_at__lt=clock.now() - _SETTLED_AFTER)
        .order_by("-pk")
        .values_list("pk", flat=True)
        .first()
    )
    if newest is None or newest < _settled.upto:
        # Another database than before, as in tests: count anew.
        _settled.upto, _settled.counts = 0, {}
        return
    for channel, found in _counted(
        Interaction.objects.filter(pk__gt=_settled.upto, pk__lte=newest)
    ):
        _settled.counts[channel] = _settled.counts.get(channel, 0) + found
    _settled.upto = newest


def _counted(rows: QuerySet[Interaction]) -> Iterable[tuple[str, int]]:
    return rows.values_list("channel").annotate(found=Count("pk")).values_list("channel", "found")
