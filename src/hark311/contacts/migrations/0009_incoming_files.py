"""Recordings and pictures that came with a touch are known by rows of their own.

Lock: none on tables that exist. Undo: reversible, and forgets them.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0008_calls"),
        ("government", "0005_staff_role_of_queue"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="IncomingFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("source_url", models.CharField(blank=True, max_length=2000)),
                ("storage_key", models.CharField(blank=True, max_length=120)),
                ("content_type", models.CharField(blank=True, max_length=60)),
                ("state", models.CharField(default="waiting", max_length=20)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "interaction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="contacts.interaction",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["next_try_at"],
                        name="file_waiting",
                    )
                ],
            },
        ),
    ]
