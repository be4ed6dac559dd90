"""One row says what kind of place this database is. Lock: none, a new table. Undo: reversible."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("platform", "0001_application_role")]
    operations = [
        migrations.CreateModel(
            name="Deployment",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("is_demo", models.BooleanField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="deployment_one_row")
                ],
            },
        ),
    ]
