"""The articles of a city in memory, with how much each word and each meaning speaks for them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hark311.answers.meaning import matrix_of
from hark311.answers.models import Article
from hark311.answers.records import Answer, record_of
from hark311.catalog.search import stems
from hark311.language.embedder import Embedder, Matrix

_TITLE, _QUESTION, _TEXT = 1.0, 0.9, 0.3
# Sentences that are near to many others are near to any question: this part of how near they
# are to the nearest of other articles is taken off.
_CROWD, _OF_CROWD = 10, 0.7
_OWN = -2.0
# What is left below the first has nothing in common; at the second it is the same.
_FAR, _NEAR = 0.19, 0.34
_OF_MEANING = 0.85


@dataclass(frozen=True, slots=True)
class Shelf:
    """owners: for each row of ``meanings``, the place of its article; crowds: how near it is to
    the sentences of other articles."""

    answers: tuple[Answer, ...]
    words: tuple[Mapping[str, float], ...]
    rarity: Mapping[str, float]
    meanings: Matrix
    owners: tuple[int, ...]
    crowds: Matrix

    def scored(self, asked: str, model: Embedder | None) -> list[tuple[Answer, float]]:
        """Every article with how well it fits, from 0 to 1, best first."""
        by_words = self._by_words(asked)
        if model is None or not self.owners:
            scores = by_words
        else:
            by_meaning = self._by_meaning(asked, model)
            scores = [
                _OF_MEANING * near + (1 - _OF_MEANING) * said
                for near, said in zip(by_meaning, by_words, strict=True)
            ]
        return sorted(zip(self.answers, scores, strict=True), key=lambda pair: -pair[1])

    def _by_words(self, asked: str) -> list[float]:
        """How much of what was asked, weighed by how rare it is, each article says."""
        wanted = stems(asked)
        rarest = max(self.rarity.values(), default=1.0)
        whole = sum(self.rarity.get(stem, rarest) for stem in wanted)
        if not whole:
            return [0.0] * len(self.answers)
        return [
            sum(self.rarity[stem] * said[stem] for stem in wanted if stem in said) / whole
            for said in self.words
        ]

    def _by_meaning(self, asked: str, model: Embedder) -> list[float]:
        """How near the nearest of each article's sentences is."""
        near = self.meanings @ model.embed([asked])[0] - _OF_CROWD * self.crowds
        best = [_FAR] * len(self.answers)
        for owner, one in zip(self.owners, near.tolist(), strict=True):
            best[owner] = max(best[owner], one)
        return [min(1.0, (one - _FAR) / (_NEAR - _FAR)) for one in best]


def made_shelf(rows: Sequence[Article], model: Embedder | None) -> Shelf:
    """The shelf of these articles; without a model they are found by words alone."""
    answers = tuple(record_of(row) for row in rows)
    words = tuple(_weights(answer) for answer in answers)
    spread: dict[str, int] = {}
    for said in words:
        for stem in said:
            spread[stem] = spread.get(stem, 0) + 1
    kept = [matrix_of(row, model) for row in rows] if model else []
    meanings = np.concatenate(kept) if kept else np.zeros((0, 0), dtype=np.float32)
    owners = tuple(place for place, rows_of in enumerate(kept) for _row in rows_of)
    return Shelf(
        answers=answers,
        words=words,
        rarity={stem: math.log(1 + len(words) / count) for stem, count in spread.items()},
        meanings=meanings,
        owners=owners,
        crowds=_crowds(meanings, np.array(owners)),
    )


def _crowds(meanings: Matrix, owners: npt.NDArray[np.int64]) -> Matrix:
    """For each sentence, how near the nearest of other articles are to it, on the whole."""
    if len(set(owners.tolist())) < 2:
        return np.zeros(len(owners), dtype=np.float32)
    near = meanings @ meanings.T
    near[owners[:, None] == owners[None, :]] = _OWN
    nearest = np.sort(near, axis=1)[:, -_CROWD:]
    counts = nearest > _OWN
    crowds: Matrix = np.where(counts, nearest, 0.0).sum(axis=1) / counts.sum(axis=1)
    return crowds.astype(np.float32)


def _weights(answer: Answer) -> dict[str, float]:
    said: dict[str, float] = {}
    for weight, texts in (
        (_TEXT, answer.texts.values()),
        (_QUESTION, [one for many in answer.questions.values() for one in many]),
        (_TITLE, answer.titles.values()),
    ):
        for text in texts:
            for stem in stems(text):
                said[stem] = max(weight, said.get(stem, 0.0))
    return said
