"""Puts load on a place that runs: wrk over HTTP, pgbench with the same statements."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

_WRK = ("wrk", "-t1", "--timeout", "20s")
_LUA = Path(__file__).with_name("requests.lua")


@dataclass(frozen=True)
class Request:
    """One request, ready to be sent."""

    path: str
    method: str = "GET"
    cookie: str = ""
    body: str = ""


@dataclass(frozen=True)
class Load:
    """What came of it: answers a second, and how long the median and one in 100 took."""

    per_s: float
    p50_ms: float
    p99_ms: float


def seconds_of_work(folder: Path, root: int) -> float:
    """Processor time that a place's processes and its database have used up so far."""
    ticks = 0.0
    for process in family_of(folder, root):
        try:
            fields = (Path("/proc") / str(process) / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        # Its own, and that of children which have ended.
        ticks += sum(int(fields[place]) for place in (11, 12))
    return ticks / os.sysconf("SC_CLK_TCK")


def family_of(folder: Path, root: int) -> set[int]:
    """The processes below one, and those of the database server of a data folder."""
    parents: dict[int, int] = {}
    found = {root}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            parents[int(entry.name)] = int(
                (entry / "stat").read_text().rsplit(")", 1)[1].split()[1]
            )
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if os.fsencode(str(folder.resolve() / "postgres")) in command:
            found.add(int(entry.name))
    size = 0
    while size != len(found):
        size = len(found)
        found |= {child for child, parent in parents.items() if parent in found}
    return found


def over_http(
    base: str, requests: Sequence[Request], *, connections: int, seconds: int, warm: int = 2
) -> Load:
    """Send the requests in turn over so many connections, each waiting for its answer."""
    if not shutil.which("wrk"):
        sys.exit("wrk is needed: apt-get install wrk")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        for one in requests:
            file.write(f"{one.method}\t{one.path}\t{one.cookie}\t{one.body}\n")
        file.flush()
        for span in (warm, seconds) if warm else (seconds,):
            told = subprocess.run(
                [
                    "wrk",
                    "-t1",
                    f"-c{connections}",
                    f"-d{span}s",
                    "--timeout",
                    "20s",
                    "-s",
                    str(_LUA),
                    base,
                ],
                env=os.environ | {"BENCH_REQUESTS": file.name},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
    found = re.search(r"TOLD (\d+) (\d+) (\d+) (\d+) (\d+)", told)
    if not found:
        sys.exit(f"wrk said nothing: {told}")
    answers, duration_us, wrong, p50_us, p99_us = map(int, found.groups())
    if wrong:
        sys.exit(f"{wrong} of {answers} requests like {requests[0].path} went wrong")
    return Load(round(answers / duration_us * 1e6, 1), p50_us / 1000, p99_us / 1000)


def in_database(
    pgbench: Path, url: str, scripts: Sequence[str], *, connections: int, seconds: int
) -> float:
    """How often a second the database alone runs one of the scripts, drawn at random."""
    parts = conninfo_to_dict(url)
    where = {
        "PGHOST": str(parts["host"]),
        "PGUSER": str(parts["user"]),
        "PGPASSWORD": str(parts.get("password", "")),
        "PGDATABASE": str(parts["dbname"]),
        "PGPORT": str(parts.get("port", "")),
    }
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, script in enumerate(scripts):
            path = Path(folder) / f"{number}.sql"
            path.write_text(script)
            files += ["-f", str(path)]
        run = subprocess.run(
            [
                str(pgbench),
                "-n",
                "-M",
                "prepared",
                f"-c{connections}",
                "-j1",
                f"-T{seconds}",
                *files,
            ],
            env=os.environ | {name: value for name, value in where.items() if value},
            capture_output=True,
            text=True,
        )
    found = re.search(r"tps = ([\d.]+)", run.stdout)
    if run.returncode or not found or "aborted" in run.stderr:
        sys.exit(f"pgbench failed: {run.stderr[-2000:]}\n{scripts[0]}")
    return float(found[1])
