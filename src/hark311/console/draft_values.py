"""What a draft holds, in the fields of the form, and what was typed, as a draft holds it."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from hark311.contacts.queries import DraftToConfirm

_LONGEST = 4000


def first_values(waiting: DraftToConfirm) -> dict[str, object]:
    """What was read or typed so far, in the fields of the form."""
    content = waiting.content
    contact, point, answers = (_part(content, name) for name in ("contact", "point", "answers"))
    return {
        "key": f"draft{waiting.draft_id}",
        "channel": waiting.channel.value,
        "language": waiting.language,
        "description": content.get("description", ""),
        "service": content.get("service_code", ""),
        "address": content.get("address_text", ""),
        "area": content.get("area", ""),
        "lat": point.get("lat", ""),
        "lon": point.get("lon", ""),
        **{name: contact.get(name, "") for name in ("name", "email", "phone")},
        "wants_updates": contact.get("wants_updates", True),
        "wants_public": content.get("wants_public", True),
        **{f"q_{code}": _one_or_all(values) for code, values in answers.items()},
    }


def content_of(data: QueryDict, before: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, as the draft keeps it; what the form does not ask stays as it was."""
    said = {name: str(data.get(name, ""))[:_LONGEST] for name in data}
    # "Add the caller to it" names the incident and what it is about.
    joined, _colon, about = said.get("near", "").partition(":")
    join = joined or said.get("join", str(before.get("join", "")))
    lat, lon, place = _chosen_place(said)
    service = about or said.get("choose", "") or said.get("service", "")
    return {
        **before,
        "description": said.get("description", ""),
        "service_code": service[:100],
        "address_text": place[:300],
        "area": said.get("area", "")[:100],
        "point": {"lat": lat[:30], "lon": lon[:30]},
        "contact": {
            **{name: said.get(name, "")[:254] for name in ("name", "email", "phone")},
            "wants_updates": "wants_updates" in data,
        },
        "wants_public": "wants_public" in data,
        "answers": {
            name.removeprefix("q_"): [value[:_LONGEST] for value in data.getlist(name)]
            for name in data
            if name.startswith("q_")
        },
        "join": join[:18],
        "danger": said.get("danger", str(before.get("danger", "")))[:20],
        "notes": said.get("notes", "")[:_LONGEST],
    }


def _chosen_place(said: Mapping[str, str]) -> tuple[str, str, str]:
    """Latitude, longitude and words of the place: of a suggestion that was pressed, or as typed."""
    parts = said.get("place", "").split("|", 2)
    if len(parts) == 3:
        return parts[0], parts[1], parts[2]
    return said.get("lat", ""), said.get("lon", ""), said.get("address", "")


def _part(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = content.get(name)
    return part if isinstance(part, Mapping) else {}


def _one_or_all(values: object) -> object:
    """One answer alone, as most fields take it; several together."""
    if isinstance(values, list | tuple):
        return values[0] if len(values) == 1 else list(values)
    return values
