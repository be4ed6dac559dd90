"""A head: tells one of several labels from a text's vector and from the pieces of its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from hark311.language.grams import BUCKETS, pieces

Vector = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Head:
    """Weights of two linear readings, by meaning and by pieces, and how they are mixed.

    sharpness: makes confidences mean what they say. share: of the reading by meaning.
    """

    labels: tuple[str, ...]
    meaning: npt.NDArray[np.float32]
    meaning_bias: npt.NDArray[np.float32]
    piece_weights: npt.NDArray[np.float32]
    piece_bias: npt.NDArray[np.float32]
    rarity: npt.NDArray[np.float32]
    sharpness: float
    share: float

    def confidences(self, text: str, vector: Vector | None) -> Vector:
        """How likely each label is, in the order of ``labels``; without a vector by words."""
        by_words = _even(self._by_words(text))
        if vector is None:
            return np.exp(by_words, dtype=np.float32)
        by_meaning = _even(vector @ self.meaning + self.meaning_bias)
        mixed = self.share * by_meaning + (1 - self.share) * by_words
        return np.exp(_even(mixed * self.sharpness), dtype=np.float32)

    def _by_words(self, text: str) -> Vector:
        places, counts = pieces(text)
        weights = counts * self.rarity[places]
        weights /= np.float32(np.linalg.norm(weights) or 1.0)
        scores = weights @ self.piece_weights[places] + self.piece_bias
        return scores.astype(np.float32)


def _even(scores: npt.NDArray[np.floating[Any]]) -> Vector:
    """Logarithms of parts that add up to one."""
    highest = (scores - scores.max()).astype(np.float32)
    even: Vector = highest - np.log(np.exp(highest).sum())
    return even


def as_arrays(head: Head, name: str) -> dict[str, npt.NDArray[np.generic]]:
    """The head as small arrays: weights in steps of a 127th of the largest of their label."""
    meaning, meaning_scale = _small(head.meaning)
    piece_weights, piece_scale = _small(head.piece_weights)
    return {
        f"{name}.labels": np.array(head.labels),
        f"{name}.meaning": meaning,
        f"{name}.meaning_scale": meaning_scale,
        f"{name}.meaning_bias": head.meaning_bias.astype(np.float32),
        f"{name}.pieces": piece_weights,
        f"{name}.pieces_scale": piece_scale,
        f"{name}.pieces_bias": head.piece_bias.astype(np.float32),
        f"{name}.rarity": head.rarity.astype(np.float16),
        f"{name}.mix": np.array([head.sharpness, head.share], dtype=np.float32),
    }


def from_arrays(arrays: Mapping[str, npt.NDArray[np.generic]], name: str) -> Head:
    """The head that ``as_arrays`` wrote; raises KeyError if it is not there."""
    sharpness, share = arrays[f"{name}.mix"].astype(np.float32).tolist()
    return Head(
        labels=tuple(arrays[f"{name}.labels"].tolist()),
        meaning=_full(arrays[f"{name}.meaning"], arrays[f"{name}.meaning_scale"]),
        meaning_bias=arrays[f"{name}.meaning_bias"].astype(np.float32),
        piece_weights=_full(arrays[f"{name}.pieces"], arrays[f"{name}.pieces_scale"]),
        piece_bias=arrays[f"{name}.pieces_bias"].astype(np.float32),
        rarity=arrays[f"{name}.rarity"].astype(np.float32),
        sharpness=float(sharpness),
        share=float(share),
    )


def empty_head(labels: Sequence[str], size: int) -> Head:
    """A head that finds every label as likely as every other."""
    count = len(labels)
    return Head(
        labels=tuple(labels),
        meaning=np.zeros((size, count), dtype=np.float32),
        meaning_bias=np.zeros(count, dtype=np.float32),
        piece_weights=np.zeros((BUCKETS, count), dtype=np.float32),
        piece_bias=np.zeros(count, dtype=np.float32),
        rarity=np.ones(BUCKETS, dtype=np.float32),
        sharpness=1.0,
        share=0.5,
    )


def _small(weights: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.int8], Vector]:
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-6) / 127
    return np.rint(weights / scale).astype(np.int8), scale.astype(np.float32)


def _full(weights: npt.NDArray[np.generic], scale: npt.NDArray[np.generic]) -> Vector:
    return weights.astype(np.float32) * scale.astype(np.float32)
