"""How much a place serves over HTTP, beside what its database does with the same statements.

    script/bench speed --data DIR [--quick] [--check] [--store] [--out FILE] [words of names ...]

A ratio is what Hark311 reaches of what PostgreSQL alone reaches (pgbench, the same statements
and values, as many connections). Work is the processor time that one request takes, the database
and what follows from it included: on a busy machine it tells more than what came in a second.
wrk, the place and PostgreSQL share this machine. A run adds the cases that it reports; what
pgbench wrote is taken out again.
"""

import json
import os
import platform
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path

from tests.bench.load import Load, Request, in_database, over_http, seconds_of_work
from tests.bench.place import free_port, served

STORED = Path(__file__).with_name("stored.json")
WORSE = 0.85
"""A ratio below this share of the stored one fails ``--check``."""
SLOW_FLUSH_MICROSECONDS = 1000


@dataclass(frozen=True)
class Operation:
    """What is asked for, how many ask at once, and what is wanted of it."""

    name: str
    requests: Sequence[Request]
    connections: int
    least_per_s: float | None = None
    most_p99_ms: float | None = None
    is_intake: bool = False


@dataclass(frozen=True)
class Figure:
    """One operation, measured. ratio: of what the database does alone."""

    name: str
    ratio: float
    per_s: float
    p50_ms: float
    p99_ms: float
    work_ms: float
    database_per_s: float
    connections: int
    least_per_s: float | None
    most_p99_ms: float | None
    is_met: bool


@dataclass(frozen=True)
class Place:
    """What is measured while it serves."""

    base: str
    data: Path
    process: int
    seconds: int

    def load(self, one: Operation) -> tuple[Load, float]:
        """What came of it, and the processor time of one request in milliseconds."""
        # The first reports to a process wait for what it keeps from then on.
        warm = 5 if one.is_intake else 1
        over_http(self.base, one.requests, connections=one.connections, seconds=warm, warm=0)
        before = seconds_of_work(self.data, self.process)
        load = over_http(
            self.base, one.requests, connections=one.connections, seconds=self.seconds, warm=0
        )
        spent = seconds_of_work(self.data, self.process) - before
        return load, spent * 1000 / max(1.0, load.per_s * self.seconds)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, help="a data folder with cases")
    parser.add_argument("--quick", action="store_true", help="a second or two of each")
    parser.add_argument("--check", action="store_true", help="fail if worse than what is stored")
    parser.add_argument("--store", action="store_true", help="store these ratios")
    parser.add_argument("--out", type=Path, help="write the JSON there as well")
    parser.add_argument("names", nargs="*", help="only what has one of these words in its name")


def run(args: Namespace) -> int:
    port = free_port()
    command = [Path(sys.executable).with_name("hark311"), "migrate", "--data", args.data]
    subprocess.run([str(part) for part in command], check=True, stdout=sys.stderr)
    _settle(args.data, port)
    from hark311.commands.main import database_for
    from hark311.commands.verbs import Database

    with database_for(Database.APPLICATION):
        result = measure(args, port)
    text = json.dumps(result, indent=1)
    print(text)
    if args.out:
        args.out.write_text(text + "\n")
    stored = json.loads(STORED.read_text()) if STORED.exists() else {}
    if args.store:
        STORED.write_text(json.dumps(stored | {result["size"]: _ratios(result)}, indent=1) + "\n")
    return check(result, stored.get(result["size"], {})) if args.check else 0


def check(result: dict[str, object], stored: dict[str, float]) -> int:
    """1 if a ratio is 15 % worse than the stored one; says which."""
    worse = [
        f"{name}: {ratio:.3f}, stored {stored[name]:.3f}"
        for name, ratio in _ratios(result).items()
        if ratio < stored.get(name, 0) * WORSE
    ]
    for line in worse:
        print(f"worse: {line}", file=sys.stderr)
    return 1 if worse else 0


