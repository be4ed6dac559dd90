"""Turns sentences and recorded prompts into sound, each once: what was spoken is kept on disk."""

import asyncio
import io
import shutil
import wave
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SPEAKER = "espeak-ng"
_WORDS_A_MINUTE = "150"
_TAPS = 63
# Whatever else is asked for is read by its own voice, if there is one, else as English.
_VOICES = {
    "en": "en-us",
    "es": "es-419",
    "cmn": "cmn",
    "arb": "ar",
    "pt": "pt-br",
}


class Speech:
    """Sound for sentences, at one rate. kept_in: a folder; what is in it may be deleted."""

    def __init__(self, kept_in: Path, rate: int = 8000) -> None:
        self._folder, self._rate = kept_in, rate
        self._known: dict[str, bytes] = {}
        self._under_way: dict[str, asyncio.Task[bytes]] = {}
        # As many at once as do not make calls stutter.
        self._room = asyncio.Semaphore(2)
        self._folder.mkdir(parents=True, exist_ok=True)

    async def say(self, text: str, language: str) -> bytes:
        """The sound of a sentence; nothing if no speaker is installed."""
        name = sha256(f"{self._rate}:{language}:{text}".encode()).hexdigest()
        known = self._known.get(name)
        if known is not None:
            return known
        task = self._under_way.get(name)
        if task is None:
            task = asyncio.ensure_future(self._made(name, text, language))
            self._under_way[name] = task
        return await asyncio.shield(task)

    def recorded(self, content: bytes) -> bytes:
        """The sound of a WAV file, brought to the rate of the call."""
        return resampled(content, self._rate)

    async def _made(self, name: str, text: str, language: str) -> bytes:
        path = self._folder / f"{name}.pcm"
        if path.is_file():
            sound = path.read_bytes()
        else:
            async with self._room:
                sound = await self._spoken(text, language)
            fresh = path.with_suffix(".new")
            fresh.write_bytes(sound)
            fresh.replace(path)
        self._known[name] = sound
        self._under_way.pop(name, None)
        return sound

    async def _spoken(self, text: str, language: str) -> bytes:
        if shutil.which(SPEAKER) is None:
            return b""
        process = await asyncio.create_subprocess_exec(
            *(SPEAKER, "-v", _voice(language), "-s", _WORDS_A_MINUTE, "--stdout", "--stdin"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        spoken, _nothing = await process.communicate(text.encode())
        return resampled(spoken, self._rate) if spoken else b""


def resampled(content: bytes, rate: int) -> bytes:
    """16-bit sound of one channel at ``rate``, out of a WAV file."""
    # espeak-ng writes a length that it does not know yet; the bytes say it.
    with wave.open(io.BytesIO(content)) as sound:
        at, channels = sound.getframerate(), sound.getnchannels()
    samples = np.frombuffer(content[44 : len(content) - len(content) % 2], dtype="<i2")
    mono = samples[: len(samples) - len(samples) % channels].reshape(-1, channels)[:, 0]
    if at == rate or not len(mono):
        return mono.astype("<i2").tobytes()
    whole = mono.astype(np.float64)
    low = _below(whole, rate / at) if rate < at else whole
    places = np.arange(int(len(mono) * rate / at)) * (at / rate)
    moved = np.interp(places, np.arange(len(mono)), low)
    return bytes(np.clip(moved, -32768, 32767).astype("<i2").tobytes())


def tone(rate: int, *, hertz: int = 1000, seconds: float = 0.3) -> bytes:
    """A tone, as before a recording."""
    at = np.arange(int(rate * seconds)) / rate
    return bytes((np.sin(2 * np.pi * hertz * at) * 8000).astype("<i2").tobytes())


def loudness(sound: bytes) -> float:
    """How loud sound is on average, 0 to 32767."""
    samples = np.frombuffer(sound, dtype="<i2")
    return float(np.sqrt(np.mean(samples.astype(np.float64) ** 2))) if len(samples) else 0.0


def _below(sound: NDArray[np.float64], part: float) -> NDArray[np.float64]:
    """Sound without what is above the new rate's reach."""
    at = np.arange(_TAPS) - (_TAPS - 1) / 2
    taps = np.sinc(at * part * 0.9) * np.hamming(_TAPS)
    return np.convolve(sound, taps / taps.sum(), mode="same").astype(np.float64)


def _voice(language: str) -> str:
    base = language.lower().split("-")[0]
    return _VOICES.get(base, base)
