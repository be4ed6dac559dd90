"""An interaction says where the person was handed over to during it.

Lock: ACCESS EXCLUSIVE on contacts_interaction, for milliseconds; no scan, no rewrite.
Undo: reversible.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "0003_draft_finished")]
    operations = [
        migrations.AddField(
            "interaction", "handed_to", models.CharField(blank=True, db_default="", max_length=60)
        ),
    ]
