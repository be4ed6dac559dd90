"""Streets, addresses and landmarks; areas know their words and where they come from.

Lock: ACCESS EXCLUSIVE on places_area, for milliseconds; the other tables are new. Undo:
reversible. The GiST index finds what lies near a position.
"""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("government", "0002_ground_version"),
        ("places", "0002_trigrams"),
    ]

    operations = [
        migrations.AddField(
            model_name="area",
            name="source",
            field=models.CharField(db_default="pack", default="pack", max_length=8),
        ),
        migrations.AddField(
            model_name="area",
            name="words",
            field=models.CharField(blank=True, default="", max_length=400),
        ),
        migrations.CreateModel(
            name="Street",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=160)),
                ("name", models.CharField(max_length=160)),
                ("words", models.CharField(max_length=400)),
                ("parts", models.JSONField(default=list)),
                ("lon", models.FloatField()),
                ("lat", models.FloatField()),
                ("is_main", models.BooleanField(default=False)),
                ("is_schematic", models.BooleanField(default=False)),
                ("source", models.CharField(max_length=8)),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="government.jurisdiction"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Spot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("key", models.CharField(max_length=200)),
                ("names", models.JSONField(default=dict)),
                ("words", models.CharField(max_length=400)),
                ("number", models.PositiveIntegerField(blank=True, null=True)),
                ("lon", models.FloatField()),
                ("lat", models.FloatField()),
                ("shape", models.JSONField(default=list)),
                ("is_schematic", models.BooleanField(default=False)),
                ("source", models.CharField(max_length=8)),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="government.jurisdiction"
                    ),
                ),
                (
                    "street",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="places.street",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="street",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["words"], name="street_words", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddConstraint(
            model_name="street",
            constraint=models.UniqueConstraint(
                fields=("jurisdiction", "key"), name="street_one_key"
            ),
        ),
        migrations.AddIndex(
            model_name="spot",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("kind", "address"), _negated=True),
                fields=["words"],
                name="spot_words",
                opclasses=["gin_trgm_ops"],
            ),
        ),
        migrations.AddIndex(
            model_name="spot",
            index=models.Index(
                condition=models.Q(("kind", "address")),
                fields=["street", "number"],
                name="spot_on_street",
            ),
        ),
        migrations.AddConstraint(
            model_name="spot",
            constraint=models.UniqueConstraint(
                fields=("jurisdiction", "kind", "key"), name="spot_one_key"
            ),
        ),
        migrations.RunSQL(
            "CREATE INDEX spot_place ON places_spot USING gist (point(lon, lat))",
            "DROP INDEX spot_place",
        ),
    ]
