"""Tables of what people are told: one notice for one person about one event."""

from django.db import models

from hark311.cases.models import Case, Event
from hark311.government.models import Jurisdiction
from hark311.people.models import Person


class Notice(models.Model):
    """A message to a person; whether it arrived is a fact that staff see."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    event = models.ForeignKey(Event, models.PROTECT)
    case = models.ForeignKey(Case, models.PROTECT)
    person = models.ForeignKey(Person, models.PROTECT)
    # opened, question, update, closed, reopened, dispute_answered, moved, survey
    kind = models.CharField(max_length=20)
    channel = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=300, blank=True)
    # waiting, sent, failed (for good), skipped (with the reason why nobody is written to)
    state = models.CharField(max_length=10, default="waiting")
    reason = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person", "channel"], name="notice_once_per_event"
            )
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state="waiting"),
                name="notice_waiting",
            ),
            models.Index(fields=["case"], name="notice_case"),
            models.Index(
                fields=["jurisdiction", "-created_at", "-id"],
                condition=models.Q(state__in=["waiting", "failed"]),
                name="notice_stuck",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} notice {self.pk}"
