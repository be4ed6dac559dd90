"""hark311 simulate: imagines the people, weather and crews of a city, and what comes of them."""

import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tqdm import tqdm

from hark311.cases.queries.simulated import told_until
from hark311.commands.simulating.bulk import Load, Progress
from hark311.commands.simulating.city import City
from hark311.commands.simulating.living import Living
from hark311.commands.simulating.plan import Plan
from hark311.commands.simulating.profile import OURS, Profile, read_profile
from hark311.commands.simulating.staff import nobody
from hark311.commands.simulating.truth import TruthFile, truth_of
from hark311.domain.errors import UnknownJurisdiction
from hark311.government.models import Jurisdiction
from hark311.government.queries import jurisdiction_by_key
from hark311.platform import clock
from hark311.platform.trouble import Trouble

EXAMPLE = "hark311 simulate --city ourtown --days 365 --cases 250000 --seed 7 --speed bulk"
_FEWEST, _MOST_PLACES, _MOST_RESIDENTS = 200, 60_000, 300_000
_CASES_A_PLACE = 5


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--city", required=True, metavar="C", help="a city that is loaded")
    parser.add_argument("--days", type=_count, default=120, metavar="N", help="how many (120)")
    parser.add_argument(
        "--cases", type=_count, default=1500, metavar="N", help="about how many (1500)"
    )
    parser.add_argument("--seed", default="1", metavar="S", help="same seed, same city (1)")
    parser.add_argument(
        "--until", type=date.fromisoformat, metavar="DAY", help="the day after the last (today)"
    )
    parser.add_argument(
        "--speed",
        choices=("living", "bulk"),
        default="living",
        help="living: step by step through every rule; bulk: by COPY, alone in the database",
    )
    parser.add_argument(
        "--bulk", dest="speed", action="store_const", const="bulk", help="the same as --speed bulk"
    )
    parser.add_argument("--profile", type=Path, default=OURS, metavar="FILE", help="other habits")
    parser.add_argument("--processes", type=_count, default=2, metavar="N", help="for bulk (2)")
    parser.add_argument(
        "--truth", type=Path, metavar="FILE", help="where to write which cases are the same thing"
    )


def run(args: Namespace) -> int:
    """Simulate; progress goes to stderr, what was done is the last line of stdout."""
    jurisdiction = _city(args.city)
    zone = ZoneInfo(jurisdiction.zone)
    last = args.until or clock.now().astimezone(zone).date()
    days = [last - timedelta(days=back) for back in reversed(range(1, args.days + 1))]
    plan = _plan(jurisdiction, days, read_profile(args.profile), args)
    until = datetime.combine(last, time(), zone).astimezone(UTC)
    with TruthFile(args.truth) as truth:
        simulate = _load if args.speed == "bulk" else _live
        cases = simulate(plan, days, until, truth, args)
    print(f"simulated {cases} cases")
    return 0


def _plan(jurisdiction: Jurisdiction, days: list[date], profile: Profile, args: Namespace) -> Plan:
    places = min(max(args.cases // _CASES_A_PLACE, _FEWEST), _MOST_PLACES)
    city = City(
        jurisdiction,
        profile,
        f"{args.seed}:{jurisdiction.key}",
        days=(days[0], days[-1]),
        places=places,
    )
    wanted = round(args.cases * profile.number("reporting.residents_a_case"))
    residents = min(max(wanted, _FEWEST), _MOST_RESIDENTS)
    plan = Plan(city, profile, args.seed, a_day=args.cases / args.days, residents=residents)
    plan.scale_to(args.cases, days)
    return plan


def _load(plan: Plan, days: list[date], until: datetime, truth: TruthFile, args: Namespace) -> int:
    words = {
        "city": args.city,
        "days": args.days,
        "cases": args.cases,
        "seed": args.seed,
        "until": days[-1].isoformat(),
        "profile": args.profile.name,
    }
    load = Load(plan, nobody(plan.city.jurisdiction), days=days, until=until, words=words)
    with _bar("cases", args.cases) as bar, _bar("indexes", None) as restoring:

        def tell(so_far: Progress) -> None:
            bar.update(so_far.cases - bar.n)

        def tell_restored(made: int, of: int) -> None:
            restoring.total = of
            restoring.update(made - restoring.n)

        return load.run(
            processes=args.processes,
            truth=truth.add if args.truth else None,
            progress=tell,
            restoring=tell_restored,
        )


def _live(plan: Plan, days: list[date], until: datetime, truth: TruthFile, args: Namespace) -> int:
    """From where an earlier simulation of the city stopped, if there was one."""
    jurisdiction = plan.city.jurisdiction
    lives = [life for day in days for part in plan.parts(day) for life in plan.lives(part)]
    told = told_until(jurisdiction.pk)
    living = Living(plan.city, nobody(jurisdiction), args.seed, told=told)
    with _bar("days", args.days) as bar:
        living.tell(lives, until, lambda _end: bar.update(1))
    for life in lives:
        for line in truth_of(life, living.numbers):
            truth.add(line)
    return len(living.numbers)


def _bar(unit: str, total: int | None) -> "tqdm[Any]":
    """A bar on a terminal; elsewhere a line now and then."""
    pace_s = 0.2 if sys.stderr.isatty() else 10
    return tqdm(total=total, unit=unit, desc=unit, file=sys.stderr, mininterval=pace_s)


def _count(text: str) -> int:
    number = int(text.replace("_", "").replace(",", ""))
    if number < 1:
        raise ValueError(text)
    return number


def _city(key: str) -> Jurisdiction:
    try:
        return jurisdiction_by_key(key)
    except UnknownJurisdiction:
        raise Trouble(f"no city {key!r} is loaded: use hark311 city load first") from None
