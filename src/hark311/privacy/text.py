"""Masks what a text says about how to reach people, before anybody else may read it.

Found: the holder's own name, phone and e-mail as given, every e-mail address, every
telephone number. Not found: other people's names, addresses, plates. ADR-0006 says so.
"""

import re
from functools import cache

import phonenumbers

MASK = "●●●"
_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_WORD_MINIMUM = 3
# Digits of a telephone number without the code of its country, and without that of its area.
_SHORTER = (10, 7)
# What begins a number with the code of its country, and how few digits one can have with it.
_PLUS = ("+", "\uff0b")
_FEWEST_ABROAD = 6


def mask_text(
    text: str, *, name: str = "", phone: str = "", email: str = "", region: str = "US"
) -> str:
    """``text`` with what would identify or reach a person covered.

    region: the country whose national telephone numbers are looked for, ISO 3166.
    """
    masked = _EMAIL.sub(MASK, text)
    if email:
        masked = _cover(masked, email)
    if _may_hold_a_number(masked, region):
        for match in reversed(list(phonenumbers.PhoneNumberMatcher(masked, region))):
            masked = masked[: match.start] + MASK + masked[match.end :]
    for own in (name, *name.split(), phone):
        if len(own) >= _WORD_MINIMUM:
            masked = _cover(masked, own)
    return _cover_digits(masked, "".join(letter for letter in phone if letter.isdecimal()))


def _may_hold_a_number(text: str, region: str) -> bool:
    """False where digits are too few for a telephone number: most texts and addresses."""
    digits = sum(map(str.isdecimal, text))
    if any(plus in text for plus in _PLUS):
        return digits >= _FEWEST_ABROAD
    return digits >= _fewest_digits(region)


@cache
def _fewest_digits(region: str) -> int:
    """How many digits the shortest number of a country has."""
    numbering = phonenumbers.PhoneMetadata.metadata_for_region(region)
    general = numbering.general_desc if numbering else None
    return min(general.possible_length if general else (), default=_FEWEST_ABROAD)


def remove_words(text: str, words: str) -> str:
    """``text`` with every occurrence of ``words`` covered, in capitals or not."""
    return re.sub(re.escape(words), MASK, text, flags=re.IGNORECASE)


def _cover(text: str, secret: str) -> str:
    """Cover a secret that stands between letters and digits of nothing else."""
    return re.sub(rf"(?<![^\W_]){re.escape(secret)}(?![^\W_])", MASK, text, flags=re.IGNORECASE)


def _cover_digits(text: str, digits: str) -> str:
    """Cover the holder's own number however it is spaced, with or without its area code."""
    for count in (len(digits), *_SHORTER):
        if count >= min(_SHORTER) and count <= len(digits):
            spaced = r"[\W_]{0,3}".join(digits[-count:])
            text = re.sub(rf"(?<!\d){spaced}(?!\d)", MASK, text)
    return text


def shorten_email(email: str) -> str:
    """How staff see an address until they open it: first letter and domain."""
    name, at, domain = email.partition("@")
    return f"{name[:1]}●●●@{domain}" if at else MASK if email else ""


def shorten_phone(phone: str) -> str:
    """How staff see a number until they open it: the last two digits."""
    return f"●●● {phone[-2:]}" if phone else ""


def shorten_name(name: str) -> str:
    """How staff see a name until they open it: initials."""
    return " ".join(f"{word[0]}." for word in name.split())
