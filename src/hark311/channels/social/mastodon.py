"""Reads the notifications of a Mastodon server."""

from datetime import datetime

from html2text import HTML2Text

from hark311.channels.social.payload import Payload, instant, part, parts, word
from hark311.channels.social.said import Said
from hark311.domain.social import Network


def said_of(notification: Payload) -> Said | None:
    """What a notification tells of; None for anything but words to the account."""
    status, author = part(notification, "status"), part(notification, "account")
    at = _when(status.get("created_at"))
    if word(notification, "type") != "mention" or not status or at is None:
        return None
    name, key = word(author, "acct"), word(status, "id")
    is_public = word(status, "visibility") in {"public", "unlisted"}
    return Said(
        network=Network.MASTODON,
        key=key,
        author=name,
        author_name=f"@{name}",
        text=_words(word(status, "content")),
        at=at,
        is_public=is_public,
        is_answer=not is_public or bool(word(status, "in_reply_to_id")),
        post=key,
        address=word(status, "url") if is_public else "",
        language=word(status, "language"),
        pictures=tuple(
            filter(None, (word(one, "url") for one in parts(status, "media_attachments")))
        ),
        is_machine=author.get("bot") is True,
    )


def _when(value: object) -> datetime | None:
    return value if isinstance(value, datetime) else instant(str(value or ""))


def _words(page: str) -> str:
    """The words without marks, and without the names that the post begins with."""
    reader = HTML2Text(bodywidth=0)
    reader.ignore_links = reader.ignore_images = reader.ignore_emphasis = True
    words = reader.handle(page).strip().split(" ")
    while words and words[0].startswith("@"):
        words.pop(0)
    return " ".join(words)
