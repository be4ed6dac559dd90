"""Loads a whole city pack in one transaction; used by ``hark311 city load`` and the demo."""

from pathlib import Path
from typing import Any

from django.db import transaction
from shapely.geometry import mapping

from hark311.answers.loading import load_answers
from hark311.cases.actions.record_pack_loaded import record_pack_loaded
from hark311.catalog.loading import load_routing, load_services, load_texts
from hark311.catalog.pack.check import read_pack
from hark311.catalog.pack.outlines import outline_of
from hark311.catalog.pack.pack_format import Pack
from hark311.catalog.pack.plain import digest as digest_of
from hark311.catalog.pack.plain import plain
from hark311.domain.actor import system_actor
from hark311.domain.vocabulary import Privacy
from hark311.government.loading import Offices, load_jurisdiction, load_offices
from hark311.government.models import Jurisdiction
from hark311.places.loading import Outline, load_areas, mark_new_ground
from hark311.places.street_loading import DrawnStreet, Landmark, load_landmarks, load_streets
from hark311.platform import clock


def load_city(folder: Path, *, is_dry: bool = False) -> tuple[Jurisdiction, list[str]]:
    """Load the pack in ``folder`` and return its jurisdiction with a line for each change.

    Loading twice changes nothing the second time. is_dry: find out, then take all back.

    Raises BadPack with the faults, and then changes nothing.
    """
    pack = read_pack(folder)
    with transaction.atomic():
        jurisdiction, changes = _load(pack)
        if is_dry:
            transaction.set_rollback(True)
    return jurisdiction, changes


def _load(pack: Pack) -> tuple[Jurisdiction, list[str]]:
    now = clock.now()
    digest = digest_of(pack)
    jurisdiction, rows = load_jurisdiction(str(pack.city.key), _city_values(pack))
    rows += load_offices(jurisdiction, _offices(pack))
    rows += load_services(jurisdiction, pack, at=now)
    rows += load_routing(jurisdiction, pack)
    rows += load_texts(jurisdiction, pack, at=now)
    rows += load_answers(jurisdiction, pack, at=now)
    ground = [
        *load_areas(jurisdiction, _outlines(pack), at=now),
        *load_streets(jurisdiction, _streets(pack)),
        *load_landmarks(jurisdiction, _landmarks(pack)),
    ]
    if ground:
        mark_new_ground(jurisdiction)
    rows += ground
    changes = [str(row) for row in rows]
    if jurisdiction.pack_digest != digest:
        jurisdiction.pack_digest = digest
        jurisdiction.save(update_fields=["pack_digest"])
        record_pack_loaded(jurisdiction, digest, changes, actor=system_actor(jurisdiction.pk))
    return jurisdiction, changes


def _city_values(pack: Pack) -> dict[str, Any]:
    city = pack.city
    middle = outline_of(city.limits).representative_point()
    lon, lat = city.center or (middle.x, middle.y)
    return {
        "names": plain(city.names),
        "zone": city.zone.key,
        "languages": plain(pack.languages),
        "hosts": plain(city.hosts),
        "contact": str(city.contact.phone or city.contact.email or city.contact.url or ""),
        "hue": city.brand.hue,
        "center_lon": lon,
        "center_lat": lat,
        "settings": {
            "contact": plain(city.contact),
            "limits": plain(city.limits),
            "hotlines": plain(pack.hotlines),
            "pathways": plain(pack.pathways),
            "neighbors": plain(pack.neighbors),
            "groups": plain(pack.groups),
            "layers": [
                {"code": str(layer.code), "names": plain(layer.names)} for layer in pack.layers
            ],
            "messages": {one.notice.value: plain(one) for one in pack.messages},
            "contact_reason": pack.city.contact_reason,
            "states": plain(pack.states),
            "outcomes": plain(pack.outcomes),
            **({"phone": plain(pack.phone)} if pack.phone else {}),
        },
    }


def _offices(pack: Pack) -> Offices:
    sensitive = {one.queue for one in pack.services if one.privacy is Privacy.SENSITIVE}
    return Offices(
        departments={
            str(one.code): {
                "names": plain(one.names),
                "contact": plain(one.contact) if one.contact else {},
            }
            for one in pack.departments
        },
        calendars={
            str(one.code): {
                "week": {str(day): [list(span) for span in one.spans_of(day)] for day in range(7)},
                "holiday_country": str(one.holidays.country) if one.holidays else "",
                "holiday_subdivision": str(one.holidays.subdivision or "") if one.holidays else "",
                "extra_closed_on": plain(one.also_closed),
                "open_anyway": plain(one.open_anyway),
            }
            for one in pack.calendars
        },
        queues={
            str(one.code): {
                "names": plain(one.names),
                "is_fallback": one.code == pack.city.fallback_queue,
                "is_sensitive": one.code in sensitive,
            }
            for one in pack.queues
        },
        links={
            str(one.code): (str(one.department), str(one.calendar), str(one.escalates_to or ""))
            for one in pack.queues
        },
    )


def _outlines(pack: Pack) -> list[Outline]:
    # mapping() gives tuples; the table holds lists.
    return [
        Outline(
            layer=str(layer.code),
            code=str(area.code),
            names=plain(area.names) if area.names else {"en": str(area.code)},
            geometry=plain(mapping(outline_of(area))),
            is_schematic=layer.schematic,
        )
        for layer in pack.layers
        for area in layer.areas
    ]


def _streets(pack: Pack) -> list[DrawnStreet]:
    return [
        DrawnStreet(
            name=str(street.name),
            also=tuple(map(str, street.also)),
            parts=plain(street.stretches),
            is_main=street.main,
            is_schematic=street.schematic,
        )
        for street in pack.streets
    ]


def _landmarks(pack: Pack) -> list[Landmark]:
    return [
        Landmark(
            code=str(landmark.code),
            kind=landmark.kind.value,
            names=plain(landmark.names),
            also=tuple(map(str, landmark.also)),
            lon=landmark.point[0],
            lat=landmark.point[1],
            outline=plain(landmark.polygon or ()),
            is_schematic=landmark.schematic,
        )
        for landmark in pack.landmarks
    ]
