"""Saying more about a case on its page, and following it."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.channels.web.cases import make_report, staff_of
from tests.channels.web.walk import Walker

from hark311.access.links import LinkKind, token_for
from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.models import Attachment, Case, Dispute, Event, Follow, Question, Rating
from hark311.domain.closing import Closing
from hark311.domain.draft import Contact
from hark311.domain.vocabulary import Outcome

ADA = Contact(email="ada@people.test")
pytestmark = pytest.mark.django_db


@pytest.fixture
def walker(city, client) -> Walker:
    return Walker(client)


def own(walker: Walker, case: Case) -> Walker:
    return walker.go(f"/track/{case.number}?t={token_for(LinkKind.CASE, case.pk)}")


def close(case: Case, city) -> None:
    closing = Closing(Outcome.INFORMATION_GIVEN, text="Told on the telephone.")
    close_incident(case.incident_id, closing, actor=staff_of(city))


@pytest.fixture
def leak(city) -> Case:
    return make_report(city, service_code="water_leak", answers={}, contact=ADA)


def link_in(letter) -> str:
    """The path of the one link in a letter's text."""
    return re.search(r"http://127\.0\.0\.1:\d+(/\S+)", letter.body)[1]


def test_words_are_added_once(walker, leak):
    own(walker, leak)
    form = walker.form("/say/words")

    for _twice in range(2):
        data = {**form.values, "text": "It runs faster."}
        walker.page = walker.client.post(form.action, data, follow=True)

    assert "Thank you, we have it." in walker.words
    assert Event.objects.filter(kind="added_to", case_id=leak.pk).count() == 1


def test_no_words_are_told(walker, leak):
    own(walker, leak).send("/say/words")

    assert walker.status == 422
    assert "Write a few words." in walker.words


def test_a_file_that_is_no_photo_comes_back_with_the_words_and_the_photo_beside_it(walker, leak):
    form = own(walker, leak).form("/say/words")
    data = {**form.values, "text": "Look.", "pictures": [_photo(), _file("bill.pdf", b"%PDF-1.7")]}
    walker.page = walker.client.post(form.action, data)
    kept = walker.form("/say/words").values

    assert walker.status == 422
    assert "“bill.pdf” is a PDF, not a photo." in walker.words
    assert kept["text"] == ["Look."]
    walker.page = walker.client.post(form.action, {**kept, "pictures": []}, follow=True)
    assert "This photo is being checked." in walker.words
    assert Attachment.objects.get().case_id == leak.pk


def test_photos_alone_are_enough_to_add(walker, leak):
    form = own(walker, leak).form("/say/words")
    walker.client.post(form.action, {**form.values, "pictures": [_photo()]})

    assert Event.objects.filter(kind="added_to").count() == 1
    assert Attachment.objects.get().state == "checking"


def test_what_a_form_is_made_to_hold_by_others_is_no_photo(walker, leak):
    form = own(walker, leak).form("/say/words")
    walker.client.post(form.action, {**form.values, "text": "Look.", "kept": "ab/cd.jpg"})

    assert not Attachment.objects.exists()


def test_words_of_danger_show_whom_to_call(walker, leak):
    own(walker, leak).send("/say/words", text="Somebody is drowning, is drowning!")

    assert "Call 911 now" in walker.words
    assert Event.objects.filter(kind="added_to").exists()


def test_a_question_is_answered_on_the_page_of_the_case(walker, city, leak):
    ask_reporter(leak.pk, "Which side of the road?", actor=staff_of(city))
    own(walker, leak)
    assert "Which side of the road?" in walker.words

    walker.send("/say/answer", text="The north side.")

    assert Question.objects.get().state == "answered"


def test_a_question_is_answered_by_its_link_alone(walker, city):
    case = make_report(city, wants_public=False, contact=ADA)
    question = ask_reporter(case.pk, "Which side?", actor=staff_of(city))
    walker.go(f"/track/{case.number}/question?t={token_for(LinkKind.QUESTION, question.pk)}")
    assert "A deep hole" not in walker.words
    assert walker.page.headers["Cache-Control"] == "private, no-store"

    walker.send(text="North.")

    assert "Thank you for the answer." in walker.words
    assert Question.objects.get().answer == "North."


