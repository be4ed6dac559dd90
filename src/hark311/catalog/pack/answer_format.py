"""The part of a pack that holds answers to what people ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hark311.catalog.pack.city_format import Texts
from hark311.catalog.pack.marks import Place, Word
from hark311.catalog.pack.records import defaulted, needed, optional
from hark311.catalog.pack.shapes import (
    DAY,
    PHRASES,
    TEXTS,
    CodeOf,
    Flag,
    ListOf,
    RefTo,
    Whole,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An answer that a department keeps. An empty line parts paragraphs; `- ` begins a point."""

    at: Place
    code: Word = needed(CodeOf("answer"), "Stable code; the page's address.")
    department: Word = needed(RefTo("department"), "Who keeps it right.")
    topic: Word | None = optional(RefTo("group"), "The heading under which it stands.")
    titles: Texts = needed(TEXTS, "What it answers.")
    questions: Mapping[str, tuple[Word, ...]] | None = optional(
        PHRASES, "Other ways in which people ask it, for search."
    )
    texts: Texts = needed(TEXTS, "The answer.")
    services: tuple[Word, ...] = defaulted(
        ListOf(RefTo("service")), (), "What may be reported about it."
    )
    call: Word | None = optional(RefTo("hotline"), "Whom to call about it.")
    often: int = defaulted(Whole(0, 100), 0, "The higher, the more people ask it.")
    review_on: date = needed(DAY, "When somebody looks whether it is still right.")
    sample: bool = defaulted(Flag(), False, "True if it is invented; its page says so.")
