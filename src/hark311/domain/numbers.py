"""The number a case is known by: ``YY-NNNNNNNN-C``, speakable and safe against slips.

Eleven digits, since ten are often valid telephone numbers.
"""

import re
import unicodedata

from hark311.domain.errors import BadNumber

DIGITS = 11
LAST_SERIAL = 99_999_999

# Damm's totally anti-symmetric quasigroup of order ten (H. M. Damm, 2004).
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)

# The minus sign, and the long-vowel mark that a Japanese keyboard gives for a hyphen.
_OTHER_DASHES = frozenset("−ー")
# Digits of any script, with hyphens or single blanks between them.
_RUNS = re.compile(r"\d(?:[\s\u2010-\u2015-]?\d)+")
_IGNORED = frozenset({"Zs", "Pd", "Cf", "Cc"})


def damm(digits: str) -> int:
    """Return the check digit of a string of decimal digits; 0 if the last one already checks."""
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return interim


def format_number(year: int, serial: int) -> str:
    """Return the canonical number of the case that is ``serial``-th in the deployment.

    year: with its century; only the last two digits are shown.

    Raises BadNumber if the serial is not within 1 and 99,999,999.
    """
    if not 1 <= serial <= LAST_SERIAL:
        raise BadNumber(reason="serial", serial=serial)
    return _written(f"{year % 100:02d}{serial:08d}")


def parse_number(text: str) -> str:
    """Return the canonical form of a number as people type, paste or dictate it.

    Hyphens may be missing or of any kind; spaces and direction marks are ignored;
    digits of every script count.

    Raises BadNumber with reason ``characters``, ``length`` (and the digits counted)
    or ``check_digit``.
    """
    digits = _digits_of(text)
    if len(digits) != DIGITS:
        raise BadNumber(reason="length", digits=len(digits))
    if damm(digits) != 0:
        raise BadNumber(reason="check_digit", digits=len(digits))
    return _written(digits[:-1])


def number_in(text: str) -> str:
    """Return the canonical number that stands among other words, as in a pasted link or mail.

    The text is read as a number first; only where it is none are its runs of digits and
    hyphens looked through.

    Raises BadNumber as ``parse_number`` does of the whole text.
    """
    try:
        return parse_number(text)
    except BadNumber as bad:
        found = {one for run in _RUNS.findall(text) for one in _numbers_of(run)}
        if len(found) == 1:
            return found.pop()
        raise bad


def is_number(text: str) -> bool:
    """True if ``parse_number`` takes the text."""
    try:
        parse_number(text)
    except BadNumber:
        return False
    return True


def _numbers_of(run: str) -> tuple[str, ...]:
    return (parse_number(run),) if is_number(run) else ()


def _written(ten_digits: str) -> str:
    return f"{ten_digits[:2]}-{ten_digits[2:]}-{damm(ten_digits)}"


def _digits_of(text: str) -> str:
    digits: list[str] = []
    for character in text:
        value = unicodedata.decimal(character, None)
        if value is not None:
            digits.append(str(value))
        elif not _may_be_ignored(character):
            raise BadNumber(reason="characters", digits=len(digits))
    return "".join(digits)


def _may_be_ignored(character: str) -> bool:
    return character in _OTHER_DASHES or unicodedata.category(character) in _IGNORED
