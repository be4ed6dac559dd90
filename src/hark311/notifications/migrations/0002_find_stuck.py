"""Supervisors find the messages that wait or failed, the newest first.

Lock: none that stops writing (built concurrently). Undo: reversible.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("notifications", "0001_initial")]
    operations = [
        AddIndexConcurrently(
            "notice",
            models.Index(
                condition=models.Q(state__in=["waiting", "failed"]),
                fields=["jurisdiction", "-created_at", "-id"],
                name="notice_stuck",
            ),
        ),
    ]
