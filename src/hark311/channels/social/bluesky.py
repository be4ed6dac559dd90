"""Reads the notifications and messages of Bluesky."""

from hark311.channels.social.payload import Payload, instant, part, word
from hark311.channels.social.said import Said
from hark311.domain.social import Network

_REASONS = frozenset({"mention", "reply", "quote"})


def said_of(news: Payload) -> Said | None:
    """What a notification or message says; None for likes and follows."""
    return _message(news) if "talk" in news else _mention(news)


def _mention(news: Payload) -> Said | None:
    record, author = part(news, "record"), part(news, "author")
    at = instant(word(news, "indexedAt"))
    if word(news, "reason") not in _REASONS or at is None:
        return None
    uri, name = word(news, "uri"), word(author, "handle")
    spoken = record.get("langs")
    return Said(
        network=Network.BLUESKY,
        key=uri,
        author=word(author, "did"),
        author_name=f"@{name}",
        text=_unnamed(word(record, "text")),
        at=at,
        is_public=True,
        is_answer=bool(part(record, "reply")),
        post=uri,
        address=f"https://bsky.app/profile/{name}/post/{uri.rpartition('/')[2]}",
        language=str(spoken[0]) if isinstance(spoken, list) and spoken else "",
    )


def _message(news: Payload) -> Said | None:
    author, at = word(part(news, "sender"), "did"), instant(word(news, "sentAt"))
    if not author or at is None:
        return None
    return Said(
        network=Network.BLUESKY,
        key=word(news, "id"),
        author=author,
        author_name=f"@{word(news, 'handle')}",
        text=word(news, "text"),
        at=at,
        is_public=False,
        is_answer=True,
    )


def _unnamed(text: str) -> str:
    """Without the names that the text begins with."""
    words = text.split(" ")
    while words and words[0].startswith("@"):
        words.pop(0)
    return " ".join(words)
