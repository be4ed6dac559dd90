"""hark311 import cases: brings the cases of another system into a city."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from django.conf import settings
from tqdm import tqdm

from hark311.commands.importing.engine import Job, import_export, processes_for
from hark311.commands.importing.importer import Tally
from hark311.commands.importing.profile import read_profile
from hark311.commands.importing.reading import check_export
from hark311.commands.which_city import city_named
from hark311.platform.trouble import Trouble

EXAMPLE = "hark311 import cases requests.csv --profile nyc --city ourtown"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=("cases",), metavar="cases")
    parser.add_argument(
        "file", type=Path, help="the export, or a folder of which the last one by name is taken"
    )
    parser.add_argument("--profile", required=True, metavar="P", help="a name, or a YAML file")
    parser.add_argument("--city", default="", metavar="C", help="which loaded city takes them")
    parser.add_argument(
        "--rejects",
        type=Path,
        metavar="FILE",
        help="where refused rows go (the data folder, as <file>.rejected.csv)",
    )
    parser.add_argument(
        "--files", type=Path, metavar="DIR", help="the folder of pictures that rows name"
    )
    parser.add_argument(
        "--follow",
        type=Path,
        metavar="LIST",
        help="while both systems are in use: list in what they differ, as CSV",
    )


def run(args: Namespace) -> int:
    """Import one file; progress goes to stderr, the tally is the last line of stdout."""
    profile = read_profile(args.profile)
    jurisdiction = city_named(args.city)
    export = check_export(_newest(args.file), profile)
    rejects = args.rejects or settings.DATA / f"{export.path.name}.rejected.csv"
    job = Job(export, jurisdiction, rejects, args.follow, args.files)
    with _bar(export.rows) as bar:
        tally, differences = import_export(
            job,
            progress=lambda so_far: _show(bar, so_far),
            processes=processes_for(export.rows),
        )
    if args.follow is not None:
        told = ", ".join(f"{what} {count}" for what, count in sorted(differences.items()))
        print(f"differences: {told or 'none'}: {args.follow}", file=sys.stderr)
    if tally.rejected:
        print(f"refused rows: {rejects}", file=sys.stderr)
    print(tally)
    return 0


def _bar(rows: int) -> "tqdm[Any]":
    """A bar on a terminal; elsewhere a line now and then."""
    pace_s = 0.2 if sys.stderr.isatty() else 10
    return tqdm(total=rows, unit="rows", file=sys.stderr, mininterval=pace_s, leave=True)


def _show(bar: "tqdm[Any]", tally: Tally) -> None:
    bar.set_postfix_str(str(tally), refresh=False)
    bar.update(tally.rows - bar.n)


def _newest(path: Path) -> Path:
    """The file, or of a folder the file with the last name, since names of exports hold days."""
    if not path.is_dir():
        return path
    files = sorted(each for each in path.iterdir() if each.is_file() and each.name[0] != ".")
    if not files:
        raise Trouble(f"{path} is an empty folder")
    return files[-1]
