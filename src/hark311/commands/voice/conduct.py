"""Conducts one call: executes what the pages say, until somebody hangs up."""

import asyncio
import io
import math
import time
import wave
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from uuid import uuid4
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from hark311.commands.voice.speech import Speech, loudness, tone
from hark311.commands.voice.switchboard import Line, Switchboard
from hark311.commands.voice.web import Pages, PagesAway
from hark311.platform import log

FIRST = "/channels/voice/call"
ENDED = "/channels/voice/ended"
_LOUD = 150
_PUMP_S, _LISTEN_S, _CHUNK_S = 0.04, 0.04, 0.4
# What the next page is asked with, and where it is; None once the call is over.
Next = tuple[str, dict[str, str]] | None

_log = log.get(__name__)


@dataclass(slots=True)
class Conductor:
    """One call and what it needs. trunk: the host that plain numbers are dialled at, '' if none.

    waits_ms: from a key to the first sound after it, for whoever measures.
    """

    line: Line
    pages: Pages
    speech: Speech
    board: Switchboard
    trunk: str = ""
    sid: str = field(default_factory=lambda: f"CA{uuid4().hex}")
    waits_ms: list[float] = field(default_factory=list)
    _pressed_at: float | None = None

    async def run(self) -> None:
        """Answer, go from page to page, and tell the pages that it is over."""
        await self.line.answer()
        going: Next = (FIRST, {})
        try:
            while going is not None and not self.line.over.is_set():
                path, form = going
                text = await self.pages.ask(path, self._form(form))
                going = await self._execute(fromstring(text))
        except PagesAway:
            self.line.write(tone(self.line.rate, hertz=480, seconds=1.5))
            await self._drained()
        finally:
            await self.line.hang_up()
            await self._tell_end()

    async def _tell_end(self) -> None:
        try:
            await self.pages.ask(ENDED, self._form({"CallStatus": "completed"}))
        except PagesAway:
            # The sweep of silent calls ends it later.
            _log.warning("end_not_told", call=self.sid)

    def _form(self, more: Mapping[str, str]) -> dict[str, str]:
        status = {"CallStatus": "in-progress", "Direction": "inbound", "To": "311"}
        return {"CallSid": self.sid, "From": self.line.caller, **status, **more}

    async def _execute(self, response: Element) -> Next:
        for verb in response:
            does = _VERBS.get(verb.tag)
            if does is None:
                _log.warning("verb_unknown", verb=verb.tag)
                continue
            going = await does(self, verb)
            if going is not _STAY:
                return going
            if self.line.over.is_set():
                return None
        return None

    async def _speak(self, verb: Element) -> Next:
        await self._play(await self._sound(verb), stops=False)
        return _STAY

    async def _gather(self, verb: Element) -> Next:
        """Keys pressed while something is said end it."""
        sounds = [asyncio.ensure_future(self._sound(one)) for one in verb]
        for one in sounds:
            if not self.line.keys.empty():
                break
            if await self._play(await one, stops=True):
                break
        for one in sounds:
            one.cancel()
        digits = await self._keys(verb)
        return (verb.get("action", ""), {"Digits": digits}) if digits else _STAY

    async def _keys(self, verb: Element) -> str:
        most = int(verb.get("numDigits", "64"))
        last, within_s = verb.get("finishOnKey", "#"), float(verb.get("timeout", "5"))
        digits = ""
        while len(digits) < most:
            key = await self._key(within_s)
            if not key:
                break
            self._pressed_at = time.monotonic()
            if last and key in last:
                # Alone it says something, too: that there is no more.
                return digits or key
            digits += key
        return digits

    async def _key(self, within_s: float) -> str:
        """The next key, '' if none comes or the caller hangs up."""
        over = asyncio.ensure_future(self.line.over.wait())
        key = asyncio.ensure_future(self.line.keys.get())
        done, pending = await asyncio.wait(
            {over, key}, timeout=within_s, return_when=asyncio.FIRST_COMPLETED
        )
        for one in pending:
            one.cancel()
        return key.result() if key in done else ""

    async def _record(self, verb: Element) -> Next:
        """Silence alone is no recording: then the next verb follows, as providers do it."""
        self.line.write(tone(self.line.rate))
        await self._drained()
        self.line.read()
        ends, most_s = verb.get("finishOnKey", "#"), float(verb.get("maxLength", "60"))
        sound, key = await self._listened(most_s, float(verb.get("timeout", "5")), ends)
        if loudness(sound) < _LOUD:
            pressed = {"Digits": key} if key else {}
            return (verb.get("action", ""), pressed) if key else _STAY
        seconds = math.ceil(len(sound) / 2 / self.line.rate)
        where = await self.pages.hand_over(_wav(sound, self.line.rate), self._form({}))
        form = {"RecordingUrl": where, "RecordingDuration": str(seconds), "Digits": key}
        return verb.get("action", ""), form

    async def _listened(self, most_s: float, silence_s: float, ends: str) -> tuple[bytes, str]:
        """What was said, and the key that ended it."""
        heard, quiet_since = bytearray(), time.monotonic()
        until = quiet_since + most_s
        while time.monotonic() < until and not self.line.over.is_set():
            part = self.line.read()
            heard += part
            if loudness(part) > _LOUD:
                quiet_since = time.monotonic()
            if time.monotonic() - quiet_since > silence_s:
                break
            if not self.line.keys.empty():
                key = self.line.keys.get_nowait()
                if key in ends:
                    self._pressed_at = time.monotonic()
                    return bytes(heard), key
            await asyncio.sleep(_LISTEN_S)
        return bytes(heard), ""

    async def _dial(self, verb: Element) -> Next:
        """Connect with another telephone, until one of both hangs up."""
        target = next(iter(verb), None)
        number = (target.text if target is not None else verb.text) or ""
        other = await self._dialed(number.strip(), float(verb.get("timeout", "30")))
        if other is None:
            return verb.get("action", ""), {"DialCallStatus": "failed"}
        while not (self.line.over.is_set() or other.over.is_set()):
            other.write(self.line.read())
            self.line.write(other.read())
            await asyncio.sleep(0.02)
        await other.hang_up()
        return verb.get("action", ""), {"DialCallStatus": "completed"}

    async def _dialed(self, number: str, within_s: float) -> Line | None:
        if number.startswith(("sip:", "sips:")):
            return await self.board.dial(number, within_s=within_s)
        if not self.trunk:
            return None
        return await self.board.dial(f"sip:{number}@{self.trunk}", within_s=within_s)

    async def _redirect(self, verb: Element) -> Next:
        return (verb.text or "").strip(), {}

    async def _pause(self, verb: Element) -> Next:
        await self._key(float(verb.get("length", "1")))
        return _STAY

    async def _hang_up(self, verb: Element) -> Next:
        return None

    async def _sound(self, verb: Element) -> bytes:
        if verb.tag == "Play":
            return self.speech.recorded(await self.pages.get((verb.text or "").strip()))
        return await self.speech.say(verb.text or "", verb.get("language", "en-US"))

    async def _play(self, sound: bytes, *, stops: bool) -> bool:
        """Play it to its end, or up to a key; True if a key stopped it."""
        sent, chunk = 0, int(self.line.rate * _CHUNK_S) * 2
        while not self.line.over.is_set():
            if stops and not self.line.keys.empty():
                self.line.flush()
                return True
            taken = self.line.write(sound[sent : sent + chunk]) if sent < len(sound) else 0
            if taken and self._pressed_at is not None:
                self.waits_ms.append((time.monotonic() - self._pressed_at) * 1000)
                self._pressed_at = None
            sent += taken
            self.line.read()
            if sent >= len(sound) and not self.line.waiting():
                break
            await asyncio.sleep(_PUMP_S)
        return False

    async def _drained(self) -> None:
        while self.line.waiting() and not self.line.over.is_set():
            await asyncio.sleep(_PUMP_S)


# The verb is done and the next one of the same answer follows.
_STAY: Next = ("", {})
_VERBS: Mapping[str, Callable[[Conductor, Element], Awaitable[Next]]] = MappingProxyType(
    {
        "Say": Conductor._speak,
        "Play": Conductor._speak,
        "Gather": Conductor._gather,
        "Record": Conductor._record,
        "Dial": Conductor._dial,
        "Redirect": Conductor._redirect,
        "Pause": Conductor._pause,
        "Hangup": Conductor._hang_up,
    }
)


def _wav(sound: bytes, rate: int) -> bytes:
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(sound)
    return written.getvalue()
