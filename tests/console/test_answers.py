"""Answers as editors keep them."""

from datetime import date

import pytest
from tests.answers.make import make_answer

from hark311.answers.actions import note_unanswered
from hark311.answers.models import Article, OpenQuestion
from hark311.answers.queries import answers_of
from hark311.domain.actor import Role
from hark311.platform import clock

pytestmark = pytest.mark.django_db


def written(city, **changed) -> dict[str, object]:
    return {
        "title_en": "When is the pool open?",
        "text_en": "From May on.\n\n- Bring a towel.",
        "asked_en": "Pool hours\nSwimming times",
        "department": city.departments["works"].pk,
        "often": "10",
        "review_on": "2027-01-01",
        "services": ["pothole"],
        **changed,
    }


def test_an_editor_writes_an_answer_from_a_question(city, signed_in):
    note_unanswered(city.jurisdiction, "pool hours?", language="en", at=clock.now())
    client = signed_in(city)
    assert "pool hours?" in client.get("/staff/answers").content.decode()
    form = client.get("/staff/answers/new?question=pool+hours%3F").content.decode()
    assert 'value="pool hours?"' in form

    client.post("/staff/answers/new", written(city))

    (one,) = answers_of(city.jurisdiction)
    assert one.questions == {"en": ["Pool hours", "Swimming times"]}
    assert one.code.startswith("when-is-the-pool-open-")
    assert not one.is_of_pack


def test_a_change_keeps_the_older_version(city, signed_in):
    made = make_answer(city)

    signed_in(city).post(f"/staff/answers/{made.id}", written(city))

    assert [row.version for row in Article.objects.order_by("version")] == [1, 2]
    assert answers_of(city.jurisdiction)[0].code == "pothole"


def test_what_is_missing_is_said_and_nothing_is_lost(city, signed_in):
    answer = signed_in(city).post("/staff/answers/new", written(city, title_en=""))

    assert answer.status_code == 422
    assert "Bring a towel." in answer.content.decode()


def test_another_departments_answer_is_not_changed(city, signed_in):
    made = make_answer(city, department="community")

    assert signed_in(city).post(f"/staff/answers/{made.id}", written(city)).status_code == 403


def test_agents_read_and_do_not_write(city, signed_in):
    make_answer(city)
    client = signed_in(city, role=Role.AGENT)

    assert "How do I report a pothole?" in client.get("/staff/answers").content.decode()
    assert client.get("/staff/answers/new").status_code == 403


def test_what_is_due_to_be_looked_at_stands_first(city, signed_in):
    make_answer(city, "later", title="A later one")
    make_answer(city, "late", title="Z late one", review_on=date(2020, 1, 1))

    text = signed_in(city).get("/staff/answers").content.decode()

    assert "1 answer is due to be looked at" in text
    assert text.index("Z late one") < text.index("A later one")


def test_an_answer_is_retired_and_a_question_settled(city, signed_in):
    made, client = make_answer(city), signed_in(city)
    note_unanswered(city.jurisdiction, "pool hours", language="en", at=clock.now())

    client.post(f"/staff/answers/{made.id}/retire")
    client.post(f"/staff/answers/questions/{OpenQuestion.objects.get().pk}")

    assert answers_of(city.jurisdiction) == ()
    assert OpenQuestion.objects.get().settled_at is not None
