"""The city's account on Bluesky, over the AT protocol."""

from collections.abc import Iterable, Mapping
from typing import Any

from atproto import Client, client_utils, models
from atproto.exceptions import AtProtocolError, RequestErrorBase, UnauthorizedError
from httpx import HTTPError

from hark311.platform import clock
from hark311.platform.social.network import Away, Picture, Published, Refused, refused_by

LATEST = 40


class BlueskyAccount:
    """url: of the personal data server. handle, password: of the account, the latter for apps."""

    def __init__(self, url: str, handle: str, password: str) -> None:
        self._api = Client(base_url=f"{url.rstrip('/')}/xrpc")
        self._handle, self._password = handle, password
        self._is_open, self._did = False, ""

    def name(self) -> str:
        return str(self._ask(lambda api: api.com.atproto.server.get_session()).handle)

    def publish(
        self, text: str, *, language: str, picture: Picture | None = None, answers: str = ""
    ) -> Published:
        embed = None
        if picture:
            blob = self._ask(lambda api: api.upload_blob(picture.content)).blob
            image = models.AppBskyEmbedImages.Image(alt=picture.alternative, image=blob)
            embed = models.AppBskyEmbedImages.Main(images=[image])
        words = _with_links(text)
        record = models.AppBskyFeedPost.Record(
            text=words.build_text(),
            facets=words.build_facets(),
            created_at=clock.now().isoformat().replace("+00:00", "Z"),
            embed=embed,
            langs=[language],
            reply=self._reply_to(answers) if answers else None,
        )
        made = self._ask(lambda api: api.app.bsky.feed.post.create(self._did, record))
        return Published(made.uri, _address(made.uri, self._handle))

    def take_back(self, key: str) -> None:
        did, post = _parts(key)
        self._ask(lambda api: api.app.bsky.feed.post.delete(did, post))

    def write_to(self, author: str, text: str, *, answers: str = "") -> str:
        """Messages to one person go through the chat service behind the server."""

        def write(api: Client) -> str:
            chat = api.with_bsky_chat_proxy().chat.bsky.convo
            talk = chat.get_convo_for_members(
                models.ChatBskyConvoGetConvoForMembers.Params(members=[author])
            ).convo
            said = chat.send_message(
                models.ChatBskyConvoSendMessage.Data(
                    convo_id=talk.id, message=models.ChatBskyConvoDefs.MessageInput(text=text)
                )
            )
            return str(said.id)

        return str(self._ask(write))

    def news(self) -> Iterable[Mapping[str, Any]]:
        """Mentions and replies, and messages from the chat service."""
        found = self._ask(
            lambda api: api.app.bsky.notification.list_notifications(
                models.AppBskyNotificationListNotifications.Params(limit=LATEST)
            )
        )
        mentions = [one.model_dump(by_alias=True) for one in found.notifications]
        return [*mentions, *self._messages()]

    def _messages(self) -> Iterable[Mapping[str, Any]]:
        try:
            found = self._ask(lambda api: api.with_bsky_chat_proxy().chat.bsky.convo.list_convos())
        except Refused:
            # The password may not open messages: mentions are read all the same.
            return
        for talk in found.convos:
            last = talk.last_message
            if last is not None and talk.unread_count:
                people = {one.did: one.handle for one in talk.members}
                said = last.model_dump(by_alias=True)
                yield {**said, "talk": talk.id, "handle": people.get(last.sender.did, "")}

    def _reply_to(self, uri: str) -> models.AppBskyFeedPost.ReplyRef:
        """Where an answer hangs: below the post, in the thread that the post is part of."""
        did, post = _parts(uri)
        kept = self._ask(lambda api: api.app.bsky.feed.post.get(did, post))
        parent = models.ComAtprotoRepoStrongRef.Main(uri=kept.uri, cid=kept.cid)
        above = kept.value.reply
        root = above.root if above else parent
        return models.AppBskyFeedPost.ReplyRef(parent=parent, root=root)

    def _ask(self, call: Any) -> Any:
        """Sign in where that is not done, and ask. The profile is not asked for: not every server
        serves it."""
        was_open = self._is_open
        try:
            if not was_open:
                self._api.login(self._handle, self._password, fetch_bsky_profile=False)
                self._did = str(self._api.com.atproto.server.get_session().did)
                self._is_open = True
            return call(self._api)
        except (AtProtocolError, HTTPError) as fault:
            self._is_open = False
            # A session that has ended is no refusal: the next try signs in anew.
            is_over = was_open and isinstance(fault, UnauthorizedError)
            raise (Away("signed_out") if is_over else _meaning(fault)) from fault


def _with_links(text: str) -> client_utils.TextBuilder:
    """The text with its links marked as such, which this network does not do by itself."""
    builder = client_utils.TextBuilder()
    words = text.split(" ")
    for place, word in enumerate(words):
        gap = " " if place < len(words) - 1 else ""
        if word.startswith(("https://", "http://")):
            builder.link(word, word)
            builder.text(gap)
        else:
            builder.text(word + gap)
    return builder


def _parts(uri: str) -> tuple[str, str]:
    """Whose a post is, and its own part of its name."""
    did, _mark, post = uri.removeprefix("at://").partition("/app.bsky.feed.post/")
    return did, post


def _address(uri: str, handle: str) -> str:
    return f"https://bsky.app/profile/{handle}/post/{uri.rpartition('/')[2]}"


def _meaning(fault: Exception) -> Exception:
    response = getattr(fault, "response", None)
    status = getattr(response, "status_code", None)
    if isinstance(fault, RequestErrorBase) and isinstance(status, int):
        return refused_by(status)
    return Away(type(fault).__name__)
