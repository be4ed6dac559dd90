"""A reading of contact details may say why; old readings said nothing.

Lock: ACCESS EXCLUSIVE on access_contactreading, for milliseconds: the default is the database's.
Undo: reversible. One step.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [
        migrations.AddField(
            "contactreading",
            "reason",
            models.CharField(max_length=200, blank=True, db_default=""),
        )
    ]
