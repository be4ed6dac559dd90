"""hark311 import cases: brings the cases of another system into a city."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.conf import settings

from hark311.commands.importing.engine import Tally, import_export
from hark311.commands.importing.profile import read_profile
from hark311.commands.importing.reading import check_export
from hark311.commands.which_city import city_named

EXAMPLE = "hark311 import cases requests.csv --profile nyc --city ourtown"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=("cases",), metavar="cases")
    parser.add_argument("file", type=Path, help="the export, as CSV in UTF-8")
    parser.add_argument("--profile", required=True, metavar="P", help="a name, or a YAML file")
    parser.add_argument("--city", default="", metavar="C", help="which loaded city takes them")
    parser.add_argument(
        "--rejects",
        type=Path,
        metavar="FILE",
        help="where refused rows go (the data folder, as <file>.rejected.csv)",
    )


def run(args: Namespace) -> int:
    """Import one file; progress goes to stderr, the tally is the last line of stdout."""
    profile = read_profile(args.profile)
    jurisdiction = city_named(args.city)
    export = check_export(args.file, profile)
    rejects = args.rejects or settings.DATA / f"{args.file.name}.rejected.csv"
    tally = import_export(
        export,
        profile,
        jurisdiction,
        rejects=rejects,
        progress=lambda so_far: _tell(so_far, export.rows),
    )
    if tally.rejected:
        print(f"refused rows: {rejects}", file=sys.stderr)
    print(tally)
    return 0


def _tell(tally: Tally, rows: int) -> None:
    print(f"{tally.rows:,} of {rows:,} rows: {tally}", file=sys.stderr, flush=True)
