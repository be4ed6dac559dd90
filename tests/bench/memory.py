"""How much memory the whole demonstration takes after a thousand requests, PostgreSQL included.

    script/bench memory [--data DIR] [--requests N]

Each process counts with its own pages and its share of those it shares (PSS).
"""

import http.client
import json
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path

from tests.bench.load import family_of
from tests.bench.place import free_port, served

MOST_MB = 700
_PAGES = (
    "/",
    "/report",
    "/track",
    "/cases",
    "/map",
    "/es/",
    "/open311/v2/requests.json?page_size=50",
    "/open311/v2/services.json",
    "/open311/discovery.xml",
    "/static/hark/tokens.css",
)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, help="the folder of a demonstration; else a new one")
    parser.add_argument("--requests", type=int, default=1000)


def run(args: Namespace) -> int:
    with tempfile.TemporaryDirectory(prefix="hark311-memory-") as folder:
        Path(folder).chmod(0o711)
        data = args.data or Path(folder)
        port = free_port()
        with served(
            "demo", data, port, {"HARK311_DEMO": "yes"}, words=("--city", "atlanta")
        ) as root:
            at_rest = megabytes(data, root)
            _ask(port, args.requests)
            after = megabytes(data, root)
    total = round(sum(after.values()), 1)
    for name, size in after.most_common():
        print(f"{size:8.1f} MB  {name}")
    print(f"{total:8.1f} MB  in all; {sum(at_rest.values()):.1f} before; wanted ≤ {MOST_MB}")
    print(json.dumps({"megabytes": total, "most": MOST_MB, "parts": dict(after)}))
    return 0 if total <= MOST_MB else 1


def megabytes(data: Path, root: int) -> Counter[str]:
    """The proportional share of memory, by what each process does."""
    found: Counter[str] = Counter()
    for process in family_of(data, root):
        entry = Path("/proc") / str(process)
        try:
            lines = (entry / "smaps_rollup").read_text().splitlines()
            words = (entry / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        size = next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
        found[_role(words)] += round(size / 1024, 1)
    return found


def _role(command: str) -> str:
    for word, role in (
        ("postgres.guard", "database guard"),
        ("postgres", "PostgreSQL"),
        ("config.wsgi", "web"),
        ("config.live", "live"),
        ("media_child", "pictures"),
        ("worker", "worker"),
        ("demo", "supervisor"),
    ):
        if word in command:
            return role
    return "others"


def _ask(port: int, count: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for number in range(count):
        connection.request("GET", _PAGES[number % len(_PAGES)])
        answer = connection.getresponse()
        answer.read()
        if answer.status >= 500:
            sys.exit(f"{_PAGES[number % len(_PAGES)]} answers {answer.status}")
