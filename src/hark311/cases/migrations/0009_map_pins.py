"""Public cases are listed and mapped from one narrow row each, and counted by squares.

The reader of the map fills both from the cases, from the first event on; nothing has to be
copied here. The GiST index finds the pins of a window. Lock: none, the tables are new.
Undo: reversible.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_worklists"),
        ("catalog", "0001_initial"),
        ("government", "0002_ground_version"),
    ]

    operations = [
        migrations.CreateModel(
            name="MapCell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("level", models.PositiveSmallIntegerField()),
                ("x", models.IntegerField()),
                ("y", models.IntegerField()),
                ("service_id", models.BigIntegerField()),
                ("is_open", models.BooleanField()),
                ("count", models.IntegerField()),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="government.jurisdiction",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("jurisdiction", "level", "service_id", "is_open", "x", "y"),
                        name="map_cell_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MapPin",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("is_open", models.BooleanField()),
                ("is_exact", models.BooleanField()),
                ("lon", models.FloatField()),
                ("lat", models.FloatField()),
                ("opened_at", models.DateTimeField()),
                (
                    "areas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), default=list, size=None
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="government.jurisdiction",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="catalog.servicedefinition",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["jurisdiction", "-opened_at", "-case"], name="pin_newest"),
                    models.Index(
                        fields=["jurisdiction", "is_open", "-opened_at", "-case"],
                        name="pin_open_newest",
                    ),
                    models.Index(
                        fields=["jurisdiction", "service", "-opened_at", "-case"],
                        name="pin_service_newest",
                    ),
                    django.contrib.postgres.indexes.GinIndex(fields=["areas"], name="pin_areas"),
                ],
            },
        ),
        migrations.RunSQL(
            "CREATE INDEX pin_place ON cases_mappin USING gist (point(lon, lat)) WHERE is_exact",
            "DROP INDEX pin_place",
        ),
    ]
