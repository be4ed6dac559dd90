"""Lists that staff keep under a name, their own or a department's.

Lock: none on tables that stand already but a moment's for their keys. Undo: reversible.
"""

from django.conf import settings
from django.db import migrations, models
from django.db.models import deletion

OWNER = ("jurisdiction", "account", "department")


class Migration(migrations.Migration):
    dependencies = [("government", "0002_ground_version")]
    operations = [
        migrations.CreateModel(
            "SavedView",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(on_delete=deletion.PROTECT, to="government.jurisdiction"),
                ),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=deletion.PROTECT,
                        to="government.department",
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("queue_code", models.CharField(blank=True, max_length=60)),
                ("query", models.CharField(blank=True, max_length=500)),
                ("position", models.PositiveSmallIntegerField()),
                ("is_default", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("account__isnull", True),
                            ("department__isnull", True),
                            _connector="XOR",
                        ),
                        name="saved_view_has_one_owner",
                    ),
                    models.UniqueConstraint(
                        fields=[*OWNER, "name"], name="saved_view_name", nulls_distinct=False
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=OWNER,
                        name="saved_view_one_default",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
    ]
