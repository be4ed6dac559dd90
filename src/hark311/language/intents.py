"""Tells what somebody wants with a message: to report, to ask, to speak with a person."""

from enum import StrEnum

from hark311.language.entities import Entity, EntityKind
from hark311.language.heads import Head, Vector
from hark311.language.identify import Spoken


class Intent(StrEnum):
    REPORT = "report"
    STATUS = "status"
    QUESTION = "question"
    PERSON = "person"
    LANGUAGE = "language"
    GREETING = "greeting"
    THANKS = "thanks"
    COMPLAINT = "complaint"
    COMPLIMENT = "compliment"
    FOLLOW_UP = "follow_up"
    CANCEL = "cancel"
    ANNOUNCEMENT = "announcement"
    NONSENSE = "nonsense"


_FEW_WORDS = 8


def intent_of(
    text: str,
    spoken: Spoken,
    head: Head | None,
    vector: Vector | None,
    entities: tuple[Entity, ...] = (),
) -> Intent:
    """The likeliest wish. Without what was learned, a text is a report or has a number in it."""
    if not any(letter.isalnum() for letter in text):
        return Intent.NONSENSE
    numbers = [one for one in entities if one.kind is EntityKind.CASE_NUMBER]
    if numbers and len(text.split()) <= _FEW_WORDS - len(numbers) and head is None:
        return Intent.STATUS
    if numbers and text.strip(" #.!?") == numbers[0].text:
        return Intent.STATUS
    if head is None:
        return Intent.REPORT
    confidences = head.confidences(text, vector)
    return Intent(head.labels[int(confidences.argmax())])
