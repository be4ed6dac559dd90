"""Codes are unique, and every code that is referred to exists."""

from hark311.catalog.pack.marks import Word
from hark311.catalog.pack.pack_format import Pack
from hark311.catalog.pack.reading import Reading, did_you_mean


def check_codes(reading: Reading) -> None:
    """Note duplicate codes of a kind and references to nothing."""
    for kind, words in reading.codes.items():
        check_unique(words, kind, reading)
    for reference in reading.references if reading.is_whole else ():
        known = reading.known(reference.kind)
        if reference.word not in known:
            message = f"There is no {reference.kind} {str(reference.word)!r}."
            reading.fault(reference.word.at, message, did_you_mean(reference.word, known))


def check_unique(words: list[Word], kind: str, reading: Reading) -> None:
    """Note each word that stands a second time."""
    first: dict[str, Word] = {}
    for word in words:
        before = first.setdefault(word, word)
        if before is not word:
            message = f"The {kind} {str(word)!r} is there already, at {before.at}."
            reading.fault(word.at, message, "Give it another code, or remove one of the two.")


def check_local_codes(pack: Pack, reading: Reading) -> None:
    """Note duplicates among codes that are unique only within their service, question or layer."""
    for service in pack.services:
        check_unique([each.code for each in service.questions], "question", reading)
        for question in service.questions:
            check_unique([each.code for each in question.choices], "choice", reading)
    for layer in pack.layers:
        check_unique([area.code for area in layer.areas], "area", reading)
