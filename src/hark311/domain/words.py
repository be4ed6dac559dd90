"""Words that somebody has to give before something is done."""

from hark311.domain.errors import MissingText


def required_words(text: str, *, field: str = "text") -> str:
    """``text`` without blanks around it.

    Raises MissingText(field) if nothing is left.
    """
    words = text.strip()
    if not words:
        raise MissingText(field=field)
    return words
