"""Lists of staff find the open incidents of a small area without reading all of a queue.

Lock: none that stops writing (built concurrently). Undo: reversible.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0011_surveys_due")]
    operations = [
        AddIndexConcurrently(
            "incident",
            GinIndex(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True), ("merged_into__isnull", True)
                ),
                fields=["areas"],
                name="incident_open_areas",
                opclasses=["jsonb_path_ops"],
            ),
        ),
    ]
