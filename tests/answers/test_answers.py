"""How answers are found, kept and judged."""

from datetime import date

import pytest
from tests.answers.make import draft_of, make_answer
from tests.cases.make import City, make_account, make_city

from hark311.answers.actions import (
    note_opinion,
    note_unanswered,
    retire_answer,
    settle_question,
    write_answer,
)
from hark311.answers.meaning import learn_some
from hark311.answers.models import Article, OpenQuestion
from hark311.answers.queries import (
    answer_by_code,
    answers_of,
    find,
    most_asked,
    open_questions,
    opinions,
)
from hark311.domain.errors import MissingText, NotFound
from hark311.language.readers import embedder
from hark311.platform import clock

pytestmark = pytest.mark.django_db
HAS_MODEL = pytest.mark.skipif(embedder() is None, reason="this machine has no language model")


@pytest.fixture
def city(frozen_clock) -> City:
    return make_city()


def codes(found) -> list[str]:
    return [one.answer.code for one in found]


@pytest.fixture
def three(city) -> City:
    make_answer(city)
    make_answer(city, "tree", title="May I cut down a tree?", text="Ask first.", often=9)
    make_answer(city, "bill", title="My water bill is too high", text="Look for a leak.")
    return city


def test_words_alone_find_an_answer_before_any_meaning_is_read(three):
    assert codes(find(three.jurisdiction, "cut a tree", language="en"))[0] == "tree"


@HAS_MODEL
def test_a_question_in_another_language_finds_it_by_meaning_and_says_so(three):
    while learn_some():
        pass

    found = find(three.jurisdiction, "¿Puedo cortar un árbol?", language="es")

    assert (codes(found)[0], found[0].language) == ("tree", "en")
    assert found[0].is_sure


@HAS_MODEL
def test_meaning_is_read_once(three):
    assert learn_some(at_most=2) == 2
    assert learn_some() == 1
    assert learn_some() == 0


def test_an_empty_question_finds_nothing(three):
    assert find(three.jurisdiction, "  ", language="en") == ()


def test_another_city_knows_none_of_them(three):
    other = make_city("elsewhere")

    assert answers_of(other.jurisdiction) == ()
    with pytest.raises(NotFound):
        answer_by_code(other.jurisdiction, "tree")


def test_what_is_asked_most_comes_first(three):
    assert most_asked(three.jurisdiction, at_most=1)[0].code == "tree"


def test_a_change_makes_a_version_and_keeps_the_older_words(city):
    make_answer(city)
    newer = make_answer(city, title="Potholes")

    assert newer.version == 2
    assert [one.version for one in answers_of(city.jurisdiction)] == [2]
    assert Article.objects.get(version=1).titles == {"en": "How do I report a pothole?"}


def test_an_answer_without_words_is_refused(city):
    with pytest.raises(MissingText):
        make_answer(city, text="", texts={"en": ""})


def test_what_was_retired_is_not_shown_and_not_retired_again(city):
    made = make_answer(city)
    retire_answer(city.jurisdiction, made.id)

    assert answers_of(city.jurisdiction) == ()
    with pytest.raises(NotFound):
        retire_answer(city.jurisdiction, made.id)


def test_an_answer_is_overdue_after_its_day(city):
    made = make_answer(city, review_on=date(2026, 6, 1))

    assert not made.is_overdue(date(2026, 6, 1))
    assert made.is_overdue(date(2026, 6, 2))


def test_opinions_are_counted_and_nothing_else(city):
    made = make_answer(city)
    for helped in (True, True, False):
        note_opinion(
            made,
            jurisdiction=city.jurisdiction,
            language="en",
            on=clock.now().date(),
            helped=helped,
        )

    assert opinions(city.jurisdiction, now=clock.now()) == {"pothole": (2, 1)}


def ask(city: City, words: str) -> None:
    note_unanswered(city.jurisdiction, words, language="en", at=clock.now())


def test_what_nobody_answers_is_counted_once_and_masked(city):
    ask(city, "Is the pool open? Call me: 404-555-0142")
    ask(city, "is the POOL open? call me: 404-555-0199")

    (one,) = open_questions(city.jurisdiction)
    assert one.times == 2
    assert "0142" not in one.words


def test_a_settled_question_comes_back_when_it_is_asked_again(city):
    ask(city, "Is the pool open?")
    settle_question(city.jurisdiction, OpenQuestion.objects.get().pk, at=clock.now())
    assert open_questions(city.jurisdiction) == []

    ask(city, "is the pool open")
    assert len(open_questions(city.jurisdiction)) == 1


@pytest.mark.parametrize("words", ["", "   ", "?!?", "👍"])
def test_what_holds_no_word_is_not_kept(city, words):
    ask(city, words)

    assert open_questions(city.jurisdiction) == []


def test_finding_takes_two_statements_at_most(three, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        find(three.jurisdiction, "a tree", language="en")
    with django_assert_max_num_queries(1):
        find(three.jurisdiction, "a tree", language="en")


def test_what_an_editor_wrote_is_understood_at_once(city):
    write_answer(
        city.jurisdiction,
        "pool",
        draft_of(city, title="When is the pool open?"),
        account_id=make_account().pk,
        at=clock.now(),
    )

    assert (Article.objects.get().vectors is not None) == (embedder() is not None)
