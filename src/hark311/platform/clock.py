"""The one clock: everything that asks for the time asks here, so that it can be held still."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hark311.domain.errors import NaiveTimestamp


@dataclass(slots=True)
class _Hands:
    """Where the clock is held for the whole process, threads included; None lets it run."""

    held_at: datetime | None = None


_hands = _Hands()


def now() -> datetime:
    """Return the present instant in UTC, or the one at which the clock is held."""
    return _hands.held_at or datetime.now(UTC)  # noqa: TID251  # this is the clock


class HeldClock:
    """A clock that stands still until it is moved."""

    @property
    def at(self) -> datetime:
        return now()

    def move_to(self, at: datetime) -> None:
        """Stand at ``at`` from now on. Raises NaiveTimestamp if it has no zone."""
        _hands.held_at = _in_utc(at)

    def move_by(self, span: timedelta) -> None:
        _hands.held_at = now() + span


@contextmanager
def held(at: datetime) -> Iterator[HeldClock]:
    """Hold the clock of this process at ``at``, for tests and simulations.

    Raises NaiveTimestamp if ``at`` has no zone.
    """
    before, _hands.held_at = _hands.held_at, _in_utc(at)
    try:
        yield HeldClock()
    finally:
        _hands.held_at = before


def _in_utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise NaiveTimestamp(at=at.isoformat())
    return at.astimezone(UTC)
