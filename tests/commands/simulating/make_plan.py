"""Makes small cities to simulate, for tests."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from hark311.commands import demo_city
from hark311.commands.load_city import load_city
from hark311.commands.simulating.city import City
from hark311.commands.simulating.plan import Plan
from hark311.commands.simulating.profile import OURS, read_profile
from hark311.government.models import Jurisdiction

UNTIL = date(2026, 6, 1)
PLACES = "smallville"


def eventful(folder: Path) -> Path:
    """A profile by which rare things happen often."""
    habits = yaml.safe_load(OURS.read_text())
    habits["plots"] = dict.fromkeys(habits["plots"], 1)
    habits["sightings"]["counts"] = {1: 5, 2: 2, 3: 1}
    habits["after"] |= {"disputed": 0.4, "rated": 0.6}
    habits["disputes"] = dict.fromkeys(habits["disputes"], 1)
    habits["dishonest"] = 0.2
    path = folder / "eventful.yaml"
    path.write_text(yaml.safe_dump(habits))
    return path


def loaded(city: str = PLACES) -> Jurisdiction:
    jurisdiction, _changes = load_city(demo_city.CITIES / city)
    return jurisdiction


def days_of(days: int) -> list[date]:
    return [UNTIL - timedelta(days=back) for back in reversed(range(1, days + 1))]


def midnight(jurisdiction: Jurisdiction) -> datetime:
    """When the days that are simulated are over."""
    zone = ZoneInfo(jurisdiction.zone)
    return datetime.combine(UNTIL, time(), zone).astimezone(UTC)


def plan_of(
    jurisdiction: Jurisdiction,
    *,
    days: int,
    a_day: float,
    seed: str = "1",
    profile: Path | None = None,
) -> Plan:
    habits = read_profile(profile or OURS)
    first, last = days_of(days)[0], UNTIL
    city = City(jurisdiction, habits, f"{seed}:{jurisdiction.key}", days=(first, last), places=60)
    return Plan(city, habits, seed, a_day=a_day, residents=100)


def lives_of(plan: Plan, days: int) -> list:
    return [life for day in days_of(days) for part in plan.parts(day) for life in plan.lives(part)]
