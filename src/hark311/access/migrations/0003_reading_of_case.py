"""Who last opened the contact of a case is found by its number.

Lock: none that stops writers, the index is built beside them. Undo: reversible. One step.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("access", "0002_reading_reason")]
    operations = [
        AddIndexConcurrently(
            "contactreading",
            models.Index(fields=["case_number", "-at"], name="reading_of_case"),
        )
    ]
