"""Tables that maps and lists of public cases are read from; made from the others, never the truth.

``cases.map_reader`` keeps them a moment behind. A case is shown only after its own row was asked.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from hark311.cases.models.case import Case
from hark311.catalog.models import ServiceDefinition
from hark311.government.models import Jurisdiction


class MapPin(models.Model):
    """What lists filter public cases by, on one narrow row for each."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="+")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, db_index=False)
    service = models.ForeignKey(ServiceDefinition, models.PROTECT, db_index=False)
    is_open = models.BooleanField()
    # False where only the area is known: in lists, but not on the map.
    is_exact = models.BooleanField()
    lon = models.FloatField()
    lat = models.FloatField()
    opened_at = models.DateTimeField()
    areas = ArrayField(models.CharField(max_length=120), default=list)

    class Meta:
        indexes = [
            models.Index(fields=["jurisdiction", "-opened_at", "-case"], name="pin_newest"),
            models.Index(
                fields=["jurisdiction", "is_open", "-opened_at", "-case"], name="pin_open_newest"
            ),
            models.Index(
                fields=["jurisdiction", "service", "-opened_at", "-case"], name="pin_service_newest"
            ),
            GinIndex(fields=["areas"], name="pin_areas"),
        ]

    def __str__(self) -> str:
        return f"pin {self.pk}"


class MapCell(models.Model):
    """How many exact pins lie in one square of the map, so that wide maps need not count them."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, db_index=False)
    # The world is 2 ** level squares wide.
    level = models.PositiveSmallIntegerField()
    x = models.IntegerField()
    y = models.IntegerField()
    # A service's id, or 0 for all together.
    service_id = models.BigIntegerField()
    is_open = models.BooleanField()
    count = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "level", "service_id", "is_open", "x", "y"],
                name="map_cell_once",
            )
        ]

    def __str__(self) -> str:
        return f"cell {self.level}/{self.x}/{self.y}"
