"""Tables of meetings, of what was asked at them, and of what was told there."""

from django.db import models

from hark311.government.models import Account, Jurisdiction


class Meeting(models.Model):
    """One meeting, planned or held."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    # A value of domain.meetings.MeetingKind.
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    # As "layer:code"; "" for a meeting of the whole city.
    area = models.CharField(max_length=100, blank=True)
    place = models.CharField(max_length=300, blank=True)
    about = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # How many came; null until somebody has counted.
    attended = models.PositiveIntegerField(null=True, blank=True)
    is_cancelled = models.BooleanField(default=False)
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_later"
            )
        ]
        indexes = [models.Index(fields=["jurisdiction", "starts_at"], name="meeting_starts")]

    def __str__(self) -> str:
        return f"meeting {self.pk}"


class MeetingQuestion(models.Model):
    """Something asked at a meeting that is no matter to be worked; with its answer, once given."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="questions")
    text = models.TextField()
    answer = models.TextField(blank=True)
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"question {self.pk}"


class MeetingRow(models.Model):
    """One line of what was told at a meeting: typed there, a case once it is sent."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="rows")
    # Made where it was typed, so that it is the same line however often it is sent.
    key = models.CharField(max_length=40)
    position = models.PositiveIntegerField()
    # What was typed; emptied once the case has it.
    content = models.JSONField(default=dict)
    # Why it could not be sent: the code of the error.
    fault = models.CharField(max_length=40, blank=True)
    case_number = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "key"], name="meeting_row_key")]

    def __str__(self) -> str:
        return f"row {self.pk}"
