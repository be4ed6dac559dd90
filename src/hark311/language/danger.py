"""Weighs how dangerous a text is, by its words and by its meaning together.

Words that leave no doubt stop at once. Words that may mean danger, such as "smoke", ask only
where the meaning does not speak against it: a fire hydrant is no fire.
"""

from hark311.domain.draft import Hazard
from hark311.domain.vocabulary import HazardLevel
from hark311.language.hazard import NO_HAZARD, find_hazard, line_of
from hark311.language.heads import Head, Vector
from hark311.language.identify import Spoken

# How likely danger must be by meaning: alone; and beside a word that says so.
_STOP, _ASK = 0.3, 0.22
_STOP_WITH_WORD, _ASK_WITH_WORD = 0.04, 0.12
# So few words explain nothing away.
_FEW_WORDS = 4
HARMLESS = "none"


def label_of(level: HazardLevel, kind: str) -> str:
    """How the head calls a danger of a level and kind."""
    return f"{level.value}:{kind}"


def weigh_danger(text: str, spoken: Spoken, head: Head | None, vector: Vector | None) -> Hazard:
    """The gravest danger; by words alone where there is no vector."""
    worded = find_hazard(text, spoken.main, spoken.also)
    if head is None or vector is None:
        return worded
    confidences = head.confidences(text, vector)
    parts = dict(zip(head.labels, confidences.tolist(), strict=True))
    danger = 1.0 - parts.get(HARMLESS, 0.0)
    stop = sum(part for label, part in parts.items() if label.startswith(HazardLevel.STOP.value))
    if worded.level is HazardLevel.STOP and danger >= _STOP_WITH_WORD:
        return worded
    if stop >= _STOP:
        return _of_kind(HazardLevel.STOP, parts, worded)
    needed = 0.0 if len(text.split()) <= _FEW_WORDS else _ASK_WITH_WORD
    if danger >= _ASK or (worded.level is not HazardLevel.NONE and danger >= needed):
        return _of_kind(HazardLevel.ASK, parts, worded)
    return NO_HAZARD


def _of_kind(level: HazardLevel, parts: dict[str, float], worded: Hazard) -> Hazard:
    """A danger of the kind that words of its level name, else of the likeliest."""
    kinds: dict[str, float] = {}
    for label, part in parts.items():
        if label != HARMLESS:
            kind = label.partition(":")[2]
            kinds[kind] = kinds.get(kind, 0.0) + part
    is_named = worded.level is level or not kinds
    kind = worded.kind if is_named else max(kinds, key=lambda one: kinds[one])
    return Hazard(level=level, kind=kind, line=line_of(kind))
