"""A draft says when it was finished and why it was put away, and counts what was kept in it.

Lock: ACCESS EXCLUSIVE on contacts_draft, for milliseconds; no scan, no rewrite.
Undo: reversible.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "0002_serial")]
    operations = [
        migrations.AddField("draft", "finished_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "draft", "reason", models.CharField(blank=True, db_default="", max_length=20)
        ),
        migrations.AddField(
            "draft", "version", models.PositiveIntegerField(db_default=0, default=0)
        ),
    ]
