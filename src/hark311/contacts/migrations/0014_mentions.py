"""What providers handed in, who wrote on a network, and what goes back there.

Lock: none that matters; new tables. Undo: reversible.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0013_ticket"),
    ]

    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("channel", models.CharField(max_length=20)),
                ("digest", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("channel", "digest"), name="delivery_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("network", models.CharField(max_length=20)),
                ("author", models.CharField(max_length=200)),
                ("author_name", models.CharField(blank=True, max_length=200)),
                ("is_public", models.BooleanField()),
                ("post", models.CharField(blank=True, max_length=400)),
                ("address", models.CharField(blank=True, max_length=500)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "interaction",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mention",
                        to="contacts.interaction",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SocialAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_public", models.BooleanField()),
                ("state", models.CharField(default="waiting", max_length=20)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField()),
                ("failure", models.CharField(blank=True, max_length=40)),
                ("key", models.CharField(blank=True, max_length=400)),
                (
                    "mention",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="contacts.mention",
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="social_answer",
                        to="contacts.message",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="mention",
            index=models.Index(fields=["network", "author"], name="mention_author"),
        ),
        migrations.AddIndex(
            model_name="mention",
            index=models.Index(
                condition=models.Q(("told_at__isnull", True)), fields=["id"], name="mention_untold"
            ),
        ),
        migrations.AddIndex(
            model_name="socialanswer",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["next_try_at"],
                name="social_answer_waiting",
            ),
        ),
    ]
