"""Tables of what has a place: named polygons, streets, addresses and landmarks.

Areas are versioned in time, so an old case keeps its area; the others are as of now.
"""

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from hark311.government.models import Jurisdiction

# Where a row comes from: a pack brings its own up to date and leaves those of files alone.
PACK, FILE = "pack", "file"


class Area(models.Model):
    """A polygon of a layer: a neighborhood, a planning unit, a council district."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    layer = models.CharField(max_length=40)
    code = models.CharField(max_length=60)
    names = models.JSONField(default=dict)
    # All its names in one spelling, as people's words are folded before they are looked up:
    # each between bars, so that what begins a name or a word can be asked for.
    words = models.CharField(max_length=400, default="", blank=True)
    # GeoJSON Polygon or MultiPolygon, WGS 84, lon before lat.
    shape = models.JSONField()
    center_lon = models.FloatField()
    center_lat = models.FloatField()
    is_schematic = models.BooleanField(default=False)
    source = models.CharField(max_length=8, default=PACK, db_default=PACK)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "layer", "code"],
                condition=models.Q(valid_to__isnull=True),
                name="area_one_current",
            )
        ]

    def __str__(self) -> str:
        return f"{self.layer}:{self.code}"


class Street(models.Model):
    """A street by its names; its lines where a pack has drawn them."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    # Its first name, folded.
    key = models.CharField(max_length=160)
    name = models.CharField(max_length=160)
    words = models.CharField(max_length=400)
    # Each part is a mapping: its "line" as positions, and "first" and "last", the house numbers at
    # its ends or None.
    parts = models.JSONField(default=list)
    # About its middle, on it.
    lon = models.FloatField()
    lat = models.FloatField()
    is_main = models.BooleanField(default=False)
    is_schematic = models.BooleanField(default=False)
    source = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "key"], name="street_one_key")
        ]
        indexes = [GinIndex(fields=["words"], opclasses=["gin_trgm_ops"], name="street_words")]

    def __str__(self) -> str:
        return self.name


class Spot(models.Model):
    """A known position: an address, a crossing, or a landmark that may have an outline."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    # address, crossing, or a landmark's: place, park, water, school, station, building
    kind = models.CharField(max_length=12)
    # A landmark's code; of an address or a crossing, its words.
    key = models.CharField(max_length=200)
    names = models.JSONField(default=dict)
    words = models.CharField(max_length=400)
    street = models.ForeignKey(Street, models.CASCADE, null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    lon = models.FloatField()
    lat = models.FloatField()
    # A ring of [lon, lat] where its outline is known.
    shape = models.JSONField(default=list)
    is_schematic = models.BooleanField(default=False)
    source = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "kind", "key"], name="spot_one_key")
        ]
        indexes = [
            GinIndex(
                fields=["words"],
                opclasses=["gin_trgm_ops"],
                condition=~models.Q(kind="address"),
                name="spot_words",
            ),
            models.Index(
                fields=["street", "number"],
                condition=models.Q(kind="address"),
                name="spot_on_street",
            ),
        ]

    def __str__(self) -> str:
        return self.key
