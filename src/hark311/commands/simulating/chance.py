"""Chance that repeats itself: streams named by seed and purpose, and weighted draws."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


def stream(seed: str, *purpose: object) -> Random:
    """A source of chance of its own for each purpose: drawing more from one moves no other."""
    return Random(":".join([seed, *map(str, purpose)]))  # noqa: S311  # it must repeat itself


class Draw(Generic[Thing]):
    """Draws by weight, quickly and often."""

    __slots__ = ("_reach", "things")

    def __init__(self, things: Sequence[Thing], weights: Sequence[float]) -> None:
        self.things = tuple(things)
        self._reach = list(accumulate(weights))

    @classmethod
    def of(cls, shares: Mapping[Thing, float]) -> "Draw[Thing]":
        return cls(list(shares), list(shares.values()))

    def one(self, rng: Random) -> Thing:
        return rng.choices(self.things, cum_weights=self._reach)[0]
