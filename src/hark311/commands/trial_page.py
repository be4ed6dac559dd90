"""hark311 trial-page: writes what a trial found; hark311 trial calls it in its own hub."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from hark311.commands.importing.profile import read_profile
from hark311.commands.trying.findings import findings_of
from hark311.commands.trying.page import page_of
from hark311.commands.which_city import city_named
from hark311.platform import clock, paper

EXAMPLE = "hark311 trial-page page.html --profile requests.profile.yaml"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("page", type=Path, help="where the HTML goes; the PDF stands beside it")
    parser.add_argument("--profile", required=True, help="how the file was read")
    parser.add_argument("--file", default="", help="the file's name, for the page")
    parser.add_argument("--tally", default="", help="what its import counted")
    parser.add_argument("--rejects", type=Path, default=Path("rejects.csv"), help="refused rows")
    parser.add_argument("--name", default="", help="the city's name")
    parser.add_argument("--guessed", action="store_true", help="nobody gave the profile")


def run(args: Namespace) -> int:
    """Write the page; the names of the files written are the last line."""
    now = clock.now()
    found = findings_of(city_named(""), args.rejects, now=now)
    html = page_of(
        found,
        read_profile(args.profile),
        city=args.name,
        file=args.file,
        tally=args.tally,
        made_at=now,
        is_guessed=args.guessed,
    )
    args.page.write_text(html, encoding="utf-8")
    written = [args.page]
    try:
        pdf = args.page.with_suffix(".pdf")
        pdf.write_bytes(paper.pdf_of(html))
        written.append(pdf)
    except paper.NoPress as missing:
        print(f"no PDF: {missing}", file=sys.stderr)
    print("\n".join(map(str, written)))
    return 0
