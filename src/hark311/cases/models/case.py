"""Tables of what one reporter holds: the case, its promise and clocks, its questions."""

from django.db import models

from hark311.cases.models.incident import Incident
from hark311.cases.models.row import LedgerRow
from hark311.catalog.models import ServiceVersion
from hark311.contacts.models import Interaction
from hark311.government.models import Account, Calendar, Jurisdiction
from hark311.people.models import Person


class Case(LedgerRow):
    """The numbered record of one reporter; a case without a person was found by staff."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    number = models.CharField(max_length=16, unique=True)
    # The number it had in a system it was imported from.
    foreign_number = models.CharField(max_length=80, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True)
    interaction = models.ForeignKey(Interaction, models.PROTECT, null=True, blank=True)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="cases")
    service_version = models.ForeignKey(ServiceVersion, models.PROTECT)
    channel = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    privacy = models.CharField(max_length=10)
    is_sensitive = models.BooleanField(default=False)
    standing = models.CharField(max_length=10, default="active")
    # As written by the person; only public_text, masked, is ever shown to the public.
    description = models.TextField(blank=True)
    public_text = models.TextField(blank=True)
    answers = models.JSONField(default=dict)
    media_urls = models.JSONField(default=list)
    lon = models.FloatField()
    lat = models.FloatField()
    precision = models.CharField(max_length=10)
    address = models.CharField(max_length=300, blank=True)
    address_id = models.CharField(max_length=80, blank=True)
    areas = models.JSONField(default=list)
    hazard = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    origin = models.CharField(max_length=10, default="live")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "is_sensitive"], name="case_sensitivity"),
            models.CheckConstraint(
                condition=models.Q(is_sensitive=True, privacy="sensitive")
                | (models.Q(is_sensitive=False) & ~models.Q(privacy="sensitive")),
                name="case_sensitive_is_its_privacy",
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "foreign_number"],
                condition=~models.Q(foreign_number=""),
                name="case_foreign_number",
            ),
        ]
        indexes = [
            models.Index(
                fields=["jurisdiction", "-opened_at", "-id"],
                condition=models.Q(privacy="public"),
                name="case_public_newest",
            ),
            models.Index(
                fields=["jurisdiction", "-updated_at"],
                condition=models.Q(privacy="public"),
                name="case_public_updated",
            ),
            models.Index(
                fields=["jurisdiction", "service_version", "-opened_at"],
                condition=models.Q(privacy="public"),
                name="case_public_service",
            ),
        ]


class Promise(LedgerRow):
    """What was promised for a case, in the words and version of the day."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="promises")
    service_version = models.ForeignKey(ServiceVersion, models.PROTECT)
    text = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(superseded_at__isnull=True),
                name="promise_one_now",
            )
        ]


class Clock(LedgerRow):
    """One target of a promise, with its stored due instant."""

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="clocks")
    case = models.ForeignKey(Case, models.PROTECT, related_name="clocks")
    calendar = models.ForeignKey(Calendar, models.PROTECT)
    # Values of domain.vocabulary Target and Counting.
    target = models.CharField(max_length=20)
    counting = models.CharField(max_length=10)
    hours = models.FloatField()
    # running, paused, met, superseded (domain.clocks ClockState)
    state = models.CharField(max_length=12, default="running")
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    # Why it stands still: any of "question", "third_party"; it runs again when the list is empty.
    pauses = models.JSONField(default=list)
    met_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["promise", "target"], name="clock_one_per_target"),
            models.CheckConstraint(
                condition=models.Q(state="paused", paused_at__isnull=False)
                | (~models.Q(state="paused") & models.Q(paused_at__isnull=True)),
                name="clock_paused_since",
            ),
        ]
        indexes = [
            models.Index(
                fields=["warn_at"],
                condition=models.Q(state="running", warned_at__isnull=True),
                name="clock_to_warn",
            ),
            models.Index(
                fields=["due_at"],
                condition=models.Q(state="running", breached_at__isnull=True),
                name="clock_to_breach",
            ),
        ]


class Question(LedgerRow):
    """Something staff asked this reporter; it pauses this case's clocks and no other's."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="questions")
    text = models.TextField()
    # open, answered, lapsed
    state = models.CharField(max_length=10, default="open")
    asked_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state="open"), name="question_one_open"
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state="open"), name="question_to_lapse"
            )
        ]


class Dispute(LedgerRow):
    """A reporter says that a closing is not true; a supervisor answers by a date."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="disputes")
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="disputes")
    text = models.TextField(blank=True)
    # A value of domain.vocabulary DisputeState.
    state = models.CharField(max_length=10, default="requested")
    requested_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state="requested"), name="dispute_one_open"
            )
        ]
        indexes = [
            models.Index(
                fields=["answer_by", "id"],
                condition=models.Q(state="requested"),
                name="dispute_waiting",
            )
        ]


class Rating(LedgerRow):
    """How a reporter found the handling, 1 (bad) to 5 (good), and whether it is fixed.

    Each of the two may be left unsaid, but not both.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="ratings")
    stars = models.PositiveSmallIntegerField(null=True, blank=True)
    is_fixed = models.BooleanField(null=True, blank=True)
    comment = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stars__gte=1, stars__lte=5), name="rating_one_to_five"
            )
        ]
