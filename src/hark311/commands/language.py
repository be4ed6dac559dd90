"""hark311 language: learns what messages mean from examples, and measures how well."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.conf import settings

from hark311.commands.learning import examples_of, folder_of
from hark311.language.embedder import Embedder, Remembering
from hark311.language.examples import Example, danger_examples, digest_of, intent_examples
from hark311.language.heads import Head
from hark311.language.kept import made_from, write_heads
from hark311.language.readers import SHARED, embedder, packed_file, trained_file
from hark311.language.reading import HeadName
from hark311.language.training import train_head

EXAMPLE = "hark311 language train --city cities/mytown"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("verb", choices=("train",), metavar="train")
    parser.add_argument("--city", required=True, help="the name or folder of a city pack")
    parser.add_argument(
        "--in-pack", action="store_true", help="keep it beside the examples, not in the data folder"
    )
    parser.add_argument(
        "--shared", action="store_true", help="learn danger and wishes anew as well"
    )


def run(args: Namespace) -> int:
    """Learn from a pack; nothing is done where the examples are those learned from already."""
    folder = folder_of(args.city)
    reports = examples_of(folder)
    target = packed_file(folder) if args.in_pack else trained_file(folder.name)
    _learn(target, {HeadName.SERVICES: reports})
    if args.shared:
        english = [one for one in reports if one.language]
        _learn(
            SHARED,
            {
                HeadName.DANGER: danger_examples(english),
                HeadName.INTENT: intent_examples(english),
            },
        )
    return 0


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
        heads[name] = train_head(some, teacher)
    size = write_heads(target, heads, made_from=digest)
    print(f"{target}: {size / 1e6:.1f} MB")


def _teacher() -> Embedder | None:
    model = embedder()
    return Remembering(model, settings.DATA / "language" / "read.npz") if model else None
