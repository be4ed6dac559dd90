"""Makes what people typed fit to keep, without changing what it says."""

import unicodedata

from hark311.domain.errors import TextTooLong

TEXT_LENGTH = 4000


def clean_text(text: str) -> str:
    """``text`` in NFC with plain line breaks, without the characters no database can hold.

    Raises TextTooLong over 4,000 characters.
    """
    clean = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    clean = "".join(
        letter
        for letter in clean
        if letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs"}
    ).strip()
    if len(clean) > TEXT_LENGTH:
        raise TextTooLong(length=len(clean), limit=TEXT_LENGTH)
    return clean
