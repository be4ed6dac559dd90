"""Tables of what can be asked and promised; every version is kept for the cases it was given."""

from django.db import models

from hark311.government.models import Account, Department, Jurisdiction, Queue


class ServiceDefinition(models.Model):
    """The stable identity of a catalog entry: its code. What it says is in its versions."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    code = models.CharField(max_length=80)
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    current = models.ForeignKey(
        "ServiceVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "code"], name="service_code")
        ]

    def __str__(self) -> str:
        return self.code


class ServiceVersion(models.Model):
    """What a service asked and promised from one load of the pack to the next; never changed."""

    service = models.ForeignKey(ServiceDefinition, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    department = models.ForeignKey(Department, models.PROTECT)
    queue = models.ForeignKey(Queue, models.PROTECT)
    # Values of domain.vocabulary ServiceKind and Privacy.
    kind = models.CharField(max_length=20)
    privacy = models.CharField(max_length=20)
    # Names, descriptions, questions, promise, next step, closing texts, match, channels, evidence.
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "version"], name="service_version")
        ]

    def __str__(self) -> str:
        return f"{self.service_id} v{self.version}"


class KeptText(models.Model):
    """Words kept ready for staff; a change makes a new version, so what was taken stays known.

    One of the pack has no department and no author; one that a department added has both.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    code = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=1)
    # False for older versions and for what was retired.
    is_current = models.BooleanField(default=True)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True)
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True)
    made_at = models.DateTimeField()
    names = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    # Values of domain.canned TextUse and domain.lifecycle State, codes of services; empty is all.
    uses = models.JSONField(default=list)
    services = models.JSONField(default=list)
    states = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "code", "version"], name="kept_text_version"
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "code"],
                condition=models.Q(is_current=True),
                name="kept_text_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class RoutingRule(models.Model):
    """One ordered rule; the first that matches decides the queue."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    queue_code = models.CharField(max_length=60)
    conditions = models.JSONField(default=dict)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "name"], name="routing_rule_name")
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name