def measure(args: Namespace, port: int) -> dict[str, object]:
    from hark311.platform.postgres.server import attach

    operations = list(_operations(port))
    wanted = [one for one in operations if not args.names or _is_named(one, args.names)]
    server = attach(args.data)
    seconds = 2 if args.quick else 8
    try:
        alone = {one.name: _alone(one, server, seconds // 2) for one in wanted}
        _say_head()
        figures = []
        with served("serve", args.data, port) as process:
            served_place = Place(f"http://127.0.0.1:{port}", args.data, process, seconds)
            for one in wanted:
                figures.append(_figure(one, *served_place.load(one), alone[one.name]))
            for one in (one for one in wanted if one.is_intake):
                with _flush_of(server, SLOW_FLUSH_MICROSECONDS):
                    loaded = served_place.load(one)
                slow = replace(one, name=f"{one.name}, slow disk")
                figures.append(_figure(slow, *loaded, alone[one.name]))
    finally:
        server.leave()
    return _result(figures)


def _operations(port: int) -> Iterator[Operation]:
    """Everything that is measured; requests are drawn anew at each run, by the same seed."""
    from random import Random

    from tests.bench.ground import Ground

    ground = Ground(Random(311))
    cookie = ground.cookie_of(ground.supervisor())

    def many(addresses: object, count: int = 300) -> list[Request]:
        return [Request(path) for path in islice(addresses(), count)]  # type: ignore[operator]

    def staff(addresses: object, count: int = 60) -> list[Request]:
        return [replace(one, cookie=cookie) for one in many(addresses, count)]

    always = ground.always
    body = [
        Request("/open311/v2/requests.json", "POST", body=text)
        for text in islice(ground.reports(), 300)
    ]
    yield Operation("intake", body, 16, least_per_s=300, most_p99_ms=60, is_intake=True)
    one = ground.public_cases("/open311/v2/requests/{}.json")
    yield Operation("read one", many(one, 2000), 16, least_per_s=1500)
    newest = always("/open311/v2/requests.json?page_size=50")
    yield Operation("newest 50", many(newest, 1), 16, least_per_s=600)
    window = ground.windows("/map/items.json?bbox={}&zoom=16", 1.0)
    yield Operation("map, 1 km", many(window), 2, most_p99_ms=25)
    queue = ground.queues("/staff/queues/{}?all=1")
    yield Operation("queue page", staff(queue), 2, most_p99_ms=80)
    yield Operation("search words", staff(ground.words("/staff/search?q={}")), 2, most_p99_ms=80)
    incident = ground.incidents("/staff/incidents/{}")
    yield Operation("incident page", staff(incident), 2, most_p99_ms=80)
    yield Operation("what needs me", staff(always("/staff/oversight"), 1), 2, most_p99_ms=80)
    yield Operation("home", many(always("/"), 1), 2, most_p99_ms=50)
    yield Operation("a case", many(ground.public_cases("/track/{}")), 2, most_p99_ms=50)
    yield Operation("cases, newest", many(always("/cases"), 1), 2, most_p99_ms=50)
    yield Operation("cases, closed", many(always("/cases?state=closed"), 1), 2, most_p99_ms=50)
    yield Operation("cases, of an area", many(ground.areas("/cases?area={}")), 2, most_p99_ms=50)


def _alone(one: Operation, server: object, seconds: int) -> float:
    """Runs a second of what the database does for such requests, without anybody asking."""
    from django.db import connections
    from django.test import Client
    from tests.bench.captured import Capture
    from tests.bench.leavings import leavings_taken_out

    def ask(request: Request) -> None:
        client = Client(headers={"Cookie": request.cookie} if request.cookie else None)
        form = "application/x-www-form-urlencoded"
        answer = client.generic(request.method, request.path, request.body, form)
        if answer.status_code >= 400:
            sys.exit(f"{request.path} answers {answer.status_code}: {answer.content[:300]!r}")

    samples = one.requests[: 1 if one.is_intake else 40]
    for request in samples[:4]:
        ask(request)
    with leavings_taken_out(server):
        scripts = [Capture().of(lambda request=request: ask(request)) for request in samples]
        connections.close_all()
        url = server.roles.application  # type: ignore[attr-defined]
        pgbench = server.programs / "pgbench"  # type: ignore[attr-defined]
        return in_database(
            pgbench, url, scripts, connections=one.connections, seconds=max(seconds, 2)
        )


@contextmanager
def _flush_of(server: object, microseconds: int) -> Iterator[None]:
    import psycopg

    url = server.roles.superuser  # type: ignore[attr-defined]
    with psycopg.connect(url, autocommit=True) as connection:
        for name, value in (("commit_delay", microseconds), ("commit_siblings", 0)):
            connection.execute(f"ALTER SYSTEM SET {name} = {value}")
        connection.execute("SELECT pg_reload_conf()")
        try:
            yield
        finally:
            for name in ("commit_delay", "commit_siblings"):
                connection.execute(f"ALTER SYSTEM RESET {name}")
            connection.execute("SELECT pg_reload_conf()")


def _figure(one: Operation, load: Load, work_ms: float, database: float) -> Figure:
    is_met = (one.least_per_s is None or load.per_s >= one.least_per_s) and (
        one.most_p99_ms is None or load.p99_ms <= one.most_p99_ms
    )
    figure = Figure(
        name=one.name,
        ratio=round(load.per_s / database, 4),
        per_s=load.per_s,
        p50_ms=load.p50_ms,
        p99_ms=load.p99_ms,
        work_ms=round(work_ms, 3),
        database_per_s=round(database, 1),
        connections=one.connections,
        least_per_s=one.least_per_s,
        most_p99_ms=one.most_p99_ms,
        is_met=is_met,
    )
    limits = [f"≥ {one.least_per_s:.0f}/s" if one.least_per_s else ""]
    limits += [f"p99 ≤ {one.most_p99_ms:.0f} ms" if one.most_p99_ms else ""]
    print(
        f"{figure.ratio:7.3f} {figure.per_s:9.1f} {figure.p50_ms:8.1f} {figure.p99_ms:8.1f}"
        f" {figure.work_ms:8.2f} {figure.database_per_s:10.1f}  {figure.name:24}"
        f" {'met' if is_met else 'MISSED':6} {', '.join(filter(None, limits))}",
        flush=True,
    )
    return figure


def _say_head() -> None:
    columns = f"{'p50 ms':>8} {'p99 ms':>8} {'work ms':>8} {'database/s':>10}"
    print(f"{'ratio':>7} {'a second':>9} {columns}")


def _result(figures: Sequence[Figure]) -> dict[str, object]:
    from tests.bench.ground import Ground

    from hark311.platform import clock

    cases = Ground.counted()
    return {
        "cases": cases,
        "size": str(10 ** round(len(str(cases)) - (0 if cases * 2 > 10 ** len(str(cases)) else 1))),
        "at": clock.now().isoformat(timespec="seconds"),
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        "figures": [asdict(figure) for figure in figures],
    }


def _ratios(result: dict[str, object]) -> dict[str, float]:
    figures: list[dict[str, float]] = result["figures"]  # type: ignore[assignment]
    return {str(one["name"]): one["ratio"] for one in figures}


def _is_named(one: Operation, words: Sequence[str]) -> bool:
    return any(word in one.name for word in words)


def _settle(data: Path, port: int) -> None:
    """What the settings read must be there before they are read."""
    os.environ["HARK311_DATA"] = str(data)
    os.environ["HARK311_PORT"] = str(port)
    os.environ["DJANGO_SETTINGS_MODULE"] = "hark311.config.settings"
    os.environ.setdefault("HARK311_HOSTS", "testserver,127.0.0.1")
    os.environ.setdefault("HARK311_LOG_LEVEL", "error")
    import django

    django.setup()
