"""What the platform itself keeps: one row about this deployment."""

from django.db import models


class Deployment(models.Model):
    """What kind of place this database serves, settled when it was first migrated."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    is_demo = models.BooleanField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="deployment_one_row")]

    def __str__(self) -> str:
        return "demo" if self.is_demo else "live"
