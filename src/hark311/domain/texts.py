"""Texts in several languages, as packs hold them: language code to words."""

from collections.abc import Mapping


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in ``language``, else in its base language, English, or any there is; else ''."""
    for wanted in (language, language.split("-")[0], "en"):
        if texts.get(wanted):
            return texts[wanted]
    return next((text for text in texts.values() if text), "")
