"""Fills a demonstration: loads its city, makes its accounts, tells the last 120 days.

What happens is decided by the day alone, so every demonstration of a city tells the same, and a
later start adds only the days since the last one.
"""

import heapq
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction

import hark311
from hark311.access.keys import ensure_demo_key
from hark311.cases.queries.simulated import newest_demo_case
from hark311.cases.sweeps import sweep_clocks, sweep_questions
from hark311.commands.demonstration.accounts import ensure_accounts
from hark311.commands.demonstration.cast import cast_of
from hark311.commands.demonstration.reports import Reporters
from hark311.commands.demonstration.stories import Steps, story_of
from hark311.commands.load_city import load_city
from hark311.government.models import Jurisdiction
from hark311.platform import clock
from hark311.platform.trouble import Trouble

DAYS = 120
WANTED = 1500
_Waiting = tuple[datetime, int, Steps]
CITIES = Path(hark311.__file__).resolve().parents[2] / "cities"


def load(city: str) -> None:
    """Load the pack that the demonstration shows; nothing changes if it is loaded already."""
    folder = CITIES / city
    if not city or not folder.is_dir():
        known = ", ".join(sorted(each.name for each in CITIES.glob("*/")))
        raise Trouble(f"there is no city {city!r} to show: use --city with one of {known}")
    jurisdiction, _changes = load_city(folder)
    if not jurisdiction.is_demo:
        jurisdiction.is_demo = True
        jurisdiction.save(update_fields=["is_demo"])


def people(city: str) -> None:
    """Make the demonstration's accounts and its key."""
    ensure_accounts(Jurisdiction.objects.get(key=city))
    ensure_demo_key()


def cases(city: str) -> None:
    """Tell the days that are not told yet."""
    top_up(Jurisdiction.objects.get(key=city), now=clock.now())


def seed(
    jurisdiction: Jurisdiction, *, now: datetime, days: int = DAYS, wanted: int = WANTED
) -> int:
    """Tell the last ``days`` up to ``now``, about ``wanted`` cases; return how many stories began.

    The accounts must be there. Telling a day again tells only what is new in it.
    """
    return _tell(jurisdiction, _days_up_to(now, days, jurisdiction), now, wanted / days)


def top_up(
    jurisdiction: Jurisdiction, *, now: datetime, days: int = DAYS, wanted: int = WANTED
) -> int:
    """Tell the days since the newest sample case, its own included; at most ``days``."""
    newest = newest_demo_case(jurisdiction.pk)
    if newest is None:
        return seed(jurisdiction, now=now, days=days, wanted=wanted)
    zone = ZoneInfo(jurisdiction.zone)
    missing = (now.astimezone(zone).date() - newest.astimezone(zone).date()).days + 1
    told = _days_up_to(now, min(days, missing), jurisdiction)
    return _tell(jurisdiction, told, now, wanted / days)


def _days_up_to(now: datetime, days: int, jurisdiction: Jurisdiction) -> list[date]:
    today = now.astimezone(ZoneInfo(jurisdiction.zone)).date()
    return [today - timedelta(days=back) for back in reversed(range(days))]


def _tell(jurisdiction: Jurisdiction, days: list[date], now: datetime, a_day: float) -> int:
    reporters, cast = Reporters(jurisdiction, a_day=a_day), cast_of(jurisdiction)
    stage: list[_Waiting] = []
    for day in days:
        for report in reporters.of_day(day):
            story = story_of(report, reporters, cast)
            heapq.heappush(stage, (next(story), len(stage), story))
    begun = sum(at <= now for at, _number, _story in stage)
    while stage and stage[0][0] <= now:
        end = min(stage[0][0] + timedelta(days=1), now)
        _tell_until(stage, end)
        print(f"sample cases up to {end.date().isoformat()}", file=sys.stderr, flush=True)
    _tell_until(stage, now)
    return begun


@transaction.atomic
def _tell_until(stage: list[_Waiting], end: datetime) -> None:
    """Take the steps of all stories in the order of time, then sweep what fell due by ``end``.

    One transaction for a day: fewer commits, and the planner still sees the tables grow.
    """
    while stage and stage[0][0] <= end:
        at, number, story = heapq.heappop(stage)
        with clock.held(at):
            following = next(story, None)
        if following is not None:
            heapq.heappush(stage, (following, number, story))
    with clock.held(end):
        _sweep()


def _sweep() -> None:
    while sweep_clocks() or sweep_questions():
        pass
