"""hark311 taught: writes what closed cases teach as messages to learn from."""

import json
from argparse import ArgumentParser, Namespace

from hark311.cases.queries.taught import taught_by_closed_cases
from hark311.commands.which_city import city_named

EXAMPLE = "hark311 taught --city mytown > taught.jsonl"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--city", default="", help="the key of a loaded city")
    parser.add_argument(
        "--corrected", action="store_true", help="only where staff chose another service"
    )


def run(args: Namespace) -> int:
    """One line of JSON a closed case: its masked words and the service staff settled on."""
    for one in taught_by_closed_cases(city_named(args.city).pk):
        if one.is_corrected or not args.corrected:
            line = {"text": one.text, "service": one.service_code, "language": one.language}
            print(json.dumps(line, ensure_ascii=False))
    return 0
