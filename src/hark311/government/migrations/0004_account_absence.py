"""An account of staff says which languages are spoken, and when its holder is away.

Lock: ACCESS EXCLUSIVE on government_account, for milliseconds; no scan, no rewrite.
Undo: reversible.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("government", "0003_saved_views")]
    operations = [
        migrations.AddField("account", "absent_from", models.DateField(blank=True, null=True)),
        migrations.AddField("account", "absent_to", models.DateField(blank=True, null=True)),
        migrations.AddField(
            "account",
            "spoken",
            models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
    ]
