"""hark311 trial: shows what a city cannot see in the export of the system that it has today."""

import shutil
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from hark311.commands.trying.columns import columns_of
from hark311.commands.trying.guess import Guess, guess
from hark311.commands.trying.hub import Hub, middle_of, write_city, write_profile, zone_of
from hark311.commands.trying.sample import Sample, sample_of
from hark311.platform.trouble import Trouble

EXAMPLE = "hark311 trial requests.csv --out ."


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="an export of any system, as CSV or JSON")
    parser.add_argument(
        "--out", type=Path, default=Path(), metavar="DIR", help="where the page goes (here)"
    )
    parser.add_argument("--profile", metavar="P", help="a profile, instead of a guess")
    parser.add_argument("--name", default="", help="the city's name, for the title")


def run(args: Namespace) -> int:
    """Import the file into a hub of its own, write one page about it, and leave nothing else."""
    if not args.out.is_dir():
        raise Trouble(f"{args.out} is not a folder")
    sample = sample_of(args.file)
    guessed = guess(columns_of(sample.names, sample.rows))
    if guessed.missing and not args.profile:
        raise Trouble(_missing(args.file, guessed))
    folder = Path(tempfile.mkdtemp(prefix="hark311-trial-"))
    try:
        _try(args, sample, guessed, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _try(args: Namespace, sample: Sample, guessed: Guess, folder: Path) -> None:
    middle = middle_of(sample, guessed)
    zone = zone_of(middle)
    write_city(folder / "pack", middle, zone)
    profile = args.out / f"{args.file.stem}.profile.yaml"
    if args.profile:
        profile = args.profile
    else:
        write_profile(profile, sample, guessed, zone)
        print(f"profile: {profile}", file=sys.stderr)
    hub = Hub(folder / "data")
    hub.run("migrate")
    hub.run("city", "load", str(folder / "pack"))
    rejects = folder / "rejects.csv"
    tally = hub.run(
        "import",
        "cases",
        str(args.file),
        "--profile",
        str(profile),
        "--rejects",
        str(rejects),
        shows=True,
    )
    page = args.out / f"{args.file.stem}.trial.html"
    words = ["trial-page", str(page), "--file", args.file.name, "--tally", tally]
    words += ["--profile", str(profile), "--rejects", str(rejects), "--name", args.name]
    hub.run(*words, *([] if args.profile else ["--guessed"]), shows=True, prints=True)


def _missing(path: Path, guessed: Guess) -> str:
    words = {
        "id": "a number that is different on every row",
        "opened": "the day of reporting",
        "closed": "the day of closing or a status",
        "kind": "what it is about",
    }
    lacking = ", ".join(words[name] for name in guessed.missing)
    return f"{path}: no column looks like {lacking}; write a profile and give it with --profile"
