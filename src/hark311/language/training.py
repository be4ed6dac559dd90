"""Learns heads from examples; the same examples on the same machine give the same bytes.

Every fifth example of a label is set apart to find how sharp and how mixed the reading should be;
then everything is learned from.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from hark311.language.embedder import Embedder, Matrix
from hark311.language.examples import Example
from hark311.language.grams import BUCKETS, pieces
from hark311.language.heads import Head, empty_head

_APART = 5
_FEWEST_TO_SET_APART = 3
_SHARES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_SHARPNESSES = (0.6, 0.8, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5)
# Where too little is known to find out.
_SHARE, _SHARPNESS = 0.6, 1.0
# How closely each reading follows its examples.
_MEANING_TRUST, _PIECES_TRUST = 0.3, 30.0
_STEPS = 80


class Balance(StrEnum):
    """Whether labels with few examples are as likely beforehand as those with many."""

    EVEN = "even"
    AS_TOLD = "as_told"


@dataclass(frozen=True, slots=True)
class _Said:
    """Examples as numbers."""

    texts: tuple[str, ...]
    labels: npt.NDArray[np.int64]
    meaning: Matrix | None
    pieces: csr_matrix
    rarity: npt.NDArray[np.float32]
    balance: Balance

    def part(self, chosen: npt.NDArray[np.bool_]) -> "_Said":
        return _Said(
            texts=tuple(text for text, keep in zip(self.texts, chosen, strict=True) if keep),
            labels=self.labels[chosen],
            meaning=None if self.meaning is None else self.meaning[chosen],
            pieces=self.pieces[chosen],
            rarity=self.rarity,
            balance=self.balance,
        )


def train_head(
    examples: Sequence[Example], embedder: Embedder | None, *, balance: Balance = Balance.EVEN
) -> Head:
    """The head that tells the labels of ``examples`` apart. A minute for ten thousand of them."""
    told = sorted(set(examples))
    names = sorted({one.label for one in told})
    size = embedder.size if embedder else 1
    if len(names) < 2:
        return empty_head(names, size)
    said = _said(told, names, embedder, balance)
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        apart = _apart(said.labels)
        share, sharpness = _mix(said, apart, names, size)
        return _fit(said, names, size, share=share, sharpness=sharpness)


def _mix(
    said: _Said, apart: npt.NDArray[np.bool_], names: Sequence[str], size: int
) -> tuple[float, float]:
    if said.meaning is None or not apart.any():
        return _SHARE, _SHARPNESS
    first = _fit(said.part(~apart), names, size, share=_SHARE, sharpness=_SHARPNESS)
    return _best_mix(first, said.part(apart))


def _said(
    told: Sequence[Example], names: Sequence[str], embedder: Embedder | None, balance: Balance
) -> _Said:
    texts = tuple(one.text for one in told)
    place = {name: index for index, name in enumerate(names)}
    counted, rarity = _counted(texts)
    return _Said(
        texts=texts,
        labels=np.array([place[one.label] for one in told], dtype=np.int64),
        meaning=embedder.embed(texts) if embedder else None,
        pieces=counted,
        rarity=rarity,
        balance=balance,
    )


def _counted(texts: Sequence[str]) -> tuple[csr_matrix, npt.NDArray[np.float32]]:
    """The pieces of each text, those of many texts counting little, each row of length one."""
    rows = [pieces(text) for text in texts]
    spread = np.zeros(BUCKETS, dtype=np.float32)
    for places, _counts in rows:
        spread[places] += 1
    rarity = (np.log((1 + len(rows)) / (1 + spread)) + 1).astype(np.float16).astype(np.float32)
    starts, places_of, values = [0], [], []
    for places, counts in rows:
        weights = counts * rarity[places]
        places_of.append(places)
        values.append(weights / (float(np.linalg.norm(weights)) or 1.0))
        starts.append(starts[-1] + len(places))
    counted = csr_matrix(
        (np.concatenate(values), np.concatenate(places_of), np.array(starts)),
        shape=(len(rows), BUCKETS),
    )
    return counted, rarity


def _apart(labels: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """True for every fifth example of a label that has some."""
    apart = np.zeros(len(labels), dtype=np.bool_)
    for label in np.unique(labels):
        places = np.flatnonzero(labels == label)
        if len(places) >= _FEWEST_TO_SET_APART:
            apart[places[2::_APART]] = True
    return apart


def _fit(said: _Said, names: Sequence[str], size: int, *, share: float, sharpness: float) -> Head:
    head = empty_head(names, size)
    meaning, meaning_bias = head.meaning, head.meaning_bias
    if said.meaning is not None:
        middle = said.meaning.mean(axis=0)
        spread = float(said.meaning.std()) or 1.0
        meaning, meaning_bias = _weights(
            (said.meaning - middle) / spread, said, _MEANING_TRUST, len(names)
        )
        meaning = meaning / spread
        meaning_bias = meaning_bias - middle @ meaning
    piece_weights, piece_bias = _weights(said.pieces, said, _PIECES_TRUST, len(names))
    return Head(
        labels=tuple(names),
        meaning=meaning,
        meaning_bias=meaning_bias,
        piece_weights=piece_weights,
        piece_bias=piece_bias,
        rarity=said.rarity,
        sharpness=sharpness,
        share=share,
    )


def _weights(
    rows: Matrix | csr_matrix, said: _Said, trust: float, count: int
) -> tuple[Matrix, npt.NDArray[np.float32]]:
    weight = "balanced" if said.balance is Balance.EVEN else None
    model = LogisticRegression(C=trust, max_iter=_STEPS, tol=1e-5, class_weight=weight)
    model.fit(rows, said.labels)
    weights = np.zeros((rows.shape[1], count), dtype=np.float32)
    bias = np.full(count, -30.0, dtype=np.float32)
    if len(model.classes_) == 2:
        weights[:, model.classes_[1]] = model.coef_[0]
        bias[model.classes_] = (0.0, model.intercept_[0])
    else:
        weights[:, model.classes_] = model.coef_.T
        bias[model.classes_] = model.intercept_
    return weights, bias


def _best_mix(head: Head, apart: _Said) -> tuple[float, float]:
    """The share and sharpness under which what was set apart is least surprising."""
    assert apart.meaning is not None  # noqa: S101  # asked before
    by_meaning = _logs((apart.meaning @ head.meaning + head.meaning_bias).astype(np.float32))
    by_pieces = _logs(apart.pieces @ head.piece_weights + head.piece_bias)
    rows = np.arange(len(apart.labels))

    def surprise(mix: tuple[float, float]) -> float:
        share, sharpness = mix
        mixed = _logs((share * by_meaning + (1 - share) * by_pieces) * sharpness)
        return -float(mixed[rows, apart.labels].mean())

    return min(((a, b) for a in _SHARES for b in _SHARPNESSES), key=surprise)


def _logs(scores: npt.NDArray[np.floating[Any]]) -> Matrix:
    highest = (scores - scores.max(axis=1, keepdims=True)).astype(np.float32)
    logs: Matrix = highest - np.log(np.exp(highest).sum(axis=1, keepdims=True))
    return logs
