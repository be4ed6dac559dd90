"""The line above which people write their answer to a mail, and what stands above it.

The line is marked by its signs, not by its words, so that it is found in every language and
however a mail program quotes it.
"""

import re

_BEGIN, _END = "##-", "-##"
_LINE = re.compile(rf"^.*{_BEGIN}.*$", re.MULTILINE)
# "On Monday Ada wrote:", in any language: it ends with a colon, or names an address or a time.
_HEADING = re.compile(r"(:|：|\S+@\S+|\d{1,2}:\d{2}.*|<\S+>:?)\s*$")
_QUOTE = re.compile(r"^\s*>")
_QUOTED = re.compile(r"^\s*(>|-{3,}|_{3,}|\|)")
# What mail programs put before a signature (RFC 3676); some lose the blank.
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_LONGEST_HEADING = 4


def reply_line(words: str) -> str:
    """The line as it stands on top of a mail."""
    return f"{_BEGIN} {words} {_END}"


def has_line(text: str) -> bool:
    """True if a mail quotes one of ours."""
    return _LINE.search(text) is not None


def above_line(text: str) -> str:
    """What was written above our line, without the heading that mail programs put over a quote.

    The whole text where there is no such line.
    """
    found = _LINE.search(text)
    if found is None:
        return text.strip()
    lines = text[: found.start()].rstrip().split("\n")
    while lines and (not lines[-1].strip() or _QUOTED.match(lines[-1])):
        lines.pop()
    return "\n".join(_without_heading(lines)).strip()


def before_quote(text: str) -> str:
    """What stands before a quote that goes on to the end, without the heading over it.

    The whole text if it does not end so, or if nothing would be left.
    """
    lines = text.strip().split("\n")
    start = len(lines)
    while start and (not lines[start - 1].strip() or _QUOTE.match(lines[start - 1])):
        start -= 1
    if start == len(lines):
        return text.strip()
    return "\n".join(_without_heading(lines[:start])).strip() or text.strip()


def without_signature(text: str) -> str:
    """What stands before a signature; the whole text if nothing does."""
    found = _SIGNATURE.search(text)
    return (text[: found.start()].strip() if found else "") or text.strip()


def _without_heading(lines: list[str]) -> list[str]:
    """Without the last paragraph, if it is short and reads as the heading of a quote."""
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    start = len(lines)
    while start and lines[start - 1].strip():
        start -= 1
    last = lines[start:]
    is_heading = (
        bool(last)
        and len(last) <= _LONGEST_HEADING
        and _HEADING.search(last[-1]) is not None
        and any(sign.isdigit() or sign == "@" for line in last for sign in line)
    )
    return lines[:start] if is_heading else lines
