"""At which instants the sweeps of a simulated city look for what fell due."""

from datetime import UTC, datetime, timedelta

SWEEP_EVERY = timedelta(hours=3)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def first_round(at: datetime) -> datetime:
    """The first of these instants from ``at`` on, in UTC."""
    return _EPOCH + -((_EPOCH - at) // SWEEP_EVERY) * SWEEP_EVERY
