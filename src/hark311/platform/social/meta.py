"""The city's pages and numbers at Meta: Facebook, Instagram, Messenger and WhatsApp."""

from collections.abc import Mapping
from typing import Any

import requests

from hark311.platform.social.network import (
    TIMEOUT_S,
    Away,
    Picture,
    Published,
    Refused,
    refused_by,
)

GRAPH = "https://graph.facebook.com/v23.0"


class MetaAccount:
    """kind: facebook, instagram, messenger or whatsapp. own_id: of the page, account or number."""

    def __init__(self, kind: str, own_id: str, token: str, *, graph: str = GRAPH) -> None:
        self._kind, self._own, self._token, self._graph = kind, own_id, token, graph

    def name(self) -> str:
        return str(self._ask("GET", self._own)["id"])

    def publish(
        self, text: str, *, language: str, picture: Picture | None = None, answers: str = ""
    ) -> Published:
        if answers:
            part = "replies" if self._kind == "instagram" else "comments"
            return Published(str(self._post(f"{answers}/{part}", {"message": text})["id"]))
        if self._kind == "instagram":
            return self._picture_post(text, picture)
        if picture:
            said = {
                "url": picture.address,
                "caption": text,
                "alt_text_custom": picture.alternative,
            }
            made = self._post(f"{self._own}/photos", said)
            key = str(made.get("post_id") or made["id"])
        else:
            key = str(self._post(f"{self._own}/feed", {"message": text})["id"])
        return Published(key, f"https://www.facebook.com/{key}")

    def take_back(self, key: str) -> None:
        if self._kind == "instagram":
            # The network lets nobody remove a post but by hand.
            raise Refused("by_hand")
        try:
            self._ask("DELETE", key)
        except Refused as refused:
            if refused.reason != "status_404":
                raise

    def write_to(self, author: str, text: str, *, answers: str = "") -> str:
        if self._kind == "whatsapp":
            said: Mapping[str, Any] = {
                "messaging_product": "whatsapp",
                "to": author,
                "type": "text",
                "text": {"body": text},
            }
            return str(self._post(f"{self._own}/messages", said)["messages"][0]["id"])
        # A private answer to a public comment opens the talk.
        to = {"comment_id": answers} if answers else {"id": author}
        said = {"recipient": to, "messaging_type": "RESPONSE", "message": {"text": text}}
        return str(self._post(f"{self._own}/messages", said)["message_id"])

    def _picture_post(self, text: str, picture: Picture | None) -> Published:
        if picture is None:
            raise Refused("needs_picture")
        said = {
            "image_url": picture.address,
            "caption": text,
            "alt_text": picture.alternative,
        }
        box = self._post(f"{self._own}/media", said)
        made = self._post(f"{self._own}/media_publish", {"creation_id": box["id"]})
        return Published(str(made["id"]))

    def _post(self, path: str, said: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._ask("POST", path, said)

    def _ask(
        self, verb: str, path: str, said: Mapping[str, Any] | None = None
    ) -> Mapping[str, Any]:
        try:
            answer = requests.request(
                verb,
                f"{self._graph}/{path}",
                json=said,
                headers={"Authorization": f"Bearer {self._token}"},
                timeout=TIMEOUT_S,
            )
            if not answer.ok:
                raise refused_by(answer.status_code)
            found: Mapping[str, Any] = answer.json()
        except (requests.RequestException, ValueError) as fault:
            raise Away(type(fault).__name__) from fault
        return found
