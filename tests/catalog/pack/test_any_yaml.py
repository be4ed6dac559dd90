"""Whatever stands in a pack's file, the checker answers with faults and does not fall over."""

import tempfile
from pathlib import Path

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.catalog.pack.broken import EXAMPLE

from hark311.catalog.pack.check import check_pack
from hark311.catalog.pack.pack_format import Pack
from hark311.catalog.pack.records import RecordOf, keys_of
from hark311.catalog.pack.shapes import ListOf, MapOf

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates()
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def misfits(shape: object) -> st.SearchStrategy[object]:
    """Values of about the right shape: the right keys, and at any level something else."""
    if isinstance(shape, RecordOf):
        known = {name: misfits(each.shape) for name, each in keys_of(shape.record).items()}
        right = st.fixed_dictionaries({}, optional=known)
    elif isinstance(shape, ListOf):
        right = st.lists(misfits(shape.each), max_size=2)
    elif isinstance(shape, MapOf):
        right = st.dictionaries(st.sampled_from(["mon", "fixed", "a"]), misfits(shape.values))
    else:
        right = st.sampled_from(["a", "08:00-09:00", "US", 3, [1, 2], {"en": "a"}])
    return st.one_of(right, right, right, SCALARS)


def faults_of(content: bytes) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "city.yaml").write_bytes(content)
        return [str(fault) for fault in check_pack(Path(folder))]


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_have_faults(content):
    assert faults_of(content)


@settings(deadline=None)
@given(TREES)
def test_any_tree_has_faults(tree):
    assert faults_of(yaml.safe_dump(tree, allow_unicode=True).encode("utf-8", "surrogatepass"))


@settings(max_examples=150, deadline=None)
@given(st.fixed_dictionaries({}, optional={n: misfits(k.shape) for n, k in keys_of(Pack).items()}))
def test_any_pack_of_about_the_right_shape_is_answered(tree):
    assert all(fault.startswith(("city.yaml:", ".:")) for fault in faults_of(dumped(tree)))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_the_example_with_any_piece_cut_out_is_answered(data):
    text = EXAMPLE.read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 300)))

    assert isinstance(faults_of((text[:start] + text[end:]).encode()), list)


def test_bottomless_nesting_is_one_fault():
    faults = faults_of(b"city: " + b"[" * 5000 + b"]" * 5000)

    assert len(faults) == 1
    assert "too deep" in faults[0]


def dumped(tree: object) -> bytes:
    return yaml.dump(tree, Dumper=NoAliases, allow_unicode=True).encode("utf-8", "surrogatepass")


class NoAliases(yaml.SafeDumper):
    """Writes every value out, so that the checker gets past its refusal of aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True
