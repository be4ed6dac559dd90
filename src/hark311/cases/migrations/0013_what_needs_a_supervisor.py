"""What needs a supervisor is read along an index: what people ask about again, and disputes.

Lock: none that stops writing (built concurrently). Undo: reversible.
"""

from datetime import UTC, datetime

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Coalesce

NEVER_DUE = models.Value(datetime(9999, 12, 31, tzinfo=UTC), models.DateTimeField())


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0012_open_areas")]
    operations = [
        AddIndexConcurrently(
            "incident",
            models.Index(
                "queue",
                Coalesce("due_at", NEVER_DUE),
                "id",
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    ("asked_again__gt", 0),
                    ("merged_into__isnull", True),
                ),
                name="incident_asked_again",
            ),
        ),
        AddIndexConcurrently(
            "dispute",
            models.Index(
                fields=["answer_by", "id"],
                condition=models.Q(("state", "requested")),
                name="dispute_waiting",
            ),
        ),
    ]
