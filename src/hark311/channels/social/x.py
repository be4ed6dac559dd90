"""Reads what X hands in: posts that name the city, and direct messages."""

from collections.abc import Iterator

from hark311.channels.social.payload import Payload, moment, part, parts, word
from hark311.channels.social.said import Said
from hark311.domain.social import Network


def said_in(payload: Payload) -> Iterator[Said]:
    """Each thing that somebody said to the account; what the city said itself is left out."""
    own = word(payload, "for_user_id")
    for post in parts(payload, "tweet_create_events"):
        said = _post(post)
        if said and said.author != own and "retweeted_status" not in post:
            yield said
    for message in parts(payload, "direct_message_events"):
        said = _message(message, part(payload, "users"))
        if said and said.author != own:
            yield said


def _post(post: Payload) -> Said | None:
    key, author = word(post, "id_str"), part(post, "user")
    at = moment(post.get("timestamp_ms"), per_second=1000)
    if not (key and author and at):
        return None
    name = word(author, "screen_name")
    return Said(
        network=Network.X,
        key=key,
        author=word(author, "id_str"),
        author_name=f"@{name}",
        text=word(part(post, "extended_tweet"), "full_text") or word(post, "text"),
        at=at,
        is_public=True,
        is_answer=bool(word(post, "in_reply_to_status_id_str")),
        post=key,
        address=f"https://x.com/{name}/status/{key}",
        language=word(post, "lang"),
        pictures=_pictures(post),
    )


def _message(message: Payload, users: Payload) -> Said | None:
    made = part(message, "message_create")
    author, at = word(made, "sender_id"), moment(message.get("created_timestamp"), per_second=1000)
    if word(message, "type") != "message_create" or not author or at is None:
        return None
    return Said(
        network=Network.X,
        key=word(message, "id"),
        author=author,
        author_name=f"@{word(part(users, author), 'screen_name')}",
        text=word(part(made, "message_data"), "text"),
        at=at,
        is_public=False,
        is_answer=True,
    )


def _pictures(post: Payload) -> tuple[str, ...]:
    found = parts(part(post, "extended_entities") or part(post, "entities"), "media")
    return tuple(filter(None, (word(one, "media_url_https") for one in found)))
