"""The city's account on a Mastodon server."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from mastodon import (
    Mastodon,
    MastodonAPIError,
    MastodonError,
    MastodonNotFoundError,
)

from hark311.platform.social.network import TIMEOUT_S, Away, Picture, Published, Refused

LATEST = 40


class MastodonAccount:
    """url: of the server. token: of an application with read and write."""

    def __init__(self, url: str, token: str) -> None:
        self._api = Mastodon(
            access_token=token,
            api_base_url=url,
            request_timeout=TIMEOUT_S,
            ratelimit_method="throw",
        )

    def name(self) -> str:
        return str(self._ask(self._api.account_verify_credentials)["acct"])

    def publish(
        self, text: str, *, language: str, picture: Picture | None = None, answers: str = ""
    ) -> Published:
        media = [self._upload(picture)] if picture else None
        post = self._ask(
            self._api.status_post,
            text,
            in_reply_to_id=answers or None,
            media_ids=media,
            visibility="public",
            language=language.split("-")[0],
        )
        return Published(str(post["id"]), str(post.get("url") or ""))

    def take_back(self, key: str) -> None:
        try:
            self._api.status_delete(key)
        except MastodonNotFoundError:
            return
        except MastodonError as fault:
            raise _meaning(fault) from fault

    def write_to(self, author: str, text: str, *, answers: str = "") -> str:
        """A message to one person is a post that only they can see and that names them."""
        said = self._ask(
            self._api.status_post,
            f"@{author} {text}",
            in_reply_to_id=answers or None,
            visibility="direct",
        )
        return str(said["id"])

    def news(self) -> Iterable[Mapping[str, Any]]:
        found: list[Mapping[str, Any]] = self._ask(
            self._api.notifications, types=["mention"], limit=LATEST
        )
        return found

    def _upload(self, picture: Picture) -> str:
        kept = self._ask(
            self._api.media_post,
            BytesIO(picture.content),
            mime_type=picture.content_type,
            description=picture.alternative,
        )
        return str(kept["id"])

    def _ask(self, call: Any, *values: Any, **named: Any) -> Any:
        try:
            return call(*values, **named)
        except MastodonError as fault:
            raise _meaning(fault) from fault


def _meaning(fault: MastodonError) -> Exception:
    status = next((one for one in fault.args if isinstance(one, int)), 0)
    if isinstance(fault, MastodonAPIError) and 400 <= status < 500 and status != 429:
        return Refused(f"status_{status}")
    return Away(type(fault).__name__)
