"""The page of fourteen states is what the code says, and says what a person must know."""

import os
from pathlib import Path

import pytest
from tests.channels.web.cases import staff_of
from tests.states.life import STATES, Stage, facts_in, states_page

pytestmark = pytest.mark.django_db

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "states.md"
_WRITES = "HARK311_WRITE_DOCS"


def test_the_page_of_states_is_what_the_code_says(city, frozen_clock):
    page = states_page(city, frozen_clock)
    if os.environ.get(_WRITES):
        PAGE.write_text(page)

    assert page == PAGE.read_text(), "run script/docs"


def test_there_are_fourteen():
    assert len({title for title, _reach in STATES}) == 14


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("title", "reach"), STATES, ids=[title for title, _reach in STATES])
def test_every_state_answers_all_three_questions(city, frozen_clock, title, reach, language):
    case = reach(Stage(city, staff_of(city), frozen_clock))

    answer = facts_in(case.pk, city, language)["answer"]

    for words in (answer.who, answer.next, answer.by):
        assert words.strip()
        assert "  " not in words
        assert ".." not in words
