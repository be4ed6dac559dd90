"""The sentences of every refusal, by its code and reason, in the language active now."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hark311.domain.errors import HarkError, OutsideCity
from hark311.domain.texts import in_language

SENTENCES: Mapping[str, Promise] = MappingProxyType(
    {
        "not_found.address": _(
            "There is nothing at this address. Addresses end in .json or .xml; GET discovery.xml"
            " says where to begin."
        ),
        "unreadable_payload.method": _("This address takes only: %(allowed)s."),
        "unknown_jurisdiction": _(
            "This server does not answer for the place given in jurisdiction_id. Leave it out, or"
            " ask the operator for the right one."
        ),
        "unknown_service": _(
            "There is no service with this service_code. GET services lists those on offer."
        ),
        "not_found": _("There is no public request with this service_request_id."),
        "not_found.token": _("There is no request with this token."),
        "not_allowed": _("This api_key may not do this."),
        "not_allowed.bad_key": _(
            "A valid api_key is needed. GET discovery.xml says whom to ask for one."
        ),
        "not_allowed.scope": _("This api_key was not made for this. It needs the scope %(scope)s."),
        "too_many": _(
            "Too many requests with this api_key. Try again in %(retry_after_s)s seconds."
        ),
        "key_reused": _(
            "The same Idempotency-Key or update_id came before with other content. Use a new one"
            " for a new message."
        ),
        "conflict.may_be_known": _(
            "Open requests near by may be about the same thing. Send the request again with"
            " join=<service_request_id> to add to one of them, or with"
            " acknowledge_duplicates=true if none of them is it."
        ),
        "cannot_merge": _("That request cannot be joined any more. Send yours without join."),
        "unreadable_payload": _("The request could not be read."),
        "unreadable_payload.content_type": _(
            "Send the fields as application/x-www-form-urlencoded or multipart/form-data."
        ),
        "unreadable_payload.not_utf8": _("The text is not UTF-8."),
        "unreadable_payload.nul": _("The field %(field)s has a NUL character in it."),
        "unreadable_payload.too_large": _("The request is too large."),
        "unreadable_payload.too_many_fields": _("At most %(limit)s fields can be sent at once."),
        "unreadable_payload.broken_form": _("The multipart form is broken."),
        "unreadable_payload.not_a_date": _(
            "%(field)s is not a date. Write it as 2026-01-31T13:45:00Z or with an offset."
        ),
        "unreadable_payload.end_before_start": _("end_date lies before start_date."),
        "unreadable_payload.window_too_long": _(
            "start_date and end_date may lie at most %(days)s days apart. Ask in several parts."
        ),
        "unreadable_payload.unknown_status": _("status knows only open and closed."),
        "unreadable_payload.unknown_update_status": _(
            "This status is not known. See the reference for those that can be posted."
        ),
        "unreadable_payload.not_a_count": _("%(field)s must be a whole number above 0."),
        "unreadable_payload.not_a_truth_value": _("%(field)s must be true or false."),
        "unreadable_payload.missing": _("%(field)s is missing."),
        "unreadable_payload.not_an_email": _(
            "email must be one address, such as name@mail.com. Leave it out if there is none."
        ),
        "unreadable_payload.too_deep": _(
            "At most %(limit)s updates can be paged through. Ask for a shorter time."
        ),
        "unreadable_payload.not_a_candidate": _(
            "join must name one of the open requests that check_duplicates offers."
        ),
        "missing_answer": _("An answer to attribute[%(question)s] is needed."),
        "bad_answer": _("attribute[%(question)s] cannot be read."),
        "bad_answer.unknown_question": _("This service has no attribute %(question)s."),
        "bad_answer.no_answer_expected": _(
            "attribute[%(question)s] is information only and takes no answer."
        ),
        "bad_answer.one_answer_only": _("attribute[%(question)s] takes one value only."),
        "bad_answer.too_long": _("attribute[%(question)s] is too long."),
        "bad_answer.not_a_number": _("attribute[%(question)s] must be a number."),
        "bad_answer.not_a_datetime": _(
            "attribute[%(question)s] must be a date such as 2026-01-31T13:45:00Z."
        ),
        "bad_answer.unknown_choice": _(
            "attribute[%(question)s] must be one of the keys that the service definition lists."
        ),
        "bad_place": _("The place cannot be read."),
        "bad_place.missing": _("A place is needed: lat and long, address_string or address_id."),
        "bad_place.half": _("lat and long are needed together."),
        "bad_place.not_a_number": _("lat and long must be numbers in degrees."),
        "bad_place.out_of_range": _("lat must lie between -90 and 90, long between -180 and 180."),
        "bad_place.null_island": _(
            "lat and long are both 0, which devices send that do not know where they are."
        ),
        "outside_city": _("This place lies outside, and who answers for it is not known here."),
        "outside_city.responsible": _(
            "This place lies outside. %(responsible)s answers for it: %(contact)s"
        ),
        "text_too_long": _(
            "The description has %(length)s characters; at most %(limit)s can be taken."
        ),
        "channel_refused": _(
            "This service does not take requests over Open311, only by: %(channels)s."
        ),
        "bad_media": _("A picture must be a JPEG, PNG, WebP or HEIC file."),
        "bad_media.url": _("media_url must begin with https:// or http://."),
        "bad_media.too_many": _("At most %(limit)s pictures can be sent at once."),
        "bad_media.too_large": _("The picture is too large. Send a smaller one."),
        "missing_text": _("%(field)s is needed."),
        "missing_outcome": _("This status needs a description that says why."),
        "missing_evidence": _("Closing this request needs proof that cannot be sent here."),
        "illegal_transition": _("The request cannot take this status now."),
        "does_not_apply": _("This cannot be done with the request as it stands."),
        "conflict": _("Something changed in the meantime. Read the request again."),
        "unavailable": _(
            "The records cannot be reached now. Try again in %(retry_after_s)s seconds."
        ),
        "hark_error": _("This cannot be done."),
    }
)


def key_for(error: HarkError) -> str:
    """The most exact key there is for an error: its code, with its reason where that has words."""
    if isinstance(error, OutsideCity):
        return "outside_city.responsible" if error.facts.get("responsible") else "outside_city"
    detail = error.facts.get("reason") or error.facts.get("what")
    for key in (f"{error.code}.{detail}", error.code):
        if key in SENTENCES:
            return key
    return HarkError.code


def sentence_for(error: HarkError, language: str) -> str:
    """The sentence for an error with its facts filled in."""
    facts = {name: _shown(fact) for name, fact in error.facts.items()}
    if isinstance(error, OutsideCity):
        facts = _outside(error, language)
    key = key_for(error)
    try:
        return (str(SENTENCES[key]) % facts).rstrip(": ")
    except KeyError:
        return str(SENTENCES[HarkError.code])


def _outside(error: OutsideCity, language: str) -> dict[str, str]:
    """Who answers for the place and how to reach them, from the pack's words."""
    names, contact = error.facts.get("responsible"), error.facts.get("contact")
    return {
        "responsible": in_language(names, language) if isinstance(names, Mapping) else "",
        "contact": ", ".join(contact.values()) if isinstance(contact, Mapping) else "",
    }


def _shown(fact: object) -> str:
    if isinstance(fact, tuple | list | frozenset):
        return ", ".join(str(one) for one in fact)
    return str(fact)
