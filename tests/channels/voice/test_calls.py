"""Calls through the menus, as a provider carries them: signed requests, TwiML back."""

import pytest
from tests.cases.make import DEFAULT, City, make_case, make_city
from tests.channels.voice.calling import Caller, signed_post
from tests.disruptions.make import make_disruption

from hark311.cases.models import Case
from hark311.contacts.models import Draft, IncomingFile, Interaction, Message, Tally
from hark311.domain.vocabulary import Privacy

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return make_city(DEFAULT)


def digits(number: str) -> str:
    return number.replace("-", "")


def report(caller: Caller, language: str = "1") -> str:
    """A pothole: no other group, so topic, place, message, own number, send."""
    caller.call()
    caller.press(language, "1", "1")
    caller.record("https://provider.test/where")
    caller.record("https://provider.test/what")
    return caller.press("1", "1")


def test_danger_is_told_of_before_anything_else(city):
    assert "911" in Caller().call().split("For English")[0]


def test_a_report_by_keypad_gets_its_number(city):
    said = report(Caller())

    case = Case.objects.get()
    assert " ".join(digits(case.number)[:2]) in said
    assert (case.channel, case.person.phone) == ("phone", "+12125550123")
    assert IncomingFile.objects.count() == 2


def test_a_report_in_spanish_is_spoken_in_spanish(city):
    caller = Caller()
    said = report(caller, "2")

    assert "Recibimos su reporte" in said
    assert caller.verb("Say").get("language") == "es-US"
    assert Case.objects.get().language == "es"


def test_a_second_try_of_the_provider_gets_the_same_answer(city):
    caller = Caller()
    said = report(caller)
    path = "/channels/voice/turn/7"

    assert caller.again(path, {"Digits": "1"}) == said
    assert Case.objects.count() == 1


def test_a_call_that_is_announced_twice_is_one_call(city):
    caller = Caller()
    said = caller.call()

    assert caller.call() == said
    assert Interaction.objects.count() == 1


def test_a_call_is_one_interaction_with_or_without_a_case(city):
    caller = Caller()
    report(caller)
    caller.hang_up()
    other = Caller()
    other.call()
    other.hang_up()

    assert Interaction.objects.count() == 2
    assert Interaction.objects.filter(case_number="").count() == 1


@pytest.mark.parametrize("steps", range(1, 6))
def test_a_call_that_breaks_off_leaves_a_draft_of_what_was_told(city, steps):
    caller = Caller()
    caller.call()
    does = [
        lambda: caller.press("1", "1", "1"),
        lambda: caller.record("https://provider.test/where"),
        lambda: caller.record("https://provider.test/what"),
        lambda: caller.press("1"),
    ]
    for one in does[:steps]:
        one()
    caller.hang_up()

    draft = Draft.objects.get()
    assert (draft.content["service_code"], draft.state) == ("pothole", "open")
    assert Case.objects.count() == 0


def test_a_call_that_says_nothing_leaves_no_draft(city):
    caller = Caller()
    caller.call()
    caller.press("1")
    caller.hang_up()

    assert not Draft.objects.exists()
    assert Interaction.objects.get().ended_at


def test_the_state_of_a_case_is_told_by_its_number(city):
    case = make_case(city)
    caller = Caller()
    caller.call()
    said = caller.press("1", "2", digits(case.number))

    assert "Pothole" in said
    assert "will look at your report next" in said
    interaction = Interaction.objects.get(channel="phone")
    assert (interaction.kind, interaction.case_number) == ("status_check", case.number)


def test_a_mistyped_number_is_told_so(city):
    case = make_case(city)
    wrong = digits(case.number)[:-1] + str((int(case.number[-1]) + 1) % 10)
    caller = Caller()
    caller.call()

    assert "mistyped" in caller.press("1", "2", wrong)
    assert "Pothole" in caller.press(digits(case.number))


