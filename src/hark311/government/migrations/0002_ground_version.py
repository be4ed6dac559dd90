"""A city counts the loads that changed its ground, so that what was drawn of it is drawn anew.

Lock: ACCESS EXCLUSIVE on government_jurisdiction, for milliseconds. Undo: reversible.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("government", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="jurisdiction",
            name="ground_version",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
    ]
