"""Fills a demonstration: loads its city, makes its accounts, lives the last 120 days.

What happens is decided by city and day alone, so every demonstration of a city lives the same,
and a later start goes on where the last one stopped.
"""

import sys
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

import hark311
from hark311.access.keys import ensure_demo_key
from hark311.cases.queries.simulated import told_until
from hark311.commands.demonstration.accounts import demo_actor, ensure_accounts
from hark311.commands.demonstration.alerts import ensure_alerts
from hark311.commands.demonstration.waiting import ensure_drafts
from hark311.commands.load_city import load_city
from hark311.commands.simulating.bulk import print_at_once
from hark311.commands.simulating.city import City
from hark311.commands.simulating.living import Living
from hark311.commands.simulating.plan import Plan
from hark311.commands.simulating.profile import read_profile
from hark311.commands.simulating.staff import Staff, nobody
from hark311.domain.actor import Role
from hark311.domain.vocabulary import Origin
from hark311.government.models import Jurisdiction
from hark311.platform import clock
from hark311.platform.trouble import Trouble

DAYS = 120
WANTED = 1500
PLACES = 2000
RESIDENTS = 600
# The keys by which a life is known again are kept for thirty days.
GOES_ON_DAYS = 28
_PACKAGE = Path(hark311.__file__).resolve().parent
CITIES = _PACKAGE.parents[1] / "cities"
# What reads a pack; when it changes, the pack is read again.
_READERS = (_PACKAGE / "catalog", _PACKAGE / "government", _PACKAGE / "places")


def load(city: str) -> None:
    """Load the pack that the demonstration shows, unless it is loaded as it stands."""
    folder = CITIES / city
    if not city or not folder.is_dir():
        known = ", ".join(sorted(each.name for each in CITIES.glob("*/")))
        raise Trouble(f"there is no city {city!r} to show: use --city with one of {known}")
    note = settings.DATA / f"{city}.loaded"
    stand = _stand_of(folder, *_READERS)
    loaded = Jurisdiction.objects.filter(key=city, is_demo=True).first()
    if loaded and note.exists() and note.read_text() == f"{stand} {loaded.pack_digest}":
        return
    jurisdiction, _changes = load_city(folder)
    if not jurisdiction.is_demo:
        jurisdiction.is_demo = True
        jurisdiction.save(update_fields=["is_demo"])
    note.write_text(f"{stand} {jurisdiction.pack_digest}")


def _stand_of(*folders: Path) -> str:
    """A digest that changes when a file of the folders does, is added or goes."""
    files = sorted(
        path
        for folder in folders
        for path in folder.rglob("*.*")
        if path.is_file() and path.suffix != ".pyc"
    )
    stands = ((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files)
    return sha256(repr(list(stands)).encode()).hexdigest()


def people(city: str) -> None:
    """Make the demonstration's accounts and its key."""
    ensure_accounts(Jurisdiction.objects.get(key=city))
    ensure_demo_key()


def cases(city: str) -> None:
    """Live the days that are not lived yet."""
    top_up(Jurisdiction.objects.get(key=city), now=clock.now())


def drafts(city: str) -> None:
    """Put a few drafts in the inbox, where none was yet."""
    ensure_drafts(Jurisdiction.objects.get(key=city), now=clock.now())


def alerts(city: str) -> None:
    """Tell what is wrong in the sample city, once."""
    jurisdiction = Jurisdiction.objects.get(key=city)
    chief = demo_actor(Role.SUPERVISOR, jurisdiction)
    ensure_alerts(jurisdiction, actor=replace(chief, origin=Origin.LIVE), now=clock.now())


def seed(
    jurisdiction: Jurisdiction, *, now: datetime, days: int = DAYS, wanted: int = WANTED
) -> int:
    """Live the last ``days`` up to ``now``, about ``wanted`` cases; return how many there are.

    The accounts must be there.
    """
    return _live(jurisdiction, _days_up_to(now, days, jurisdiction), now, wanted / days, None)


def top_up(
    jurisdiction: Jurisdiction, *, now: datetime, days: int = DAYS, wanted: int = WANTED
) -> int:
    """Live on from where the last start stopped: old lives go on, new ones begin."""
    told = told_until(jurisdiction.pk)
    if told is None:
        return seed(jurisdiction, now=now, days=days, wanted=wanted)
    zone = ZoneInfo(jurisdiction.zone)
    missing = (now.astimezone(zone).date() - told.astimezone(zone).date()).days + 1
    told_days = _days_up_to(now, min(days, missing + GOES_ON_DAYS), jurisdiction)
    return _live(jurisdiction, told_days, now, wanted / days, told)


def _days_up_to(now: datetime, days: int, jurisdiction: Jurisdiction) -> list[date]:
    today = now.astimezone(ZoneInfo(jurisdiction.zone)).date()
    return [today - timedelta(days=back) for back in reversed(range(days))]


def _live(
    jurisdiction: Jurisdiction,
    days: list[date],
    now: datetime,
    a_day: float,
    told: datetime | None,
) -> int:
    profile, seed = read_profile(), jurisdiction.key
    city = City(jurisdiction, profile, seed, days=(days[0], days[-1]), places=PLACES)
    plan = Plan(city, profile, seed, a_day=a_day, residents=RESIDENTS)
    lives = [life for day in days for part in plan.parts(day) for life in plan.lives(part)]
    staff = _staff(jurisdiction)
    if told is None:
        return print_at_once(lives, city, staff, until=now, seed=seed)
    return Living(city, staff, seed, told=told).tell(lives, now, _say)


def _staff(jurisdiction: Jurisdiction) -> Staff:
    supervisor = demo_actor(Role.SUPERVISOR, jurisdiction)
    return Staff(
        system=nobody(jurisdiction).system,
        workers=(
            demo_actor(Role.CREW, jurisdiction),
            demo_actor(Role.AGENT, jurisdiction),
            supervisor,
        ),
        chief=supervisor,
    )


def _say(end: datetime) -> None:
    print(f"sample cases up to {end.date().isoformat()}", file=sys.stderr, flush=True)
