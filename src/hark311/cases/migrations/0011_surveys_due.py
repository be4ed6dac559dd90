"""The sweep finds what is to be asked about without reading what was. Step 2 of 2: its index.

Lock: none that stops writing (built concurrently). Undo: reversible.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0010_survey_at")]
    operations = [
        AddIndexConcurrently(
            "incident",
            models.Index(
                fields=["survey_at"],
                condition=models.Q(survey_at__isnull=False),
                name="incident_survey",
            ),
        ),
    ]
