"""Reads what Meta hands in: Messenger and Facebook, Instagram, WhatsApp."""

from collections.abc import Iterator
from datetime import datetime

from hark311.channels.social.payload import Payload, moment, part, parts, point_of, word
from hark311.channels.social.said import Said
from hark311.domain.social import Network

_ADDED = frozenset({"", "add", "added"})


def said_in(payload: Payload) -> Iterator[Said]:
    """Each thing that somebody said; what the city said itself and receipts are left out."""
    kind = word(payload, "object")
    for entry in parts(payload, "entry"):
        if kind == "whatsapp_business_account":
            yield from _on_whatsapp(entry)
        elif kind == "page":
            yield from _messages(entry, Network.MESSENGER)
            yield from _comments(entry, Network.FACEBOOK)
        elif kind == "instagram":
            yield from _messages(entry, Network.INSTAGRAM)
            yield from _comments(entry, Network.INSTAGRAM)


def _messages(entry: Payload, network: Network) -> Iterator[Said]:
    for one in parts(entry, "messaging"):
        message, author = part(one, "message"), word(part(one, "sender"), "id")
        at = moment(one.get("timestamp"), per_second=1000)
        if not (message and author and at) or message.get("is_echo"):
            continue
        pictures = tuple(
            word(part(file, "payload"), "url")
            for file in parts(message, "attachments")
            if word(file, "type") == "image"
        )
        yield Said(
            network=network,
            key=word(message, "mid"),
            author=author,
            author_name="",
            text=word(message, "text"),
            at=at,
            is_public=False,
            is_answer=True,
            pictures=tuple(filter(None, pictures)),
        )


def _comments(entry: Payload, network: Network) -> Iterator[Said]:
    own, at = word(entry, "id"), moment(entry.get("time"))
    for change in parts(entry, "changes"):
        value = part(change, "value")
        said = _comment(word(change, "field"), value, network, at)
        if said and said.author != own and word(value, "verb") in _ADDED:
            yield said


def _comment(field: str, value: Payload, network: Network, at: datetime | None) -> Said | None:
    """A comment or mention. Of some mentions only the id is told: an agent opens them there."""
    key = word(value, "comment_id") or word(value, "id") or word(value, "post_id")
    when = moment(value.get("created_time")) or at
    if field not in {"comments", "mentions", "feed", "mention"} or not key or when is None:
        return None
    if field == "feed" and word(value, "item") not in {"comment", "post", "status"}:
        return None
    author = part(value, "from")
    return Said(
        network=network,
        key=key,
        author=word(author, "id") or f"comment:{key}",
        author_name=word(author, "username") or word(author, "name"),
        text=word(value, "text") or word(value, "message"),
        at=when,
        is_public=True,
        post=key,
        address=word(part(value, "post"), "permalink_url"),
    )


def _on_whatsapp(entry: Payload) -> Iterator[Said]:
    for change in parts(entry, "changes"):
        value = part(change, "value")
        names = {
            word(one, "wa_id"): word(part(one, "profile"), "name")
            for one in parts(value, "contacts")
        }
        for message in parts(value, "messages"):
            author, at = word(message, "from"), moment(message.get("timestamp"))
            if not author or at is None:
                continue
            where = part(message, "location")
            yield Said(
                network=Network.WHATSAPP,
                key=word(message, "id"),
                author=author,
                author_name=names.get(author, ""),
                text=_words_of(message),
                at=at,
                is_public=False,
                is_answer=True,
                phone=f"+{author}",
                point=point_of(where),
            )


def _words_of(message: Payload) -> str:
    """What was typed, the words below a picture, or the name of a place that was sent."""
    where = part(message, "location")
    return (
        word(part(message, "text"), "body")
        or word(part(message, "image"), "caption")
        or ", ".join(filter(None, (word(where, "name"), word(where, "address"))))
    )
