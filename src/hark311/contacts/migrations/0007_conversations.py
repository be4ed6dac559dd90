"""Talks with the machine are kept from one turn to the next.

Lock: none on tables that exist. Undo: reversible, and forgets them.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0006_find_finished_drafts"),
        ("government", "0005_staff_role_of_queue"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Conversation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("channel", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=80)),
                ("state", models.JSONField(default=dict)),
                ("turn", models.PositiveIntegerField(default=0)),
                ("answer", models.TextField(blank=True)),
                ("changed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "interaction",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conversation",
                        to="contacts.interaction",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="government.jurisdiction"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["channel", "key"], name="conversation_key"),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["changed_at"],
                        name="conversation_open",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("jurisdiction", "channel", "key"),
                        name="conversation_one_open",
                    )
                ],
            },
        ),
    ]
