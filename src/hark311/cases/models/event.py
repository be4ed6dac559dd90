"""Tables of the ledger: events, their erasable bodies, the feed, and readers' positions."""

from django.db import models

from hark311.government.models import Account, Jurisdiction


class Event(models.Model):
    """An append-only fact on a stream, chained to the one before; holds no personal data."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    # A value of domain.vocabulary StreamKind, and the id of the incident, disruption or government.
    stream_kind = models.CharField(max_length=20)
    stream_id = models.BigIntegerField()
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=30)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=20)
    actor_account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True)
    # The case it is about; null when it is about the incident as a whole.
    case_id = models.BigIntegerField(null=True, blank=True)
    visibility = models.CharField(max_length=10)
    origin = models.CharField(max_length=10)
    body_digest = models.BinaryField()
    digest = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stream_kind", "stream_id", "sequence"], name="event_in_stream"
            )
        ]
        indexes = [
            models.Index(
                fields=["case_id"], condition=models.Q(case_id__isnull=False), name="event_of_case"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.stream_kind}:{self.stream_id}#{self.sequence}"


class EventBody(models.Model):
    """What an event says. May be erased: its salted digest in the event keeps the chain whole."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, related_name="body")
    # Under "facts" what happened, under "rows" by table and id the columns it wrote.
    payload = models.JSONField()
    salt = models.BinaryField()

    def __str__(self) -> str:
        return f"body {self.pk}"


class EventFeed(models.Model):
    """Committed events in the one order that all readers share."""

    position = models.BigAutoField(primary_key=True)
    event = models.OneToOneField(Event, models.PROTECT, related_name="feed")

    def __str__(self) -> str:
        return f"feed {self.pk}"


class ReaderPosition(models.Model):
    """How far a reader of the feed has come."""

    name = models.CharField(max_length=40, primary_key=True)
    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} at {self.position}"


class DailyRoot(models.Model):
    """One digest over all events of a day: what an auditor may keep outside."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    on = models.DateField()
    events = models.PositiveIntegerField()
    root = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "on"], name="daily_root_once")
        ]

    def __str__(self) -> str:
        return f"root {self.on}"
