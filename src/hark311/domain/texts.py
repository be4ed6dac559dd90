"""Texts in several languages, as packs hold them: language code to words."""

from collections.abc import Mapping


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in ``language``, else in its base language, English, or any there is; else ''."""
    return texts.get(language_told(texts, language), "")


def language_told(texts: Mapping[str, str], language: str) -> str:
    """The language of the text that ``in_language`` gives; "" where there is none."""
    for wanted in (language, language.split("-")[0], "en"):
        if texts.get(wanted):
            return wanted
    return next((told for told, text in texts.items() if text), "")
