"""The one map from error code to HTTP status, and the answer that machines get (RFC 9457)."""

import json
from collections.abc import Mapping
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hark311.domain.errors import HarkError

MEDIA_TYPE = "application/problem+json"

STATUS: Mapping[str, int] = MappingProxyType(
    {
        "hark_error": 500,
        "not_allowed": 403,
        "not_found": 404,
        "unknown_service": 404,
        "unknown_jurisdiction": 404,
        "link_expired": 404,
        "conflict": 409,
        "stale_form": 409,
        "key_reused": 409,
        "too_many": 429,
        "rule_broken": 422,
        "illegal_transition": 422,
        "missing_outcome": 422,
        "missing_text": 422,
        "missing_evidence": 422,
        "naive_timestamp": 422,
        "bad_number": 422,
        "cannot_merge": 422,
        "does_not_apply": 422,
        "bad_draft": 400,
        "missing_answer": 400,
        "bad_answer": 400,
        "bad_place": 400,
        "outside_city": 400,
        "text_too_long": 400,
        "channel_refused": 400,
        "bad_media": 400,
        "unavailable": 503,
        "unreadable_payload": 400,
        "bad_pack": 422,
    }
)

WORDING: Mapping[str, Promise] = MappingProxyType(
    {
        "hark_error": _("Something went wrong here. Please try again later."),
        "not_allowed": _("You may not do this with this account."),
        "not_found": _("There is nothing here. Check the number or the address."),
        "unknown_service": _("There is no such service. Choose one from the list."),
        "unknown_jurisdiction": _("This place does not answer for that government."),
        "link_expired": _("This link has expired or was used. Ask for a new one."),
        "conflict": _("Somebody else changed this meanwhile. Look again and repeat."),
        "stale_form": _("A colleague changed this while you were writing. Your words are kept."),
        "key_reused": _("This key was used for another message. Use a new one."),
        "too_many": _("That was too often. Wait a moment and try again."),
        "rule_broken": _("This cannot be done as things stand."),
        "illegal_transition": _("This cannot be done in the present state."),
        "missing_outcome": _("Choose an outcome, and give the detail that it asks for."),
        "missing_text": _("Write a few words."),
        "missing_evidence": _("This service asks for proof. Add a photo."),
        "naive_timestamp": _("Give the time with its zone."),
        "bad_number": _("This is not a case number. Check the digits."),
        "cannot_merge": _("These cannot be joined."),
        "does_not_apply": _("This does not apply here now."),
        "bad_draft": _("This report cannot be taken as it is."),
        "missing_answer": _("Answer the questions that are marked as required."),
        "bad_answer": _("One of the answers is not of the kind that is asked for."),
        "bad_place": _("Give a place: an address, an area, or both coordinates."),
        "outside_city": _("This place is outside the city."),
        "text_too_long": _("This text is too long. Shorten it."),
        "channel_refused": _("This service cannot be asked for in this way."),
        "bad_media": _("This file cannot be taken. Send a photo: JPEG, PNG, WebP or HEIC."),
        "unavailable": _("We cannot reach our records now. Please try again in a minute."),
        "unreadable_payload": _("This message could not be read. Check its form."),
        "bad_pack": _("The city's data have faults."),
    }
)


def status_of(error: HarkError) -> int:
    """Return the HTTP status that answers ``error``."""
    return STATUS[error.code]


def wording_of(error: HarkError) -> str:
    """Return what to tell the person, in the language that is active."""
    return str(WORDING[error.code])


def problem_of(error: HarkError, *, instance: str = "") -> dict[str, object]:
    """Return the RFC 9457 members for ``error``; facts are added as they are.

    instance: the path that was asked for, without its query.
    """
    facts = {name: value for name, value in error.facts.items() if _is_plain(value)}
    members: dict[str, object] = {
        "type": f"urn:hark311:problem:{error.code}",
        "title": wording_of(error),
        "status": status_of(error),
        "code": error.code,
    }
    return facts | members | ({"instance": instance} if instance else {})


def answer(request: HttpRequest, error: HarkError) -> HttpResponse:
    """Return the answer to a machine whose request met ``error``."""
    body = json.dumps(problem_of(error, instance=request.path), ensure_ascii=False)
    return HttpResponse(body, content_type=MEDIA_TYPE, status=status_of(error))


def _is_plain(value: object) -> bool:
    if isinstance(value, list | tuple):
        return all(_is_plain(part) for part in value)
    return value is None or isinstance(value, str | bool | int | float)