def test_a_private_case_is_told_to_whoever_knows_its_telephone(city):
    case = make_case(city, privacy=Privacy.PRIVATE)
    caller = Caller()
    caller.call()

    assert "private" in caller.press("1", "2", digits(case.number))
    assert "not the number" in caller.press("2125550199")
    assert "Pothole" in caller.press("2125550123")


def test_a_sensitive_case_answers_as_absent(city):
    case = make_case(city, service="wellbeing")
    caller = Caller()
    caller.call()

    said = caller.press("1", "2", digits(case.number))
    assert "no case of this number" in said
    assert "Wellbeing" not in said


@pytest.mark.parametrize("before", [["1"], ["1", "1"], ["1", "1", "1"], ["1", "2"]])
def test_nine_leads_to_911_from_anywhere(city, before):
    caller = Caller()
    caller.call()
    caller.press(*before)
    caller.press("9", "1")

    assert caller.verb("Number").text == "911"
    interaction = Interaction.objects.get()
    assert (interaction.kind, interaction.handed_to) == ("transfer", "911")


def test_who_cannot_be_connected_is_told_what_to_dial(city):
    caller = Caller()
    caller.call()
    caller.press("9", "1")

    assert "dial 9 1 1" in caller.dialed("no-answer")


def test_who_presses_nothing_three_times_gets_a_person(city):
    caller = Caller()
    caller.call()
    caller.press("1")
    caller.wait()
    caller.wait()

    assert "You are next." in caller.wait()


def test_star_goes_back_and_pound_says_it_again(city):
    caller = Caller()
    caller.call()
    main = caller.press("1")
    caller.press("2")

    assert caller.press("*") == main
    assert caller.press("#") == main


def test_a_wish_to_be_called_back_waits_in_the_inbox(city):
    caller = Caller()
    caller.call()
    caller.press("1", "0", "1")

    assert "Somebody will see to it" in caller.press("1")
    message = Message.objects.get(handled_at__isnull=True, is_inbound=True)
    assert "+12125550123" in message.text


def test_a_relay_caller_is_given_time(city):
    city.jurisdiction.settings["phone"] = {
        "version": 1,
        "first": "main",
        "main": "main",
        "person": "agents",
        "menus": [{"code": "main", "keys": [{"key": "7", "leads": "relay"}]}],
        "lines": [{"code": "agents", "names": {}}],
    }
    city.jurisdiction.save()
    caller = Caller()
    caller.call()
    caller.press("7")
    caller.wait()

    assert caller.verb("Gather").get("timeout") == "60"


@pytest.mark.parametrize("signature", ["", "wrong"])
def test_an_unsigned_request_is_refused_and_counted(client, city, signature):
    headers = {"X-Twilio-Signature": signature} if signature else {}
    response = client.post("/channels/voice/call", {"CallSid": "CA1"}, headers=headers)

    assert response.status_code == 403
    assert not Interaction.objects.exists()
    assert Tally.objects.get(name="refused:signature").count == 1
    assert 'hark311_refused_requests_total{channel="voice"' in client.get("/metrics").text


def test_a_request_for_a_call_that_is_over_is_refused(client, city):
    caller = Caller()
    caller.call()
    caller.hang_up()
    fields = {"CallSid": caller.sid, "From": caller.sender, "Digits": "1"}

    assert signed_post(client, "/channels/voice/turn/1", fields).status_code == 403
    assert Tally.objects.get(name="refused:stale").count == 1


def test_calls_are_counted_for_the_monitoring(client, city):
    Caller().call()

    assert 'hark311_interactions_total{channel="voice"} 1' in client.get("/metrics").text


def test_menus_count_who_came_and_who_left(city):
    caller = Caller()
    caller.call()
    caller.press("1")
    caller.hang_up()

    names = set(Tally.objects.values_list("name", flat=True))
    assert {"menu:v0:menu:main:entered", "menu:v0:menu:language:left"} <= names
    assert "menu:v0:menu:main:hung_up" in names


def test_what_is_wrong_in_the_whole_city_is_told_before_the_menu(city):
    make_disruption(city)
    caller = Caller()
    caller.call()

    assert "Water main break" in caller.press("1").split("To report")[0]
