"""Answers as residents find and judge them, and where they stand on other pages."""

from datetime import date

import pytest
from tests.channels.web.walk import Walker

from hark311.answers.actions import ArticleDraft, write_answer
from hark311.answers.models import ArticleOpinion, OpenQuestion
from hark311.answers.records import Answer
from hark311.government.models import Department
from hark311.platform import clock

pytestmark = pytest.mark.django_db


def write(city, code: str = "hens", **said) -> Answer:
    given = {
        "department_id": Department.objects.filter(jurisdiction=city).first().pk,
        "topic": "",
        "titles": {"en": "May I keep hens?"},
        "questions": {"en": ["Are chickens allowed?"]},
        "texts": {"en": "Yes, up to six.\n\n- No roosters.\n- Keep them in at night."},
        "services": ["pothole"],
        "hotline": "",
        "often": 99,
        "review_on": date(2030, 1, 1),
        **said,
    }
    draft = ArticleDraft(**given)
    return write_answer(city, code, draft, account_id=None, at=clock.now())


@pytest.fixture
def walker(city, client) -> Walker:
    write(city)
    return Walker(client)


def test_a_question_finds_its_answer(walker):
    walker.go("/answers?q=are+chickens+allowed")

    assert "May I keep hens?" in walker.words
    assert not OpenQuestion.objects.exists()


def test_a_question_without_an_answer_is_kept_masked_and_help_is_named(walker):
    walker.go("/answers?q=zeppelin+mooring+call+212-555-0123")

    assert "Call 311" in walker.words
    assert "0123" not in OpenQuestion.objects.get().words


def test_an_answer_says_what_to_do_to_report_and_who_keeps_it(walker):
    walker.go("/answers/hens")

    assert "Keep them in at night." in walker.words
    assert "/report?service=pothole" in walker.text
    assert "Kept by" in walker.words


def test_an_answer_in_another_language_says_so(walker):
    walker.go("/es/answers/hens")

    assert "Esta respuesta está en English" in walker.words
    assert 'lang="en"' in walker.text


def test_a_sample_says_that_it_is_invented(city, walker):
    write(city, "sample", is_sample=True)

    assert "this text is invented" in walker.go("/answers/sample").words


def test_whether_it_helped_is_counted_and_thanked(walker):
    walker.go("/answers/hens").send(to="/helped", helped="yes")

    assert "Thank you." in walker.words
    assert (ArticleOpinion.objects.get().helped, ArticleOpinion.objects.get().failed) == (1, 0)
    assert not walker.client.cookies.get("messages")


def test_an_unknown_answer_is_not_found(walker):
    assert walker.go("/answers/nothing").status == 404


def test_the_first_page_asks_and_shows_what_is_asked_most(walker):
    walker.go("/")

    assert 'action="/answers"' in walker.text
    assert "May I keep hens?" in walker.words


def test_a_report_of_it_is_told_that_there_may_be_an_answer(walker):
    walker.go("/report").send(description="are chickens allowed", press="find")

    assert "Maybe this answers it" in walker.words


def test_the_directory_says_who_is_open_now(walker):
    walker.go("/answers/directory")

    assert "Open now" in walker.words or "Closed now" in walker.words
    assert "Public Works" in walker.words or "311" in walker.words


def test_the_old_address_of_which_number_leads_to_the_new_one(client, city):
    answer = client.get("/which-number?at=start")

    assert (answer.status_code, answer.url) == (301, "/answers/which-number?at=start")


@pytest.mark.parametrize("path", ["/answers", "/answers/hens", "/answers/directory"])
def test_a_page_of_answers_takes_few_statements(walker, path, django_assert_max_num_queries):
    walker.go(path)

    with django_assert_max_num_queries(4):
        walker.go(path)
