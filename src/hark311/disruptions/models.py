"""Table of disruptions as they stand; every version of one is an event of its own stream."""

from django.db import models

from hark311.government.models import Account, Jurisdiction


class Disruption(models.Model):
    """One thing that is wrong for many at once. Written by ``cases.disrupting`` alone."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    version = models.PositiveIntegerField(default=1)
    titles = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    # A value of domain.disruptions Gravity.
    gravity = models.CharField(max_length=10)
    # Codes of services; none if it only informs. Areas as "layer:code".
    services = models.JSONField(default=list)
    areas = models.JSONField(default=list)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    radius_m = models.FloatField(default=0)
    starts_at = models.DateTimeField()
    # By when it should be over; null where nobody can say.
    until_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_texts = models.JSONField(default=dict)
    # The one incident that its reports belong to; null until the first of them.
    incident_id = models.BigIntegerField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lon__isnull=True, lat__isnull=True)
                | models.Q(lon__isnull=False, lat__isnull=False, radius_m__gt=0),
                name="disruption_circle_whole",
            )
        ]
        indexes = [
            models.Index(
                fields=["jurisdiction"],
                condition=models.Q(ended_at__isnull=True),
                name="disruption_not_over",
            )
        ]

    def __str__(self) -> str:
        return f"disruption {self.pk}"
