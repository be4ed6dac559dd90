"""Keeps whether a telephone may be sent text messages: the last word of its holder counts."""

from collections.abc import Collection
from datetime import datetime

from hark311.contacts.models import TextConsent


def consent_of(jurisdiction_id: int, phone: str) -> bool | None:
    """True or False as they said last; None if they never did."""
    return (
        TextConsent.objects.filter(jurisdiction=jurisdiction_id, phone=phone)
        .values_list("is_on", flat=True)
        .first()
    )


def language_kept(jurisdiction_id: int, phone: str) -> str:
    """The language in which they said it, '' if they never did."""
    kept = TextConsent.objects.filter(jurisdiction=jurisdiction_id, phone=phone)
    return kept.values_list("language", flat=True).first() or ""


def note_consent(
    jurisdiction_id: int, phone: str, *, is_on: bool, language: str, source: str, at: datetime
) -> None:
    """Keep what they said, and how. source: the word that was sent, or how else it came."""
    TextConsent.objects.update_or_create(
        jurisdiction_id=jurisdiction_id,
        phone=phone,
        defaults={"is_on": is_on, "language": language, "source": source[:40], "at": at},
    )


def phones_on(jurisdiction_id: int, phones: Collection[str]) -> frozenset[str]:
    """Of these telephones those whose holders want texts; one statement, or none for nobody."""
    if not phones:
        return frozenset()
    rows = TextConsent.objects.filter(jurisdiction=jurisdiction_id, phone__in=phones, is_on=True)
    return frozenset(rows.values_list("phone", flat=True))
