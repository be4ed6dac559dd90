"""A conversation as plain values, to keep between two turns, and back."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from hark311.domain.conversation_records import Ending, Spot, Talk
from hark311.domain.draft import Hazard
from hark311.domain.place import Point
from hark311.domain.vocabulary import HazardLevel

_LISTS = frozenset({"trail", "told", "recordings", "pictures", "description", "suggested", "seen"})


def plain_of(talk: Talk) -> dict[str, Any]:
    """The talk in dicts, lists and scalars that JSON knows."""
    return asdict(talk)


def talk_of(kept: Mapping[str, Any]) -> Talk:
    """The talk that was kept; what a newer version no longer knows is left out."""
    known = {one.name for one in fields(Talk)}
    values = {name: value for name, value in kept.items() if name in known}
    values |= {name: tuple(values.get(name) or ()) for name in _LISTS}
    values["spots"] = tuple(
        Spot(one["text"], Point(**one["point"])) for one in values.get("spots") or ()
    )
    values["point"] = Point(**values["point"]) if values.get("point") else None
    values["answers"] = {code: tuple(said) for code, said in (values.get("answers") or {}).items()}
    alarm = values.get("alarm")
    values["alarm"] = (
        Hazard(HazardLevel(alarm["level"]), alarm["kind"], alarm["line"]) if alarm else None
    )
    values["ending"] = Ending(values["ending"]) if values.get("ending") else None
    return Talk(**values)