def test_the_link_of_an_answered_question_has_expired(walker, city, leak):
    question = ask_reporter(leak.pk, "Which side?", actor=staff_of(city))
    url = f"/track/{leak.number}/question?t={token_for(LinkKind.QUESTION, question.pk)}"
    walker.go(url).send(text="North.")

    assert walker.go(url).status == 404


def test_a_closing_is_questioned_with_words_and_a_date_for_the_answer(walker, city, leak):
    close(leak, city)
    own(walker, leak).send("/say/dispute", text="It still leaks.")

    assert Dispute.objects.get().text == "It still leaks."
    assert "The closing was questioned." in walker.words
    assert "Questioned" in walker.words


def test_the_handling_is_rated(walker, city, leak):
    close(leak, city)
    own(walker, leak).send("/say/rate", stars="4", text="Quick.")

    assert Rating.objects.get().stars == 4


def test_a_rating_without_stars_is_told_and_its_words_are_kept(walker, city, leak):
    close(leak, city)
    own(walker, leak).send("/say/rate", text="Quick.")

    assert walker.status == 422
    assert walker.form("/say/rate").values["text"] == ["Quick."]


def test_a_report_is_taken_back(walker, leak):
    own(walker, leak).send("/say/withdraw")

    assert Case.objects.get().standing == "withdrawn"
    assert "Taken back" in walker.words


@pytest.mark.parametrize("kind", ["words", "withdraw", "dispute", "status", "follow", "odd"])
def test_a_stranger_says_nothing_for_another(walker, leak, kind):
    answer = walker.client.post(f"/track/{leak.number}/say/{kind}", {"text": "x", "key": "k"})

    assert answer.status_code == 404
    assert Event.objects.filter(case_id=leak.pk).count() == 1


def test_following_begins_with_the_button_behind_the_link_of_a_letter(walker, leak, letters):
    walker.go(f"/track/{leak.number}").send("/follow", email="Bo@people.test")
    assert "look into your mail" in walker.words
    assert not Follow.objects.exists()
    assert letters[0].to == ["bo@people.test"]

    walker.go(link_in(letters[0]))
    assert not Follow.objects.exists()
    walker.send()

    assert Follow.objects.get().person.email == "bo@people.test"
    assert "You follow this report" in walker.words


def test_the_link_names_no_address(walker, leak, letters):
    walker.go(f"/track/{leak.number}").send("/follow", email="bo@people.test")

    assert "bo" not in link_in(letters[0]).split("?t=")[1].split(":")[0].lower()
    assert "people" not in link_in(letters[0])


def test_the_link_of_a_letter_works_once(walker, leak, letters):
    walker.go(f"/track/{leak.number}").send("/follow", email="bo@people.test")
    link = link_in(letters[0])
    walker.go(link).send()

    assert walker.go(link).status == 404


def test_following_ends_by_its_link(walker, leak, letters):
    walker.go(f"/track/{leak.number}").send("/follow", email="bo@people.test")
    walker.go(link_in(letters[0])).send()
    follow = Follow.objects.get()

    walker.go(f"/track/{leak.number}/unfollow?t={token_for(LinkKind.FOLLOW, follow.pk)}").send()

    follow.refresh_from_db()
    assert follow.to_at is not None
    assert "You follow it no more" in walker.words


def test_an_address_that_is_none_is_told_and_kept(walker, leak):
    walker.go(f"/track/{leak.number}").send("/follow", email="bo")

    assert walker.status == 422
    assert walker.form("/follow").values["email"] == ["bo"]


def test_nobody_is_flooded_with_letters(walker, leak, letters):
    for _try in range(6):
        walker.go(f"/track/{leak.number}").send("/follow", email="bo@people.test")

    assert walker.status == 429
    assert len(letters) == 5


def test_a_private_case_has_no_followers(walker, city):
    case = make_report(city, wants_public=False, contact=Contact(email="ada@people.test"))

    answer = walker.client.post(f"/track/{case.number}/follow", {"email": "bo@people.test"})

    assert answer.status_code == 404


def _photo() -> SimpleUploadedFile:
    picture = BytesIO()
    Image.new("RGB", (64, 48), "#888").save(picture, "JPEG")
    return _file("hole.jpg", picture.getvalue())


def _file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
