"""Every text is there in every complete language, and in no language the city does not have."""

from hark311.catalog.pack.pack_format import Pack
from hark311.catalog.pack.reading import Reading, did_you_mean


def check_languages(pack: Pack, reading: Reading) -> None:
    """Note texts that lack a complete language or have an unknown one."""
    codes = {str(language.code) for language in pack.languages}
    if not codes:
        return
    _check_list(pack, reading)
    for texts in reading.texts:
        for language, at in texts.languages.items():
            if language not in codes:
                message = f"The language {language!r} is not one of the city's."
                reading.fault(at, message, did_you_mean(language, codes))
        missing = [code for code in pack.complete_languages if code not in texts.languages]
        if missing:
            message = f"A text lacks a complete language: {', '.join(missing)}."
            reading.fault(
                texts.at, message, f"Add `{missing[0]}: …`, or mark the language as a draft."
            )


def _check_list(pack: Pack, reading: Reading) -> None:
    seen: set[str] = set()
    for language in pack.languages:
        if language.code in seen:
            reading.fault(
                language.at, f"The language {str(language.code)!r} stands twice.", "Keep one."
            )
        seen.add(language.code)
    first = pack.languages[0]
    if not first.complete:
        reading.fault(
            first.at,
            f"The first language {str(first.code)!r} is the default, but not complete.",
            "Put a complete language first, or write `complete: true`.",
        )
