"""Texts whose meaning is known, from readable files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from hark311.domain.vocabulary import HazardLevel
from hark311.language.danger import HARMLESS, label_of
from hark311.language.identify import LATIN
from hark311.language.intents import Intent
from hark311.language.shelf import read_yaml, shelf_languages, shelf_of

# Enough of other reports to know one from danger or from a question.
_REPORTS_A_LABEL = 6
RECIPE = "2"
"""Changes when the same examples are learned from in another way."""


@dataclass(frozen=True, slots=True, order=True)
class Example:
    """A text and what it means. language: '' if nobody said."""

    label: str
    text: str
    language: str = ""


def examples_in(folder: Path) -> list[Example]:
    """The phrasings of services in ``<language>.yaml`` of a folder; empty without the folder."""
    return [
        Example(str(label), str(text), path.stem)
        for path in sorted(folder.glob("*.yaml"))
        for label, texts in read_yaml(path).items()
        for text in texts
    ]


def danger_examples(reports: Iterable[Example]) -> list[Example]:
    """What is said in danger and what only sounds like it; ``reports`` are harmless."""
    found = [Example(HARMLESS, one.text, one.language) for one in reports]
    for language in shelf_languages("danger_said"):
        shelf = shelf_of("danger_said", language)
        found += (Example(HARMLESS, text, language) for text in shelf.get(HARMLESS, ()))
        for level in (HazardLevel.STOP, HazardLevel.ASK):
            for kind, texts in shelf.get(level.value, {}).items():
                found += (Example(label_of(level, kind), text, language) for text in texts)
    for language in shelf_languages("intents"):
        for texts in shelf_of("intents", language).values():
            found += (Example(HARMLESS, str(text), language) for text in texts)
    return found


def intent_examples(reports: Iterable[Example]) -> list[Example]:
    """What people want; ``reports`` are what they say when they report."""
    found = [Example(Intent.REPORT.value, one.text, one.language) for one in _some(reports)]
    for language in shelf_languages("intents"):
        for label, texts in shelf_of("intents", language).items():
            found += (Example(Intent(label).value, str(text), language) for text in texts)
    for language in shelf_languages("danger_said"):
        for texts in shelf_of("danger_said", language).get(HazardLevel.STOP.value, {}).values():
            found += (Example(Intent.REPORT.value, text, language) for text in texts)
    return found


def language_examples(reports: Iterable[Example]) -> list[Example]:
    """Texts labelled by the language they are in, of those written with Latin letters."""
    some = (*reports, *danger_examples(()), *intent_examples(()))
    return [Example(one.language, one.text) for one in some if one.language in LATIN]


def digest_of(examples: Mapping[str, Sequence[Example]]) -> str:
    """Tells whether examples changed, whatever their order, or the way of learning."""
    lines = [RECIPE]
    lines += sorted(
        f"{name}\t{one.label}\t{one.text}" for name, some in examples.items() for one in set(some)
    )
    return sha256("\n".join(lines).encode()).hexdigest()


def _some(reports: Iterable[Example]) -> list[Example]:
    """The first few of each label and language."""
    counted: dict[tuple[str, str], int] = {}
    some = []
    for one in sorted(set(reports)):
        key = (one.label, one.language)
        counted[key] = counted.get(key, 0) + 1
        if counted[key] <= _REPORTS_A_LABEL:
            some.append(one)
    return some
