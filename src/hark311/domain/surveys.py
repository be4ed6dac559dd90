"""When those who reported something are asked once more whether it was done, and by whom not."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hark311.domain.vocabulary import Outcome

REMIND_AFTER_DAYS = 5
CHANGE_WITHIN_DAYS = 30
# Nobody is written to at night.
_AT = time(10, 0)
_NOT_ASKED = frozenset({Outcome.WITHDRAWN, Outcome.NOT_RECORDED, Outcome.INVALID})


def is_asked_at_closing(outcome: Outcome) -> bool:
    """True where the mail of the closing asks already; what is planned cannot be judged yet."""
    return outcome not in _NOT_ASKED and outcome is not Outcome.PLANNED


def ask_at(
    closed_at: datetime, outcome: Outcome, expected_on: date | None, zone: ZoneInfo
) -> datetime | None:
    """Return when to ask those who have not answered, once; None where nobody is asked.

    Five days after the closing; what was planned, on the morning after its planned day.
    """
    if outcome in _NOT_ASKED:
        return None
    closed_on = closed_at.astimezone(zone).date()
    day = closed_on + timedelta(days=REMIND_AFTER_DAYS)
    if outcome is Outcome.PLANNED:
        if expected_on is None:
            return None
        day = max(closed_on, expected_on) + timedelta(days=1)
    return datetime.combine(day, _AT, zone)
