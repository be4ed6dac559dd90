"""Each error has a status and a wording, and no status is left without an error."""

from collections.abc import Iterator

import pytest

from hark311.domain import errors
from hark311.platform.problem import STATUS, WORDING


def _tree(root: type[errors.HarkError]) -> Iterator[type[errors.HarkError]]:
    yield root
    for below in root.__subclasses__():
        yield from _tree(below)


CODES = sorted({error.code for error in _tree(errors.HarkError)})


def test_no_two_errors_share_a_code():
    assert len(CODES) == len(set(_tree(errors.HarkError)))


@pytest.mark.parametrize("code", CODES)
def test_the_error_has_a_status(code):
    assert 400 <= STATUS[code] <= 503


@pytest.mark.parametrize("code", CODES)
def test_the_error_has_a_wording(code):
    assert str(WORDING[code]).endswith(".")


def test_no_status_is_for_an_error_that_does_not_exist():
    assert set(STATUS) == set(WORDING) == set(CODES)
