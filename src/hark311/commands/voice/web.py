"""Asks the telephone's pages as a provider does, with signed forms, more than once if need be."""

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp
from twilio.request_validator import RequestValidator

from hark311.platform import log

TRIES, PAUSE_S, WITHIN_S = 4, 0.5, 10.0

_log = log.get(__name__)


class PagesAway(Exception):
    """The pages could not be reached or refused; the call cannot go on."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Where the telephone's pages are. base: as http://127.0.0.1:8311."""

    base: str
    token: str
    session: aiohttp.ClientSession

    async def ask(self, path: str, form: Mapping[str, str]) -> str:
        """What the page at ``path`` says. Raises PagesAway."""
        url = path if path.startswith("http") else f"{self.base}{path}"
        headers = {"X-Twilio-Signature": self._signature(url, form)}
        for tried in range(TRIES):
            if tried:
                await asyncio.sleep(PAUSE_S * tried)
            try:
                async with self.session.post(url, data=dict(form), headers=headers) as response:
                    text = await response.text()
                    if response.status < 400:
                        return text
                    _log.warning("page_refused", path=path, status=response.status)
                    if response.status < 500:
                        raise PagesAway(path)
            except (aiohttp.ClientError, TimeoutError) as away:
                _log.warning("page_away", path=path, kind=type(away).__name__)
        raise PagesAway(path)

    async def hand_over(self, recording: bytes, form: Mapping[str, str]) -> str:
        """Where a recording is kept. Raises PagesAway."""
        url = f"{self.base}/channels/voice/recordings"
        fields = {**form, "Sha256": hashlib.sha256(recording).hexdigest()}
        data = aiohttp.FormData(fields)
        data.add_field("file", recording, filename="recording.wav", content_type="audio/wav")
        headers = {"X-Twilio-Signature": self._signature(url, fields)}
        try:
            async with self.session.post(url, data=data, headers=headers) as response:
                if response.status >= 400:
                    raise PagesAway("recordings")
                return await response.text()
        except (aiohttp.ClientError, TimeoutError) as away:
            raise PagesAway("recordings") from away

    async def get(self, url: str) -> bytes:
        """A recorded prompt. Raises PagesAway."""
        try:
            async with self.session.get(url) as response:
                if response.status >= 400:
                    raise PagesAway(url)
                return await response.read()
        except (aiohttp.ClientError, TimeoutError) as away:
            raise PagesAway(url) from away

    def _signature(self, url: str, form: Mapping[str, str]) -> str:
        signature: str = RequestValidator(self.token).compute_signature(url, dict(form))
        return signature


def new_session() -> aiohttp.ClientSession:
    """Connections for all calls together."""
    return aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=WITHIN_S),
        connector=aiohttp.TCPConnector(limit=64),
    )
