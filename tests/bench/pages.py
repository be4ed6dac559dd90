"""How long pages take on the server, at whatever number of cases a data folder holds.

    script/bench pages --data DIR [--visits N] [words of names ...]

Each page is asked for in this process, through every layer but the network, with other values
each time; the first visits warm what is kept. A ratio over 1 is over the limit.
"""

import json
import os
import random
import statistics
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice

WARM = 5


@dataclass(frozen=True)
class Page:
    """One page, and the addresses it is asked for at. limit_ms: of the slowest but one in 100."""

    name: str
    limit_ms: float
    addresses: Callable[[], Iterator[str]]
    is_staff: bool = False


@dataclass(frozen=True)
class Figure:
    """Times in milliseconds; ratio: the median against the limit."""

    name: str
    ratio: float
    p50_ms: float
    p99_ms: float
    limit_ms: float
    queries: int
    kilobytes: float
    visits: int


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--data", required=True, help="a data folder with cases")
    parser.add_argument("--visits", type=int, default=100)
    parser.add_argument("names", nargs="*", help="only pages whose names hold one of these words")


def run(args: Namespace) -> int:
    os.environ["HARK311_DATA"] = args.data
    os.environ["DJANGO_SETTINGS_MODULE"] = "hark311.config.settings"
    os.environ.setdefault("HARK311_HOSTS", "testserver,127.0.0.1")

    import django  # settings are read once the folder is known

    django.setup()
    from hark311.commands.main import database_for
    from hark311.commands.verbs import Database

    with database_for(Database.APPLICATION):
        figures = measure(args)
    print(json.dumps([asdict(figure) for figure in figures], indent=1))
    return 0


def measure(args: Namespace) -> list[Figure]:
    from django.test import Client
    from tests.bench.ground import Ground

    ground = Ground(random.Random(311))
    clients = {False: Client(), True: Client()}
    clients[True].force_login(ground.supervisor())
    print(f"{ground.counted():,} cases; times in ms; ratio: median against the limit", flush=True)
    print(f"{'ratio':>6} {'p50':>8} {'p99':>8} {'limit':>6} {'queries':>8} {'kB':>6}  page")
    figures = []
    for page in pages(ground):
        if args.names and not any(word in page.name for word in args.names):
            continue
        figure = _measured(page, clients[page.is_staff], args.visits)
        figures.append(figure)
        print(
            f"{figure.ratio:6.2f} {figure.p50_ms:8.1f} {figure.p99_ms:8.1f} {figure.limit_ms:6.0f}"
            f" {figure.queries:8} {figure.kilobytes:6.1f}  {figure.name}",
            flush=True,
        )
    return figures


def pages(ground: "Ground") -> Sequence[Page]:  # noqa: F821  # known once Django is set up
    """Every page that is measured."""
    return (
        Page("home", 50, ground.always("/")),
        Page("a case", 50, ground.public_cases("/track/{}")),
        Page("cases, newest", 50, ground.always("/cases")),
        Page("cases, closed", 50, ground.always("/cases?state=closed")),
        Page("cases, of a service", 50, ground.services("/cases?service={}")),
        Page("cases, of an area", 50, ground.areas("/cases?area={}")),
        Page("map, the page", 50, ground.always("/map")),
        Page("map, 1 km", 25, ground.windows("/map/items.json?bbox={}&zoom=16", 1.0)),
        Page("map, 5 km", 50, ground.windows("/map/items.json?bbox={}&zoom=13", 5.0)),
        Page("staff, my work", 50, ground.always("/staff/"), is_staff=True),
        Page("staff, all queues", 50, ground.always("/staff/queues?all=1"), is_staff=True),
        Page("staff, a queue", 50, ground.queues("/staff/queues/{}?all=1"), is_staff=True),
        Page("staff, an incident", 50, ground.incidents("/staff/incidents/{}"), is_staff=True),
        Page(
            "staff, search a number", 80, ground.public_cases("/staff/search?q={}"), is_staff=True
        ),
        Page("staff, search words", 80, ground.words("/staff/search?q={}"), is_staff=True),
        Page("staff, what needs me", 80, ground.always("/staff/oversight"), is_staff=True),
        Page("staff, workload", 80, ground.always("/staff/workload"), is_staff=True),
    )


def _measured(page: Page, client: object, visits: int) -> Figure:
    from django.db import connection, reset_queries

    times: list[float] = []
    size = queries = 0
    for number, address in enumerate(islice(page.addresses(), visits + WARM)):
        begun = time.perf_counter()
        answer = client.get(address)  # type: ignore[attr-defined]
        taken = (time.perf_counter() - begun) * 1000
        if answer.status_code != 200:
            sys.exit(f"{page.name}: {address} answers {answer.status_code}")
        size = max(size, len(answer.content))
        if number >= WARM:
            times.append(taken)
        else:
            connection.force_debug_cursor = True
            reset_queries()
            client.get(address)  # type: ignore[attr-defined]
            queries = max(queries, len(connection.queries))
            connection.force_debug_cursor = False
    p50 = statistics.median(times)
    return Figure(
        name=page.name,
        ratio=round(p50 / page.limit_ms, 3),
        p50_ms=round(p50, 2),
        p99_ms=round(sorted(times)[min(len(times) - 1, int(len(times) * 0.99))], 2),
        limit_ms=page.limit_ms,
        queries=queries,
        kilobytes=round(size / 1000, 1),
        visits=len(times),
    )
