"""A closed incident keeps when its reporters are asked whether it was done. Step 1 of 2: columns.

A rating may also say whether it is fixed, and need not give stars then. What was closed before
is not asked about.

Lock: ACCESS EXCLUSIVE for an instant, no rewrite. Undo: reversible while every rating has stars.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_map_pins")]
    operations = [
        migrations.AddField("incident", "survey_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("rating", "is_fixed", models.BooleanField(blank=True, null=True)),
        migrations.AlterField(
            "rating", "stars", models.PositiveSmallIntegerField(blank=True, null=True)
        ),
    ]
