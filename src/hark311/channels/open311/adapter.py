"""Reads what a client posted into drafts, and words the receipts."""

import re
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email

from hark311.channels.open311.document import Document, Node, rows
from hark311.channels.open311.exchange import Call
from hark311.channels.open311.parameters import File, Parameters
from hark311.domain.draft import Contact, IntakeDraft, Receipt, ReplyDraft, ReplyKind
from hark311.domain.errors import BadMedia, UnreadablePayload
from hark311.domain.place import point_from
from hark311.domain.vocabulary import Channel, ServiceKind
from hark311.platform import media

MOST_PICTURES = 10
LONGEST_ADDRESS = 2000
LONGEST_EMAIL = 254

# What other systems say, in the words that a reply knows. A duplicate is no end: people merge.
STATUSES: Mapping[str, str] = MappingProxyType(
    {
        "open": "open",
        "reopen": "open",
        "for_triage": "open",
        "internal_referral": "open",
        "investigating": "acknowledged",
        "acknowledged": "acknowledged",
        "in_progress": "in_progress",
        "action_scheduled": "in_progress",
        "planned": "in_progress",
        "closed": "closed",
        "fixed": "fixed",
        "no_further_action": "no_further_action",
        "not_councils_responsibility": "not_councils_responsibility",
    }
)
_ATTRIBUTE = re.compile(r"attribute\[([^\[\]]{1,200})\](?:\[\d{0,4}\])?")
_URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def read_report(call: Call, *, key_id: int, received_at: datetime) -> IntakeDraft:
    """The draft of a posted request; what identifies a device is not kept.

    Raises UnreadablePayload with reason ``missing`` or ``not_an_email``, BadPlace and BadMedia.
    """
    given = call.parameters
    return IntakeDraft(
        jurisdiction_id=call.jurisdiction.pk,
        channel=Channel.OPEN311,
        source_key=source_key(key_id, "report", call.idempotency_key),
        received_at=received_at,
        language=call.language,
        service_code=required(given, "service_code"),
        description=given.raw("description"),
        point=point_from(given.one("lat"), given.one("long")),
        address_text=given.one("address_string"),
        address_id=given.one("address_id")[:80],
        answers=answers_in(given),
        contact=Contact(
            name=" ".join((given.one("first_name"), given.one("last_name"))).strip(),
            email=email_in(given),
            phone=given.one("phone"),
        ),
        media_urls=media_in(given),
        attachments=tuple(keep_picture(file) for file in given.files),
    )


def read_update(call: Call, *, key_id: int, received_at: datetime) -> ReplyDraft:
    """The draft of a posted status; ``update_id`` is what makes a repeat recognizable.

    Raises UnreadablePayload with reason ``missing`` or ``unknown_update_status``, and BadMedia.
    """
    given = call.parameters
    own_id = call.idempotency_key or given.one("update_id") or given.one("update_id_ext")
    return ReplyDraft(
        jurisdiction_id=call.jurisdiction.pk,
        channel=Channel.OPEN311,
        source_key=source_key(key_id, "update", own_id),
        received_at=received_at,
        language=call.language,
        kind=ReplyKind.STATUS,
        text=given.raw("description"),
        media_urls=media_in(given),
        attachments=tuple(keep_picture(file) for file in given.files),
        status=status_in(given),
    )


def required(given: Parameters, name: str) -> str:
    """Raises UnreadablePayload(reason="missing") if the parameter is absent or empty."""
    value = given.one(name)
    if not value:
        raise UnreadablePayload(field=name, reason="missing")
    return value


def email_in(given: Parameters) -> str:
    """The one address that was given, or ''. Raises UnreadablePayload(reason="not_an_email")."""
    email = given.one("email")
    try:
        if email:
            validate_email(email)
            MaxLengthValidator(LONGEST_EMAIL)(email)
    except ValidationError as error:
        raise UnreadablePayload(field="email", reason="not_an_email") from error
    return email


def status_in(given: Parameters) -> str:
    """The posted status in our words; capitals don't matter.

    Raises UnreadablePayload with reason ``missing`` or ``unknown_update_status``.
    """
    wanted = "_".join(required(given, "status").lower().split())
    if wanted not in STATUSES:
        raise UnreadablePayload(field="status", reason="unknown_update_status")
    return STATUSES[wanted]


def source_key(key_id: int, verb: str, own_id: str) -> str:
    """What a repeat is known by: the sender's id, within one key and verb; '' without an id."""
    if not own_id:
        return ""
    return f"{verb}:{key_id}:{sha256(own_id.encode()).hexdigest()}"


def answers_in(given: Parameters) -> Mapping[str, tuple[str, ...]]:
    """The answers in attribute[code]=value and attribute[code][]=value, by code."""
    answers: dict[str, tuple[str, ...]] = {}
    for name in given.values:
        match = _ATTRIBUTE.fullmatch(name)
        if match and given.all(name):
            code = match.group(1)
            answers[code] = answers.get(code, ()) + given.all(name)
    return answers


def media_in(given: Parameters) -> tuple[str, ...]:
    """The links to pictures elsewhere, each once.

    Raises BadMedia with reason ``url`` or ``too_many``.
    """
    urls = tuple(dict.fromkeys(given.all("media_url") + given.all("media_url[]")))
    if any(len(url) > LONGEST_ADDRESS or not _URL.fullmatch(url) for url in urls):
        raise BadMedia(field="media_url", reason="url")
    if len(urls) + len(given.files) > MOST_PICTURES:
        raise BadMedia(field="media_url", reason="too_many", limit=MOST_PICTURES)
    return urls


def keep_picture(file: File) -> str:
    """Keep an uploaded picture, under whatever name it came; return its storage key.

    Raises BadMedia for what is no picture.
    """
    picture = media.cleaned_picture(file.read(media.LARGEST_BYTES + 1))
    return media.save_once(picture.content, picture.content_type)


def word_receipt(receipt: Receipt, kind: ServiceKind, notice: str) -> Document:
    """The answer to a posted request: a number, for batch a token, for blackbox neither."""
    entry: dict[str, Node] = {}
    if kind is ServiceKind.REALTIME:
        entry["service_request_id"] = receipt.number
    elif kind is ServiceKind.BATCH:
        entry["token"] = receipt.interaction_reference
    entry["service_notice"] = notice or None
    entry["account_id"] = None
    return rows("service_requests", "request", [entry])
