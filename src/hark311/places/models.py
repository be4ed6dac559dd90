"""Tables of named polygons; versioned in time, so an old case keeps its area."""

from django.db import models

from hark311.government.models import Jurisdiction


class Area(models.Model):
    """A polygon of a layer: a neighborhood, a planning unit, a council district."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    layer = models.CharField(max_length=40)
    code = models.CharField(max_length=60)
    names = models.JSONField(default=dict)
    # GeoJSON Polygon or MultiPolygon, WGS 84, lon before lat.
    shape = models.JSONField()
    center_lon = models.FloatField()
    center_lat = models.FloatField()
    is_schematic = models.BooleanField(default=False)
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
