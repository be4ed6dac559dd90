"""hark311 city: checks and loads city packs."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from hark311.catalog.pack.check import check_pack
from hark311.commands.load_city import load_city
from hark311.domain.errors import BadPack
from hark311.platform.trouble import Trouble

EXAMPLE = "hark311 city load cities/mytown --dry-run"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("verb", choices=("check", "load"), metavar="check|load")
    parser.add_argument("folder", type=Path, help="the folder of the pack")
    parser.add_argument("--dry-run", action="store_true", help="only say what loading would change")


def run(args: Namespace) -> int:
    """Check or load one pack; every fault is named by file, line and remedy."""
    if not args.folder.is_dir():
        raise Trouble(f"{args.folder} is not a folder. Name the folder of a city pack.")
    if args.verb == "check":
        return _report(check_pack(args.folder))
    try:
        jurisdiction, changes = load_city(args.folder, is_dry=args.dry_run)
    except BadPack as bad:
        faults = bad.facts.get("faults")
        return _report(list(faults) if isinstance(faults, tuple) else [bad])
    for change in changes:
        print(change)
    done = "would change" if args.dry_run else "changed"
    print(f"{jurisdiction.key}: {len(changes)} {done}")
    return 0


def _report(faults: Sequence[object]) -> int:
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(faults)} faults" if faults else "no faults")
    return 2 if faults else 0
