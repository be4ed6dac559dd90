"""Finds people by what a caller says of themselves: exactly first, then forgiving slips."""

from django.db import connection

from hark311.people.actions import normal_phone

AT_MOST = 200
# So many last digits of a telephone number are the number without its area.
LOCAL_DIGITS = 7
_SHORTEST_PART = 2

# The expressions are those of the indexes in migrations 0002 to 0004.
_EXACT_EMAIL = "email = lower(%(words)s)"
# Slips come late in a word: four letters are taken to be heard rightly.
_LIKE_EMAIL = (
    "email <> '' AND left(split_part(email, '@', 1), 4)"
    " = left(split_part(lower(%(words)s), '@', 1), 4)"
    " AND similarity(split_part(email, '@', 1), split_part(lower(%(words)s), '@', 1)) > 0.4"
)
_EXACT_PHONE = "phone = %(phone)s"
_LIKE_PHONE = "phone <> '' AND right(regexp_replace(phone, '[^0-9]', '', 'g'), 7) = %(local)s"
_EXACT_NAME = (
    "to_tsvector('simple'::regconfig, COALESCE(name, ''))"
    " @@ plainto_tsquery('simple'::regconfig, %(words)s)"
)
_BEGINS_NAME = (
    "to_tsvector('simple'::regconfig, COALESCE(name, ''))"
    " @@ to_tsquery('simple'::regconfig, %(prefixes)s)"
)
_LIKE_NAME = "name <> '' AND name %% %(words)s"


def people_like(words: str, jurisdiction_id: int) -> tuple[int, ...]:
    """The ids of people whom these words may mean, the newest first, at most 200.

    words: an e-mail address, a telephone number, or a name or the beginnings of its words. One
    spelled a little differently is found only if nobody is found exactly. Up to three statements.

    Whoever calls this writes down that it was asked.
    """
    wanted = " ".join(words.replace("\x00", "").split())[:AT_MOST]
    digits = "".join(letter for letter in wanted if letter.isdecimal())
    facts: dict[str, int | str] = {
        "jurisdiction": jurisdiction_id,
        "words": wanted,
        "phone": normal_phone(wanted) if digits else "",
        "local": digits[-LOCAL_DIGITS:],
        "prefixes": " & ".join(f"{part}:*" for part in _parts(wanted)),
        "most": AT_MOST,
    }
    for condition in _conditions(wanted, digits, bool(facts["prefixes"])):
        found = _ids(condition, facts)
        if found:
            return found
    return ()


def _conditions(wanted: str, digits: str, has_parts: bool) -> tuple[str, ...]:
    if "@" in wanted:
        return (_EXACT_EMAIL, _LIKE_EMAIL)
    if digits:
        return (_EXACT_PHONE, _LIKE_PHONE) if len(digits) >= LOCAL_DIGITS else ()
    return (_EXACT_NAME, _BEGINS_NAME, _LIKE_NAME) if has_parts else ()


def _parts(wanted: str) -> list[str]:
    """The words of a name, with nothing in them that a query would take for its own."""
    kept = "".join(letter if letter.isalnum() else " " for letter in wanted)
    return [part for part in kept.split() if len(part) >= _SHORTEST_PART]


def _ids(condition: str, facts: dict[str, int | str]) -> tuple[int, ...]:
    statement = (
        "SELECT id FROM people_person WHERE jurisdiction_id = %(jurisdiction)s"  # noqa: S608
        f" AND ({condition}) ORDER BY id DESC LIMIT %(most)s"  # the conditions are constants
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
        return tuple(row[0] for row in cursor.fetchall())
