"""Messages that the city publishes: what they say, who agreed, where they stand, each step.

Lock: none that matters; new tables. Undo: reversible.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("government", "0005_staff_role_of_queue"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("language", models.CharField(default="en", max_length=10)),
                ("made_at", models.DateTimeField()),
                ("state", models.CharField(default="draft", max_length=20)),
                ("publish_at", models.DateTimeField(blank=True, null=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("networks", models.JSONField(default=list)),
                ("texts", models.JSONField(default=dict)),
                ("crawl", models.CharField(blank=True, max_length=200)),
                ("fact", models.CharField(blank=True, max_length=300)),
                ("fact_until", models.DateTimeField(blank=True, null=True)),
                ("picture", models.CharField(blank=True, max_length=100)),
                ("alternative", models.CharField(blank=True, max_length=1000)),
                ("is_wordless", models.BooleanField(default=False)),
                ("alert_id", models.BigIntegerField(blank=True, null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "fact_owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="government.jurisdiction"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PostAgreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="government.department"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="posts.post",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PostDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("network", models.CharField(max_length=20)),
                ("state", models.CharField(default="waiting", max_length=20)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField()),
                ("key", models.CharField(blank=True, max_length=400)),
                ("address", models.CharField(blank=True, max_length=500)),
                ("failure", models.CharField(blank=True, max_length=40)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="posts.post",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PostStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="posts.post",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["jurisdiction", "-made_at"], name="post_made"),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("state", "approved")),
                fields=["publish_at"],
                name="post_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="postagreement",
            constraint=models.UniqueConstraint(
                fields=("post", "department"), name="post_agreement_once"
            ),
        ),
        migrations.AddIndex(
            model_name="postdelivery",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "leaving"])),
                fields=["next_try_at"],
                name="post_delivery_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="postdelivery",
            constraint=models.UniqueConstraint(
                fields=("post", "network"), name="post_delivery_once"
            ),
        ),
        migrations.AddIndex(
            model_name="poststep",
            index=models.Index(fields=["post", "id"], name="post_step_post"),
        ),
    ]
