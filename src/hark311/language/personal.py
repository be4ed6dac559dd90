"""Finds what in a text tells who a person is or how to reach them.

By form: telephone numbers, e-mail addresses, numbers of cards and of social security, plates, days
of birth, and names that are introduced as such. Other names and home addresses are not found.
"""

import re
from dataclasses import dataclass

from hark311.language.entities import LONGEST, EntityKind, entities_in

MASK = "●●●"
_FORMS = (
    ("social_security", re.compile(r"(?<!\d)\d{3}[- ]\d{2}[- ]\d{4}(?!\d)")),
    ("card", re.compile(r"(?<!\d)(?:\d{4}[- ]?){3}\d{1,4}(?!\d)")),
    (
        "birthday",
        re.compile(
            r"\b(?:born(?: on)?|birthday|d\.?o\.?b\.?|nac[ií])\W{0,4}\d{1,2}[/-]\d{1,2}[/-]\d{2,4}",
            re.IGNORECASE,
        ),
    ),
    (
        "name",
        re.compile(
            r"\b(?:[Mm]y name is|[Tt]his is|I am|I'm|[Mm]e llamo|[Mm]i nombre es|[Jj]e m'appelle"
            r"|[Mm]eu nome é|[Nn]on mwen se)\s+"
            r"(?P<value>[A-ZÀ-Þ][\w'’-]+(?:\s+[A-ZÀ-Þ][\w'’-]+){0,2})"
        ),
    ),
)
_ENTITIES = {
    EntityKind.PHONE: "phone",
    EntityKind.EMAIL: "email",
    EntityKind.PLATE: "plate",
}


@dataclass(frozen=True, slots=True)
class Personal:
    """Where something personal stands in a text, and of what kind it is."""

    kind: str
    start: int
    end: int


def personal_data_in(text: str, *, region: str = "US") -> tuple[Personal, ...]:
    """What is personal in ``text``, in its order, without overlaps."""
    found: list[Personal] = []
    for kind, pattern in _FORMS:
        group = "value" if "value" in pattern.groupindex else 0
        found += (Personal(kind, *match.span(group)) for match in pattern.finditer(text[:LONGEST]))
    for one in entities_in(text, region=region):
        if one.kind in _ENTITIES:
            found.append(Personal(_ENTITIES[one.kind], one.start, one.end))
    kept: list[Personal] = []
    for each in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)


def without_personal_data(text: str, *, region: str = "US") -> str:
    """``text`` with everything personal that is found covered."""
    for one in reversed(personal_data_in(text, region=region)):
        text = text[: one.start] + MASK + text[one.end :]
    return text
