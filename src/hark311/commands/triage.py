"""hark311 triage: says what messages mean, line by line, without a database."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator

from hark311.commands.learning import folder_of, reader_of
from hark311.language.reading import Hints, Reader
from hark311.platform.trouble import Trouble

EXAMPLE = 'hark311 triage --city mytown "there is a hole in my street"'


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--city", required=True, help="the name or folder of a city pack")
    parser.add_argument(
        "--jsonl",
        action="store_true",
        help='read {"text": …} lines, write one line of JSON for each',
    )
    parser.add_argument("text", nargs="?", help="one message, without --jsonl")


def run(args: Namespace) -> int:
    """Answer each message as it comes; a line that is none stops with its number."""
    if not args.jsonl and args.text is None:
        raise Trouble("say a message, or give messages as lines with --jsonl")
    reader = reader_of(folder_of(args.city))
    messages = _lines(sys.stdin) if args.jsonl else iter([(args.text, "")])
    for text, language in messages:
        print(json.dumps(_answer(reader, text, language), ensure_ascii=False), flush=True)
    return 0


def _lines(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The text and, if it is said, the language of the person, of each line."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            text, hint = asked["text"], asked.get("language_hint", "")
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Trouble(f'line {number} is not like {{"text": "…"}}') from None
        if not isinstance(text, str) or not isinstance(hint, str):
            raise Trouble(f'line {number} is not like {{"text": "…"}}')
        yield text, hint


def _answer(reader: Reader, text: str, language: str) -> dict[str, object]:
    reading = reader.read(text, Hints(language=language))
    return {
        "services": [choice.code for choice in reading.services],
        "confidences": [round(choice.confidence, 3) for choice in reading.services],
        "is_sure": reading.is_sure,
        "language": reading.language,
        "also": list(reading.also),
        "hazard": {
            "level": reading.hazard.level.value,
            "kind": reading.hazard.kind,
            "line": reading.hazard.line,
        },
        "intent": reading.intent.value,
        "entities": [
            {"kind": one.kind.value, "text": one.text, "value": one.value}
            for one in reading.entities
        ],
        "personal_data": [one.kind for one in reading.personal_data],
    }
