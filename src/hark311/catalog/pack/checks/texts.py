"""Texts kept ready hold only blanks that can be filled where they are used."""

from hark311.catalog.pack.pack_format import Pack
from hark311.catalog.pack.reading import Reading, did_you_mean
from hark311.domain.canned import blanks_of, unknown_blanks


def check_texts(pack: Pack, reading: Reading) -> None:
    """Note unknown blanks and broken braces, in each language of each text."""
    for kept in pack.texts:
        known = blanks_of(kept.uses)
        for text in kept.texts.values():
            try:
                unknown = unknown_blanks(text, known)
            except ValueError as error:
                message = f"The braces of the text are broken: {error}."
                reading.fault(text.at, message, "Write `{street}`.")
                continue
            for name in unknown:
                message = f"The text {str(kept.code)!r} has no blank {{{name}}}."
                reading.fault(text.at, message, did_you_mean(name, known))
