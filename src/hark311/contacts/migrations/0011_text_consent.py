"""Whether a telephone may be sent text messages is kept.

Lock: none on tables that exist. Undo: reversible, and forgets them.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0010_tallies"),
        ("government", "0005_staff_role_of_queue"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="TextConsent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("phone", models.CharField(max_length=40)),
                ("is_on", models.BooleanField()),
                ("language", models.CharField(default="en", max_length=10)),
                ("source", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="government.jurisdiction"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("jurisdiction", "phone"), name="text_consent_phone"
                    )
                ],
            },
        ),
    ]
