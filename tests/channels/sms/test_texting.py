"""Text messages, as a provider carries them: signed forms in, TwiML back."""

from uuid import uuid4

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from tests.cases.make import DEFAULT, City, make_case, make_city, make_person, staff_actor
from tests.channels.voice.calling import signed_post

from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.models import Attachment, Case, Question
from hark311.channels.sms import pictures
from hark311.channels.sms.keywords import Keyword, keyword_of
from hark311.contacts.models import Draft, IncomingFile, Interaction, Tally, TextConsent
from hark311.domain.vocabulary import Privacy
from hark311.platform import provider_files

pytestmark = pytest.mark.django_db

PHONE = "+12125550123"
REPORT = ("A deep pothole in the road", "1", "12 Elm Street", "skip", "1", "1")


@pytest.fixture
def city() -> City:
    return make_city(DEFAULT)


def send(words: str, *, key: str = "", sender: str = PHONE, photos: tuple[str, ...] = ()) -> str:
    """What is written back, '' for nothing."""
    fields = {"MessageSid": key or f"SM{uuid4().hex}", "From": sender, "Body": words}
    if photos:
        fields |= {"NumMedia": str(len(photos))}
        fields |= {f"MediaUrl{place}": url for place, url in enumerate(photos)}
    response = signed_post(Client(), "/channels/sms/message", fields)
    assert response.status_code == 200
    return "\n".join(one.text or "" for one in fromstring(response.content).iter("Message"))


def report(*messages: str) -> str:
    for words in messages or REPORT:
        said = send(words)
    return said


def test_a_report_by_text_gets_its_number(city):
    said = report()

    case = Case.objects.get()
    assert case.number in said
    assert (case.channel, case.description) == ("sms", "A deep pothole in the road")
    assert case.person.phone == PHONE
    assert TextConsent.objects.get().is_on


def test_a_report_in_spanish_is_answered_in_spanish(city):
    said = report("Hay un pothole muy hondo en la calle", "1", "Calle 12", "saltar", "1", "1")

    assert "Recibimos su reporte" in said
    assert Case.objects.get().language == "es"


def test_a_second_try_of_the_provider_makes_no_second_case(city):
    report(*REPORT[:-1])
    first = send("1", key="SM-last")

    assert send("1", key="SM-last") == first
    assert Case.objects.count() == 1


def test_danger_is_answered_before_anything_else(city):
    said = send("The house is on fire")

    assert "911" in said.splitlines()[0]
    assert "Call 911 now" in send("1")
    assert Draft.objects.get().content["description"] == "The house is on fire"


def test_a_state_is_asked_by_number(city):
    case = make_case(city)

    assert "will look at your report next" in send(case.number, sender="+12125550777")
    assert Interaction.objects.get(channel="sms").kind == "status_check"


def test_a_private_case_is_told_to_its_own_number_only(city):
    case = make_case(city, privacy=Privacy.PRIVATE, person=make_person(city))

    assert "We have no case" in send(case.number, sender="+12125550777")
    assert "Pothole" in send(case.number)


def test_a_sensitive_case_answers_as_absent(city):
    case = make_case(city, service="wellbeing", person=make_person(city))

    assert "We have no case" in send(case.number)


def test_more_words_from_the_reporter_are_added_to_the_case(city):
    case = make_case(city, person=make_person(city))
    said = send(f"{case.number} it has grown to the other lane")

    assert "added your words" in said
    assert case.number in said


def test_a_question_on_a_case_is_answered_by_text(city):
    case = make_case(city, person=make_person(city))
    ask_reporter(case.pk, "Which lane?", actor=staff_actor(city))

    assert "Your answer is with" in send("The left one")
    assert Question.objects.get().answer == "The left one"


@pytest.mark.parametrize("word", ["STOP", "Alto", "停止", "توقف", "dừng", "стоп"])
def test_stop_is_obeyed_in_every_language(city, word):
    assert "START" in send(word) or "INICIAR" in send(word)
    assert not TextConsent.objects.get().is_on
    assert send("A deep pothole") == ""


def test_start_opts_in_again(city):
    send("STOP")
    send("START")

    assert TextConsent.objects.get().is_on
    assert "1 Pothole" in send("A deep pothole")


def test_help_says_what_can_be_written(city):
    assert "911" in send("HELP")


@pytest.mark.parametrize(
    ("words", "meaning"),
    [("stop.", Keyword.STOP), ("¡AYUDA!", Keyword.HELP), ("stop the noise", None), ("", None)],
)
def test_a_keyword_is_a_message_of_one_word(words, meaning):
    assert keyword_of(words) is meaning


def test_a_long_message_in_any_script_is_kept_whole(city):
    long = "路上有一个很深的坑。" * 60
    send(long)
    send("agent")

    assert Draft.objects.get().content["description"] == long


def test_who_asks_for_a_person_gets_one(city):
    send("A deep pothole")

    assert "An agent will read this" in send("AGENT")
    assert Draft.objects.get().state == "open"


def test_a_photo_is_fetched_and_put_with_the_case(city, monkeypatch, a_picture):
    fetched = []
    monkeypatch.setattr(
        provider_files, "fetch", lambda url, most_bytes: fetched.append(url) or a_picture
    )
    for words in REPORT[:3]:
        send(words)
    send("", photos=("https://api.twilio.com/photo",))
    report("1", "1")
    pictures.take_picture(IncomingFile.objects.get().pk)
    pictures.take_picture(IncomingFile.objects.get().pk)

    assert len(fetched) == 1
    assert Attachment.objects.filter(case=Case.objects.get()).count() == 1


def test_a_photo_from_anywhere_else_is_not_asked_for(city):
    send("A deep pothole", photos=("http://127.0.0.1/secret",))
    file = IncomingFile.objects.get()
    pictures.take_picture(file.pk)

    file.refresh_from_db()
    assert file.state == "failed"


def test_an_unsigned_message_is_refused_and_counted(client, city):
    fields = {"MessageSid": "SM1", "From": PHONE, "Body": "hi"}

    assert client.post("/channels/sms/message", fields).status_code == 403
    assert Tally.objects.get().channel == "sms"


def test_how_sending_ended_is_counted(client, city):
    fields = {"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": "30003"}

    assert signed_post(client, "/channels/sms/receipt", fields).status_code == 204
    assert Tally.objects.get().name == "sent:undelivered:30003"
