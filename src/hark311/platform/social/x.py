"""The city's account on X."""

from io import BytesIO
from typing import Any

import tweepy
from requests import RequestException

from hark311.platform.social.network import Away, Picture, Published, Refused, refused_by


class XAccount:
    """keys: consumer key and secret, access token and secret, in this order."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        key, secret, token, token_secret = keys
        self._api = tweepy.Client(
            consumer_key=key,
            consumer_secret=secret,
            access_token=token,
            access_token_secret=token_secret,
        )
        self._media = tweepy.API(tweepy.OAuth1UserHandler(key, secret, token, token_secret))

    def name(self) -> str:
        return str(self._ask(self._api.get_me).data["username"])

    def publish(
        self, text: str, *, language: str, picture: Picture | None = None, answers: str = ""
    ) -> Published:
        media = [self._upload(picture)] if picture else None
        made = self._ask(
            self._api.create_tweet,
            text=text,
            media_ids=media,
            in_reply_to_tweet_id=answers or None,
        )
        key = str(made.data["id"])
        return Published(key, f"https://x.com/i/status/{key}")

    def take_back(self, key: str) -> None:
        try:
            self._ask(self._api.delete_tweet, key)
        except Refused as refused:
            if refused.reason != "status_404":
                raise

    def write_to(self, author: str, text: str, *, answers: str = "") -> str:
        made = self._ask(self._api.create_direct_message, participant_id=author, text=text)
        return str(made.data["dm_event_id"])

    def _upload(self, picture: Picture) -> str:
        ending = picture.content_type.rpartition("/")[2]
        kept = self._ask(
            self._media.simple_upload, f"picture.{ending}", file=BytesIO(picture.content)
        )
        self._ask(self._media.create_media_metadata, kept.media_id, picture.alternative)
        return str(kept.media_id)

    def _ask(self, call: Any, *values: Any, **named: Any) -> Any:
        try:
            return call(*values, **named)
        except tweepy.HTTPException as fault:
            raise refused_by(fault.response.status_code) from fault
        except (tweepy.TweepyException, RequestException) as fault:
            raise Away(type(fault).__name__) from fault
