"""Lists of staff read in the order in which they are shown, however many incidents there are.

One index for the open ones of a queue by due time, one for those of a person, one for what a
queue closed last.

Lock: none that stops writing (built concurrently). Undo: reversible.
"""

from datetime import UTC, datetime

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Coalesce

NEVER_DUE = models.Value(datetime(9999, 12, 31, tzinfo=UTC), models.DateTimeField())


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0007_incident_warn_at")]
    operations = [
        AddIndexConcurrently(
            "incident",
            models.Index(
                "queue",
                Coalesce("due_at", NEVER_DUE),
                "id",
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True), ("merged_into__isnull", True)
                ),
                include=("due_at", "warn_at", "assignee", "state", "asked_again"),
                name="incident_worklist",
            ),
        ),
        AddIndexConcurrently(
            "incident",
            models.Index(
                "assignee",
                Coalesce("due_at", NEVER_DUE),
                "id",
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    ("assignee__isnull", False),
                    ("merged_into__isnull", True),
                ),
                include=("due_at", "queue"),
                name="incident_of_person",
            ),
        ),
        AddIndexConcurrently(
            "incident",
            models.Index(
                fields=["queue", "-closed_at", "-id"],
                condition=models.Q(("merged_into__isnull", True), ("state", "closed")),
                name="incident_closed_last",
            ),
        ),
    ]
