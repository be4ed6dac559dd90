"""hark311 language: learns what messages mean from examples, and measures how well."""

import resource
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.conf import settings

from hark311.commands.learning import examples_of, folder_of, reader_of
from hark311.commands.told import LABEL, TEXT, read_told
from hark311.language.embedder import Embedder, Remembering
from hark311.language.evaluating import Evaluation, Told, evaluate
from hark311.language.examples import (
    Example,
    danger_examples,
    digest_of,
    intent_examples,
    language_examples,
)
from hark311.language.heads import Head
from hark311.language.kept import made_from, read_heads, write_heads
from hark311.language.readers import SHARED, embedder, packed_file, trained_file
from hark311.language.reading import HeadName, Reader
from hark311.language.training import Balance, train_head
from hark311.platform.trouble import Trouble

EXAMPLE = "hark311 language evaluate held.jsonl --city cities/mytown"

# Danger is rare among what people write, and must stay rare in what is read from it.
_BALANCES: Mapping[str, Balance] = {HeadName.DANGER: Balance.AS_TOLD}

# One message of so many is kept apart to compare old and new with.
_HELD = 5


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("verb", choices=("train", "evaluate"), metavar="train|evaluate")
    parser.add_argument("files", nargs="*", type=Path, help="evaluate: messages, .jsonl or .csv")
    parser.add_argument("--city", default="", help="the name or folder of a city pack")
    parser.add_argument(
        "--from",
        dest="source",
        type=Path,
        metavar="FILE",
        help="evaluate: learn services from the messages of this file, not from a pack",
    )
    parser.add_argument("--text", default=TEXT, help="the column of the message")
    parser.add_argument("--label", default=LABEL, help="the column of the service")
    parser.add_argument(
        "--more",
        type=Path,
        metavar="FILE",
        help="train: messages of closed cases to learn from as well; kept if no worse",
    )
    parser.add_argument(
        "--in-pack", action="store_true", help="keep it beside the examples, not in the data folder"
    )
    parser.add_argument(
        "--shared", action="store_true", help="learn danger and wishes anew as well"
    )


def run(args: Namespace) -> int:
    """Train or evaluate."""
    return _evaluate(args) if args.verb == "evaluate" else _train(args)


def _train(args: Namespace) -> int:
    """Learn from a pack; nothing is done where the examples are those learned from already."""
    folder = folder_of(args.city)
    reports = examples_of(folder)
    if args.more is not None:
        return _retrain(folder, reports, read_told(args.more, text=args.text, label=args.label))
    target = packed_file(folder) if args.in_pack else trained_file(folder.name)
    _learn(target, {HeadName.SERVICES: reports})
    if args.shared:
        examples: dict[str, list[Example]] = {
            HeadName.DANGER: danger_examples(reports),
            HeadName.INTENT: intent_examples(reports),
            HeadName.LANGUAGE: language_examples(reports),
        }
        _learn(SHARED, examples)
    return 0


def _retrain(folder: Path, reports: Sequence[Example], more: Sequence[Told]) -> int:
    """Learn from closed cases too; what reads their held part worse than before is not kept."""
    known = {one.label for one in reports}
    told = [one for one in more if one.service in known]
    held, rest = told[_HELD::_HELD], [one for n, one in enumerate(told) if n % _HELD or not n]
    if not held:
        raise Trouble(f"fewer than {_HELD + 1} messages of services of this pack: too few to learn")
    examples = [*reports, *(Example(one.service, one.text, one.language) for one in rest)]
    target = trained_file(folder.name)
    before = reader_of(folder)
    heads = {HeadName.SERVICES.value: train_head(examples, _teacher())}
    right = [_right(reader, held) for reader in (before, Reader(embedder(), heads))]
    print(f"of {len(held)} messages kept apart: {right[0]} right before, {right[1]} now")
    if right[1] < right[0]:
        print("that is worse: what was known before stays")
        return 1
    write_heads(target, heads, made_from=digest_of({HeadName.SERVICES: examples}))
    print(f"{target}: learned from {len(rest)} messages more")
    return 0


def _right(reader: Reader, held: Sequence[Told]) -> int:
    """How many messages find their service first."""
    read = ((one, reader.services(one.text, reader.vector_of(one.text))) for one in held)
    return sum(bool(found) and found[0].code == one.service for one, found in read)


def _evaluate(args: Namespace) -> int:
    """Read every message of the files and print how many were read right."""
    told = [one for path in args.files for one in read_told(path, text=args.text, label=args.label)]
    if not told:
        raise Trouble("name a file of messages to measure with")
    if args.source is None:
        reader = reader_of(folder_of(args.city))
    else:
        known = read_told(args.source, text=args.text, label=args.label)
        reader = _reader_from(known)
    _print(evaluate(told, reader))
    return 0


def _reader_from(known: Sequence[Told]) -> Reader:
    examples = [Example(one.service, one.text) for one in known if one.service]
    heads = {**read_heads(SHARED), HeadName.SERVICES.value: train_head(examples, _teacher())}
    return Reader(embedder(), heads)


def _learn(target: Path, examples: Mapping[str, Sequence[Example]]) -> None:
    digest = digest_of(examples)
    if made_from(target) == digest:
        print(f"{target}: nothing is new")
        return
    teacher = _teacher()
    if teacher is None:
        print("no model for this machine: learning from words alone", file=sys.stderr)
    heads: dict[str, Head] = {}
    for name, some in examples.items():
        print(f"{name}: {len(some)} examples", file=sys.stderr, flush=True)
        heads[name] = train_head(some, teacher, balance=_BALANCES.get(name, Balance.EVEN))
    size = write_heads(target, heads, made_from=digest)
    print(f"{target}: {size / 1e6:.1f} MB")


def _teacher() -> Embedder | None:
    model = embedder()
    return Remembering(model, settings.DATA / "language" / "read.npz") if model else None


def _print(found: Evaluation) -> None:
    for figure in found.figures:
        if not figure.count:
            continue
        low, high = figure.interval
        sign = "<=" if figure.at_most else ">="
        target = "" if figure.target is None else f"  {sign} {figure.target:.0%}"
        miss = "" if figure.is_met else "  MISSED"
        print(
            f"{figure.name:<48} {figure.part:6.1%}  ({low:.1%} to {high:.1%},"
            f" {figure.hits}/{figure.count}){target}{miss}"
        )
    if found.confusions:
        print("\nmost often taken for another:")
    for service, taken, count in found.confusions:
        print(f"  {count:3}  {service} for {taken or 'nothing'}")
    for one in found.missed:
        print(f"  danger read wrongly ({one.hazard or 'none'}): {one.text}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\nprocessor a message: {found.slowest_of(0.5) * 1e3:.0f} ms in the middle,"
        f" {found.slowest_of(0.95) * 1e3:.0f} ms at 95 of 100; {memory:.0f} MB at most"
    )
