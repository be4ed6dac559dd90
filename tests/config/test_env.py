"""A variable is read once, as the type of its default."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hark311.config import env
from hark311.platform.trouble import Trouble


@pytest.fixture(autouse=True)
def _own_register(monkeypatch):
    monkeypatch.setattr(env, "_declared", {})


@pytest.mark.parametrize(
    ("text", "default", "value"),
    [
        pytest.param("8400", 8311, 8400, id="whole number"),
        pytest.param("0.5", 1.0, 0.5, id="number"),
        pytest.param("Yes", False, True, id="yes"),
        pytest.param("0", True, False, id="no"),
        pytest.param(" a , b,", ("c",), ("a", "b"), id="words"),
        pytest.param("/srv/x", Path("/y"), Path("/srv/x"), id="folder"),
        pytest.param("", 8311, 8311, id="empty counts as absent"),
        pytest.param("   ", "x", "x", id="blank counts as absent"),
    ],
)
def test_a_variable_has_the_type_of_its_default(monkeypatch, text, default, value):
    monkeypatch.setenv("HARK311_THING", text)

    assert env.read("THING", default, "why") == value


@pytest.mark.parametrize(("text", "default"), [("many", 1), ("perhaps", True), ("1,5", 1.0)])
def test_what_cannot_be_read_is_said_with_its_name(monkeypatch, text, default):
    monkeypatch.setenv("HARK311_THING", text)

    with pytest.raises(Trouble, match="HARK311_THING must be"):
        env.read("THING", default, "why")


def test_the_register_knows_where_a_value_came_from(monkeypatch):
    monkeypatch.setenv("HARK311_ONE", "2")
    env.read("ONE", 1, "why")
    env.read("TWO", 2, "why")

    assert [(found.value, found.source) for found in env.declared()] == [
        ("2", "environment"),
        ("2", "default"),
    ]


def test_a_misspelt_variable_is_noticed():
    env.read("PORT", 1, "why")

    assert env.unknown({"HARK311_PORT": "1", "HARK311_PROT": "1", "HOME": "/"}) == ("HARK311_PROT",)


@given(st.integers())
def test_a_whole_number_is_read_as_written(number):
    assert env.parse("A", str(number), 0) == number
