"""What finished drafts said is forgotten by the day on which they were finished.

Lock: none that stops writing (built concurrently). Undo: reversible.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("contacts", "0005_message_claimed")]
    operations = [
        AddIndexConcurrently(
            "draft",
            models.Index(
                condition=models.Q(finished_at__isnull=False),
                fields=["finished_at"],
                name="draft_finished",
            ),
        ),
    ]
