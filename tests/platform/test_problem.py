"""Machines are told what is wrong as RFC 9457 has it."""

import json

import pytest
from django.test import RequestFactory
from django.utils import translation

from hark311.domain.errors import HarkError, KeyReused, MissingAnswer, NotFound, TooMany
from hark311.platform import problem


@pytest.mark.parametrize(
    ("error", "status"),
    [(NotFound(), 404), (KeyReused(), 409), (TooMany(), 429), (MissingAnswer(), 400)],
)
def test_the_code_decides_the_status(error, status):
    assert problem.status_of(error) == status


def test_the_answer_has_the_members_of_the_standard():
    request = RequestFactory().get("/open311/v2/requests.json?api_key=secret")
    answer = problem.answer(request, MissingAnswer(field="depth"))
    body = json.loads(answer.content)

    assert answer.status_code == body["status"] == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert body["type"] == "urn:hark311:problem:missing_answer"
    assert body["field"] == "depth"
    assert body["instance"] == "/open311/v2/requests.json"


def test_a_fact_does_not_displace_a_member():
    assert problem.problem_of(NotFound(status="closed"))["status"] == 404


def test_a_fact_that_is_no_plain_value_is_left_out():
    assert "row" not in problem.problem_of(NotFound(row=object()))


def test_the_wording_follows_the_language():
    class Unworded(HarkError):
        code = "not_found"

    with translation.override("en"):
        assert problem.wording_of(Unworded()).startswith("There is nothing here")
