"""What networks send, in the shapes that they document; people and words are made up."""

import base64
import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

from django.test import Client

from hark311.platform import clock

META_SECRET, VERIFY = "app secret", "agreed word"
X_KEYS = ("consumer", "consumer secret", "access", "access secret")
Payload = dict[str, Any]


def ms(at: datetime | None = None) -> int:
    return int((at or clock.now()).timestamp() * 1000)


def messenger(text: str = "A deep pothole on Elm Street.", mid: str = "m1", **more: Any) -> Payload:
    message = {"mid": mid, "text": text, **more}
    return {
        "object": "page",
        "entry": [
            {
                "id": "PAGE",
                "time": ms(),
                "messaging": [
                    {
                        "sender": {"id": "ada-psid"},
                        "recipient": {"id": "PAGE"},
                        "timestamp": ms(),
                        "message": message,
                    }
                ],
            }
        ],
    }


def instagram_comment(text: str = "Graffiti on the wall here", key: str = "c1") -> Payload:
    return {
        "object": "instagram",
        "entry": [
            {
                "id": "OWN",
                "time": int(clock.now().timestamp()),
                "changes": [
                    {
                        "field": "comments",
                        "value": {
                            "id": key,
                            "from": {"id": "ig-ada", "username": "ada"},
                            "text": text,
                            "media": {"id": "media-1"},
                        },
                    }
                ],
            }
        ],
    }


def whatsapp(text: str = "Hay un bache muy hondo en la calle", key: str = "wamid.1") -> Payload:
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "1555", "phone_number_id": "N1"},
        "contacts": [{"profile": {"name": "Ada Poe"}, "wa_id": "14045550123"}],
        "messages": [
            {
                "from": "14045550123",
                "id": key,
                "timestamp": str(ms() // 1000),
                "type": "text",
                "text": {"body": text},
            }
        ],
    }
    change = {"field": "messages", "value": value}
    return {"object": "whatsapp_business_account", "entry": [{"id": "W", "changes": [change]}]}


def tweet(
    text: str = "@testville a deep pothole on Elm Street",
    key: str = "901",
    at: datetime | None = None,
) -> Payload:
    return {
        "for_user_id": "7",
        "tweet_create_events": [
            {
                "id_str": key,
                "text": text,
                "lang": "en",
                "timestamp_ms": str(ms(at)),
                "user": {"id_str": "42", "screen_name": "ada", "name": "Ada"},
                "entities": {},
            }
        ],
    }


def x_message(text: str, key: str = "dm1") -> Payload:
    return {
        "for_user_id": "7",
        "direct_message_events": [
            {
                "type": "message_create",
                "id": key,
                "created_timestamp": str(ms()),
                "message_create": {
                    "target": {"recipient_id": "7"},
                    "sender_id": "42",
                    "message_data": {"text": text},
                },
            }
        ],
        "users": {"42": {"id": "42", "screen_name": "ada", "name": "Ada"}},
    }


def toot(text: str = "a pothole", visibility: str = "public", *, is_bot: bool = False) -> Payload:
    return {
        "id": "n1",
        "type": "mention",
        "account": {"id": "5", "acct": "ada@social.test", "bot": is_bot},
        "status": {
            "id": "s1",
            "created_at": clock.now().isoformat(),
            "visibility": visibility,
            "language": "en",
            "url": "https://social.test/@ada/s1",
            "content": f'<p><span><a href="https://x.test">@testville</a></span> {text}</p>',
            "media_attachments": [{"type": "image", "url": "https://social.test/hole.jpg"}],
        },
    }


def skeet(text: str = "@testville.test a pothole") -> Payload:
    return {
        "uri": "at://did:plc:ada/app.bsky.feed.post/3k",
        "cid": "bafy",
        "reason": "mention",
        "indexedAt": clock.now().isoformat().replace("+00:00", "Z"),
        "author": {"did": "did:plc:ada", "handle": "ada.test"},
        "record": {"$type": "app.bsky.feed.post", "text": text, "langs": ["en"]},
    }


def post_meta(client: Client, payload: Payload, *, secret: str = META_SECRET) -> Any:
    body = json.dumps(payload).encode()
    signed = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return client.post(
        "/channels/social/meta",
        body,
        "application/json",
        headers={"X-Hub-Signature-256": f"sha256={signed}"},
    )


def post_x(client: Client, payload: Payload, *, secret: str = X_KEYS[1]) -> Any:
    body = json.dumps(payload).encode()
    signed = base64.b64encode(hmac.digest(secret.encode(), body, "sha256")).decode()
    return client.post(
        "/channels/social/x",
        body,
        "application/json",
        headers={"x-twitter-webhooks-signature": f"sha256={signed}"},
    )
