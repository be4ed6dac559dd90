"""Tables of what can be asked and promised; every version is kept for the cases it was given."""

from django.db import models

from hark311.government.models import Department, Jurisdiction, Queue


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
