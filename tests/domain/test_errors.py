"""The tree of errors, against its own drawing."""

import re

import pytest

from hark311.domain import errors
from hark311.domain.errors import BadAnswer, HarkError


def all_errors(root=HarkError):
    return [one for child in root.__subclasses__() for one in (child, *all_errors(child))]


def drawn():
    """Name to parent, read from the drawing at the top of the module."""
    parents, above = {}, {0: "HarkError"}
    for line in errors.__doc__.splitlines():
        if match := re.match(r"^((?:│   |    )*)[├└]── (\w+)", line):
            depth = len(match[1]) // 4
            parents[match[2]] = above[depth]
            above[depth + 1] = match[2]
    return parents


def test_the_drawing_is_the_tree():
    assert drawn() == {one.__name__: one.__base__.__name__ for one in all_errors()}


@pytest.mark.parametrize("error", all_errors())
def test_a_code_is_the_name_in_words(error):
    assert error.code == re.sub(r"(?<!^)(?=[A-Z])", "_", error.__name__).lower()


def test_an_error_shows_its_code_and_its_facts():
    assert str(BadAnswer(question="size", reason="too_long")) == (
        "bad_answer(question='size', reason='too_long')"
    )
