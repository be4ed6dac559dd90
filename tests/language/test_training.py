"""Learning is repeatable, small and honest about what it was learned from."""

import json

import pytest

from hark311.commands.learning import examples_of, folder_of
from hark311.commands.main import main
from hark311.language.evaluating import Figure
from hark311.language.examples import Example, danger_examples, digest_of, intent_examples
from hark311.language.kept import made_from, read_heads, write_heads
from hark311.language.readers import PACKS, SHARED, packed_file
from hark311.language.reading import HeadName, Reader
from hark311.language.training import train_head

SOME = [
    Example("hole", "a hole in the road"),
    Example("hole", "deep hole on my street"),
    Example("hole", "pothole"),
    Example("light", "the lamp is dark"),
    Example("light", "street light out"),
    Example("light", "no light on our block"),
]


def test_the_same_examples_give_the_same_bytes(tmp_path):
    for name in ("one.npz", "two.npz"):
        write_heads(tmp_path / name, {"services": train_head(SOME, None)}, made_from="x")

    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_what_was_written_reads_as_it_was(tmp_path):
    write_heads(tmp_path / "kept.npz", {"services": train_head(SOME, None)}, made_from="x")

    reader = Reader(None, read_heads(tmp_path / "kept.npz"))

    assert reader.read("huge hole").services[0].code == "hole"
    assert reader.read("lamp out").services[0].code == "light"


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04"])
def test_a_file_that_is_none_is_as_if_it_were_absent(content, tmp_path):
    (tmp_path / "bad.npz").write_bytes(content)

    assert read_heads(tmp_path / "bad.npz") == {}
    assert made_from(tmp_path / "bad.npz") == ""


@pytest.mark.parametrize(
    "city", [each.name for each in PACKS.glob("*/") if packed_file(each).exists()]
)
def test_what_a_pack_keeps_was_learned_from_the_examples_it_has(city):
    examples = {HeadName.SERVICES.value: examples_of(folder_of(city))}

    again = "hark311 language train --in-pack --city"
    assert made_from(packed_file(PACKS / city)) == digest_of(examples), again
    assert packed_file(PACKS / city).stat().st_size < 5_000_000


def test_what_comes_along_knows_every_danger_and_wish():
    heads = read_heads(SHARED)

    assert {one.label for one in danger_examples(())} == set(heads[HeadName.DANGER].labels)
    assert {one.label for one in intent_examples(())} <= set(heads[HeadName.INTENT].labels)


def test_the_interval_of_a_small_count_is_wide():
    low, high = Figure("some", 9, 10).interval

    assert low < 0.65
    assert high > 0.97


def test_messages_from_a_table_are_learned_from_and_measured(tmp_path, capsys):
    rows = [{"Description": one.text, "Kind": one.label} for one in SOME]
    held = tmp_path / "held.jsonl"
    held.write_text("\n".join(json.dumps(row) for row in rows))
    table = tmp_path / "first.csv"
    table.write_text("Description,Kind\n" + "\n".join(f"{one.text},{one.label}" for one in SOME))
    columns = ("--text", "Description", "--label", "Kind")

    assert main(["language", "evaluate", str(held), "--from", str(table), *columns]) == 0
    assert "service, top 1, English                          100.0%" in capsys.readouterr().out


def test_a_file_without_the_column_is_refused(tmp_path, capsys):
    held = tmp_path / "held.jsonl"
    held.write_text('{"words": "x"}')

    assert main(["language", "evaluate", str(held), "--city", "smallville"]) == 2
    assert "no column 'text'" in capsys.readouterr().err


def test_closed_cases_are_learned_from_only_where_nothing_gets_worse(tmp_path, capsys):
    more = tmp_path / "taught.jsonl"
    words = ["moon crater", "big moon crater", "crater like the moon", "moon hole", "moon road"]
    rows = [{"text": f"{one} {n}", "service": "pothole"} for n in range(3) for one in words]
    more.write_text("\n".join(json.dumps(row) for row in rows))

    status = main(["language", "train", "--city", "smallville", "--more", str(more)])

    said = capsys.readouterr().out
    assert "of 2 messages kept apart:" in said
    assert ("learned from 13 messages more" in said) == (status == 0)


def test_too_few_closed_cases_are_refused(tmp_path, capsys):
    more = tmp_path / "taught.jsonl"
    more.write_text('{"text": "a hole", "service": "pothole"}')

    assert main(["language", "train", "--city", "smallville", "--more", str(more)]) == 2
    assert "too few" in capsys.readouterr().err
