"""Tells a demonstration what is wrong in it: one thing now, one that is planned; both samples."""

from datetime import datetime, timedelta

from hark311.cases.disrupting.compose_disruption import compose_disruption
from hark311.cases.disrupting.pen import DisruptionDraft
from hark311.catalog.queries import active_services
from hark311.catalog.search import find_services
from hark311.disruptions.models import Disruption
from hark311.domain.actor import Actor
from hark311.domain.disruptions import Gravity, Reach
from hark311.domain.place import Point
from hark311.domain.vocabulary import Privacy
from hark311.government.models import Jurisdiction
from hark311.places.queries import areas_of

_ABOUT = "water main break, leak, no water, low pressure"
_TAKEN_UP = 2
_AROUND_M = 900


def ensure_alerts(jurisdiction: Jurisdiction, *, actor: Actor, now: datetime) -> None:
    """Compose the samples where nothing has ever been told; later starts change nothing."""
    if Disruption.objects.filter(jurisdiction=jurisdiction).exists():
        return
    for draft in (_main_break(jurisdiction, now), _festival(jurisdiction, now)):
        compose_disruption(draft, actor=actor)


def _main_break(jurisdiction: Jurisdiction, now: datetime) -> DisruptionDraft:
    offered = [one for one in active_services(jurisdiction) if one.privacy is Privacy.PUBLIC]
    found = find_services(offered, _ABOUT, "en", at_most=_TAKEN_UP)
    center = Point(jurisdiction.center_lon, jurisdiction.center_lat)
    return DisruptionDraft(
        titles={"en": "Water main break", "es": "Rotura de una tubería principal"},
        texts={
            "en": "Water is off or weak near here. Crews are digging now. Run the cold tap for a"
            " few minutes when it comes back.",
            "es": "No hay agua o sale poca en esta zona. Las cuadrillas ya excavan. Cuando vuelva,"
            " deje correr el agua fría unos minutos.",
        },
        gravity=Gravity.MODERATE,
        reach=Reach(
            center=center, radius_m=_AROUND_M, services=frozenset(one.code for one in found)
        ),
        starts_at=now - timedelta(hours=3),
        until_at=now + timedelta(days=2),
        is_sample=True,
    )


def _festival(jurisdiction: Jurisdiction, now: datetime) -> DisruptionDraft:
    center = Point(jurisdiction.center_lon, jurisdiction.center_lat)
    areas = frozenset(area.key for area in areas_of(jurisdiction).at(center)[:1])
    return DisruptionDraft(
        titles={"en": "Streets closed for a parade", "es": "Calles cerradas por un desfile"},
        texts={
            "en": "Some streets are closed to cars for the day. Trash is picked up one day later.",
            "es": "Algunas calles se cierran a los autos ese día. La basura se recoge un día"
            " después.",
        },
        gravity=Gravity.MINOR,
        reach=Reach(areas=areas),
        starts_at=now + timedelta(days=9),
        until_at=now + timedelta(days=9, hours=10),
        is_sample=True,
    )
