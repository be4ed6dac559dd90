"""Tables of the things in the world: incidents, who belongs to them, the work on them."""

from datetime import UTC, datetime

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Coalesce

from hark311.cases.models.row import LedgerRow
from hark311.catalog.models import ServiceDefinition, ServiceVersion
from hark311.government.models import Account, Department, Jurisdiction, Queue
from hark311.people.models import Person

# Where something with no running clock stands in a list by due time: after all the rest.
NEVER_DUE = models.Value(datetime(9999, 12, 31, tzinfo=UTC), models.DateTimeField())


class Incident(LedgerRow):
    """One thing in the world that one or more cases are about; departments work these."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    service = models.ForeignKey(ServiceDefinition, models.PROTECT)
    service_version = models.ForeignKey(ServiceVersion, models.PROTECT)
    # Values of domain.lifecycle State and WaitingFor.
    state = models.CharField(max_length=20)
    waiting_for = models.CharField(max_length=20, blank=True)
    waiting_note = models.TextField(blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    outcome_detail = models.TextField(blank=True)
    closing_text = models.TextField(blank=True)
    severity = models.CharField(max_length=10, default="normal")
    department = models.ForeignKey(Department, models.PROTECT)
    queue = models.ForeignKey(Queue, models.PROTECT)
    assignee = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True)
    is_sensitive = models.BooleanField(default=False)
    lon = models.FloatField()
    lat = models.FloatField()
    precision = models.CharField(max_length=10)
    address = models.CharField(max_length=300, blank=True)
    areas = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField()
    expected_on = models.DateField(null=True, blank=True)
    # The earliest due instant of a running clock of an active case; null when none runs.
    due_at = models.DateTimeField(null=True, blank=True)
    # The earliest instant at which one of those clocks warns; it is soon late from then on.
    warn_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    # The newest note for the public, masked; lists show it without reading events.
    public_note = models.TextField(blank=True)
    # Why it is in this queue: a list of {"code": ..., facts}.
    why_here = models.JSONField(default=list)
    # Cases with active standing that belong to it now.
    active_cases = models.PositiveIntegerField(default=0)
    # When those who reported it are asked whether it was done; null once they were.
    survey_at = models.DateTimeField(null=True, blank=True)
    # How often people asked about it again.
    asked_again = models.PositiveIntegerField(default=0)
    origin = models.CharField(max_length=10, default="live")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "is_sensitive"], name="incident_sensitivity"),
            models.CheckConstraint(
                condition=~models.Q(state="closed") | ~models.Q(outcome=""),
                name="incident_closed_has_outcome",
            ),
            models.CheckConstraint(
                condition=models.Q(state="closed") | models.Q(outcome=""),
                name="incident_open_has_no_outcome",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | models.Q(active_cases=0),
                name="incident_merged_is_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(state="closed")
                | models.Q(merged_into__isnull=False)
                | models.Q(active_cases__gt=0),
                name="incident_in_queue_is_not_empty",
            ),
        ]
        indexes = [
            models.Index(
                fields=["queue", "due_at"],
                condition=~models.Q(state="closed") & models.Q(merged_into__isnull=True),
                name="incident_queue_due",
            ),
            models.Index(
                "queue",
                Coalesce("due_at", NEVER_DUE),
                "id",
                condition=~models.Q(state="closed") & models.Q(merged_into__isnull=True),
                include=["due_at", "warn_at", "assignee", "state", "asked_again"],
                name="incident_worklist",
            ),
            models.Index(
                "assignee",
                Coalesce("due_at", NEVER_DUE),
                "id",
                condition=~models.Q(state="closed")
                & models.Q(merged_into__isnull=True, assignee__isnull=False),
                include=["due_at", "queue"],
                name="incident_of_person",
            ),
            models.Index(
                fields=["queue", "-closed_at", "-id"],
                condition=models.Q(state="closed", merged_into__isnull=True),
                name="incident_closed_last",
            ),
            GinIndex(
                fields=["areas"],
                opclasses=["jsonb_path_ops"],
                condition=~models.Q(state="closed") & models.Q(merged_into__isnull=True),
                name="incident_open_areas",
            ),
            models.Index(
                "queue",
                Coalesce("due_at", NEVER_DUE),
                "id",
                condition=~models.Q(state="closed")
                & models.Q(merged_into__isnull=True, asked_again__gt=0),
                name="incident_asked_again",
            ),
            models.Index(fields=["jurisdiction", "-opened_at"], name="incident_newest"),
            models.Index(
                fields=["survey_at"],
                condition=models.Q(survey_at__isnull=False),
                name="incident_survey",
            ),
        ]


class Membership(LedgerRow):
    """Which incident a case belonged to, from when to when."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="memberships")
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="memberships")
    is_sensitive = models.BooleanField(default=False)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(to_at__isnull=True),
                name="membership_one_now",
            ),
            models.UniqueConstraint(
                fields=["incident"],
                condition=models.Q(is_sensitive=True),
                name="membership_sensitive_stays_alone",
            ),
        ]


class WorkOrder(LedgerRow):
    """A department's job on an incident, with its own machine."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="work_orders")
    department = models.ForeignKey(Department, models.PROTECT)
    queue = models.ForeignKey(Queue, models.PROTECT)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=20, default="ready")
    text = models.TextField(blank=True)
    result = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()


class Relation(LedgerRow):
    """Two incidents that belong together without being one."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="relations")
    other = models.ForeignKey(Incident, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "other"], name="relation_once"),
            models.CheckConstraint(
                condition=~models.Q(incident=models.F("other")), name="relation_of_two"
            ),
        ]


class Follow(LedgerRow):
    """A person who wants to be told about an incident that somebody else reported."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="follows_of")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="follows_of")
    person = models.ForeignKey(Person, models.PROTECT)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True)


class Attachment(LedgerRow):
    """A picture or document given with a case or as proof of work; its bytes lie in storage."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, blank=True)
    incident = models.ForeignKey(Incident, models.PROTECT, null=True, blank=True)
    # photo, document
    kind = models.CharField(max_length=20)
    storage_key = models.CharField(max_length=200)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    is_evidence = models.BooleanField(default=False)
    # checking, shown, hidden
    state = models.CharField(max_length=20, default="checking")
    created_at = models.DateTimeField()
