"""hark311 simulate: imagines the people, weather and crews of a city, and what comes of them."""

import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hark311.commands.simulating.bulk import Load, Progress
from hark311.commands.simulating.city import City
from hark311.commands.simulating.plan import Plan
from hark311.commands.simulating.profile import OURS, read_profile
from hark311.commands.simulating.staff import nobody
from hark311.commands.simulating.truth import TruthFile
from hark311.domain.errors import UnknownJurisdiction
from hark311.government.models import Jurisdiction
from hark311.government.queries import jurisdiction_by_key
from hark311.platform import clock
from hark311.platform.trouble import Trouble

EXAMPLE = "hark311 simulate --city ourtown --days 365 --cases 250000 --seed 7 --bulk"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--city", required=True, metavar="C", help="a city that is loaded")
    parser.add_argument("--days", type=int, default=120, metavar="N", help="how many (120)")
    parser.add_argument(
        "--cases", type=int, default=1500, metavar="N", help="about how many (1500)"
    )
    parser.add_argument("--seed", default="1", metavar="S", help="same seed, same city (1)")
    parser.add_argument(
        "--until", type=date.fromisoformat, metavar="DAY", help="the day after the last (today)"
    )
    parser.add_argument(
        "--bulk", action="store_true", help="by COPY, for millions; stop everything else first"
    )
    parser.add_argument("--profile", type=Path, default=OURS, metavar="FILE", help="other habits")
    parser.add_argument("--processes", type=int, default=2, metavar="N", help="for --bulk (2)")
    parser.add_argument(
        "--truth", type=Path, metavar="FILE", help="where to write which cases are the same thing"
    )


def run(args: Namespace) -> int:
    """Simulate; progress goes to stderr, what was done is the last line of stdout."""
    jurisdiction = _city(args.city)
    zone = ZoneInfo(jurisdiction.zone)
    last = args.until or clock.now().astimezone(zone).date()
    days = [last - timedelta(days=back) for back in reversed(range(1, args.days + 1))]
    profile = read_profile(args.profile)
    city = City(
        jurisdiction,
        profile,
        f"{args.seed}:{jurisdiction.key}",
        days=(days[0], last),
        places=min(max(args.cases // 5, 2000), 60_000),
    )
    residents = max(round(args.cases * profile.number("reporting.residents_a_case")), 200)
    plan = Plan(
        city, profile, args.seed, a_day=args.cases / args.days, residents=min(residents, 300_000)
    )
    plan.scale_to(args.cases, days)
    load = Load(
        plan,
        nobody(jurisdiction),
        days=days,
        until=datetime.combine(last, time(), zone).astimezone(UTC),
        words={
            "city": args.city,
            "days": args.days,
            "cases": args.cases,
            "seed": args.seed,
            "until": last.isoformat(),
        },
    )
    with TruthFile(args.truth) as truth:
        cases = load.run(
            processes=args.processes, truth=truth.add, progress=_tell, restoring=_tell_restored
        )
    print(f"simulated {cases} cases")
    return 0


def _tell(so_far: Progress) -> None:
    print(
        f"{so_far.cases:,} cases, part {so_far.parts:,} of {so_far.of_parts:,}",
        file=sys.stderr,
        flush=True,
    )


def _tell_restored(made: int, of: int) -> None:
    print(f"index {made} of {of}", file=sys.stderr, flush=True)


def _city(key: str) -> Jurisdiction:
    try:
        return jurisdiction_by_key(key)
    except UnknownJurisdiction:
        raise Trouble(f"no city {key!r} is loaded: use hark311 city load first") from None
