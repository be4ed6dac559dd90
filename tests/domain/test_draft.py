"""Drafts: the same message has the same digest, and another message another."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from hark311.domain.draft import Contact, IntakeDraft, ReplyDraft, ReplyKind
from hark311.domain.errors import NaiveTimestamp
from hark311.domain.place import Point
from hark311.domain.vocabulary import Channel, InteractionKind

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
INTAKE = IntakeDraft(
    jurisdiction_id=1,
    channel=Channel.WEB,
    source_key="a",
    received_at=AT,
    service_code="pothole",
    description="A hole",
    point=Point(-84.388, 33.749),
    answers={"size": ("large",), "lane": ("left",)},
    contact=Contact(name="Ada", email="ada@example.org"),
)
REPLY = ReplyDraft(jurisdiction_id=1, channel=Channel.EMAIL, source_key="a", received_at=AT)

OTHER_WORDS = {
    "jurisdiction_id": 2,
    "channel": Channel.SMS,
    "language": "es",
    "kind": InteractionKind.INQUIRY,
    "service_code": "sign",
    "description": "A hole.",
    "point": Point(-84.388, 33.75),
    "address_text": "1 Main St",
    "address_id": "17",
    "area": "npu:B",
    "answers": {"size": ("large",)},
    "contact": Contact(name="Ada"),
    "media_urls": ("https://example.org/hole.jpg",),
    "attachments": ("ab/cd.jpg",),
    "join_incident": 5,
    "acknowledge_candidates": True,
    "beside_alerts": True,
    "wants_public": False,
    "handler_account_id": 9,
    "device": "kiosk",
}
OTHER_REPLIES = {
    "is_fixed": False,
    "jurisdiction_id": 2,
    "channel": Channel.SMS,
    "language": "es",
    "kind": ReplyKind.DISPUTE,
    "text": "It is still there",
    "rating": 1,
    "media_urls": ("https://example.org/hole.jpg",),
    "attachments": (3,),
    "token": "secret",
    "email": "ada@example.org",
    "status": "closed",
    "phone": "+14045550123",
}


@pytest.mark.parametrize("draft", [INTAKE, REPLY])
def test_a_repeat_at_another_time_under_another_key_has_the_same_digest(draft):
    repeat = replace(draft, received_at=AT.replace(hour=13), source_key="b")
    assert repeat.body_digest() == draft.body_digest()


def test_the_order_of_answers_is_not_part_of_what_was_said():
    turned = replace(INTAKE, answers=dict(reversed(INTAKE.answers.items())))
    assert turned.body_digest() == INTAKE.body_digest()


@pytest.mark.parametrize(
    ("draft", "name", "value"),
    [
        *((INTAKE, name, value) for name, value in OTHER_WORDS.items()),
        *((REPLY, name, value) for name, value in OTHER_REPLIES.items()),
    ],
)
def test_whatever_else_is_said_differently_changes_the_digest(draft, name, value):
    assert replace(draft, **{name: value}).body_digest() != draft.body_digest()


@pytest.mark.parametrize(("draft", "changes"), [(INTAKE, OTHER_WORDS), (REPLY, OTHER_REPLIES)])
def test_every_field_is_either_said_or_the_time_the_key_or_the_original(draft, changes):
    assert set(draft.__slots__) == set(changes) | {"source_key", "received_at", "original"}


def test_a_digest_is_that_of_the_fields_by_name():
    said = (
        b'{"attachments":[],"channel":"email","email":"","is_fixed":null,"jurisdiction_id":1,"kind":"words",'
        b'"language":"en","media_urls":[],"phone":"","rating":null,"status":"","text":"",'
        b'"token":""}'
    )
    assert REPLY.body_digest() == sha256(said).hexdigest()


@pytest.mark.parametrize("draft", [INTAKE, REPLY])
def test_a_draft_without_a_zone_is_refused(draft):
    with pytest.raises(NaiveTimestamp):
        replace(draft, received_at=AT.replace(tzinfo=None))
