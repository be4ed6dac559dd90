"""Covers words in the contact log that should never have been kept."""

from typing import Any

from hark311.contacts.models import Draft, Message
from hark311.privacy.text import remove_words


def redact_contacts(case_number: str, words: str) -> int:
    """Cover ``words`` in everything said about a case and in its drafts; return in how many."""
    return _redact_messages(case_number, words) + _redact_drafts(case_number, words)


def _redact_messages(case_number: str, words: str) -> int:
    found = Message.objects.select_for_update(no_key=True, of=("self",)).filter(
        interaction__case_number=case_number, text__icontains=words
    )
    changed = list(found.order_by("id"))
    for message in changed:
        message.text = remove_words(message.text, words)
        message.save(update_fields=["text"])
    return len(changed)


def _redact_drafts(case_number: str, words: str) -> int:
    changed = 0
    found = Draft.objects.select_for_update(no_key=True, of=("self",)).filter(
        interaction__case_number=case_number
    )
    for draft in found.order_by("id"):
        washed = _washed(draft.content, words)
        if washed != draft.content:
            draft.content = washed
            draft.save(update_fields=["content"])
            changed += 1
    return changed


def _washed(value: Any, words: str) -> Any:
    """``value`` with the words covered in every text within; keys stay as they are."""
    if isinstance(value, str):
        return remove_words(value, words)
    if isinstance(value, dict):
        return {key: _washed(inner, words) for key, inner in value.items()}
    if isinstance(value, list):
        return [_washed(inner, words) for inner in value]
    return value
