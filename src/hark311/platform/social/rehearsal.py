"""Stands for every network in a demo: what would go out lies in the outbox, and reaches nobody."""

import json
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from hark311.platform.social.network import Picture, Published


class Rehearsal:
    """One file for each post and message, under the name of its network."""

    def __init__(self, network: str) -> None:
        self._network = network

    def name(self) -> str:
        return "rehearsal"

    def publish(
        self, text: str, *, language: str, picture: Picture | None = None, answers: str = ""
    ) -> Published:
        alternative = picture.alternative if picture else ""
        return Published(
            self._put(text=text, language=language, alternative=alternative, answers=answers)
        )

    def take_back(self, key: str) -> None:
        (_folder() / f"{key}.json").unlink(missing_ok=True)

    def write_to(self, author: str, text: str, *, answers: str = "") -> str:
        return self._put(to=author, text=text, answers=answers)

    def _put(self, **said: str) -> str:
        key = f"{self._network}-{uuid4().hex[:12]}"
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{key}.json").write_text(json.dumps(said, ensure_ascii=False, indent=1))
        return key


def _folder() -> Path:
    return Path(settings.DATA) / "outbox" / "social"
