"""Tables of machine keys and of the log of what personal data staff opened."""

from django.db import models

from hark311.government.models import Account, Jurisdiction


class ApiKey(models.Model):
    """A key of a machine: only its digest is kept, with what it may do and how often."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, blank=True)
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    # "report" posts new requests, "update" posts statuses of cases.
    scopes = models.JSONField(default=list)
    per_minute = models.PositiveIntegerField(default=600)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"key {self.pk}"


class Allowance(models.Model):
    """How often something limited happened in one minute; swept after an hour."""

    subject = models.CharField(max_length=80)
    minute = models.DateTimeField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "minute"], name="allowance_per_minute")
        ]

    def __str__(self) -> str:
        return f"allowance {self.pk}"


class ContactReading(models.Model):
    """Who opened whose contact details, when and why: the read audit."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    account = models.ForeignKey(Account, models.PROTECT)
    case_number = models.CharField(max_length=16)
    at = models.DateTimeField()
    # In the words of whoever opened them; blank where the government asks for none.
    reason = models.CharField(max_length=200, blank=True, db_default="")

    class Meta:
        indexes = [models.Index(fields=["case_number", "-at"], name="reading_of_case")]

    def __str__(self) -> str:
        return f"reading {self.pk}"
