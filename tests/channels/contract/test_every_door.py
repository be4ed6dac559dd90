"""What holds at every door: one case, danger first, nothing private, number and language kept."""

import pytest
from django.test import Client
from tests.cases.make import DEFAULT, make_case, make_city
from tests.channels.contract.doors import Door, Open311Door, SmsDoor, VoiceDoor, WebDraftDoor
from tests.channels.contract.social_door import SocialDoor

from hark311.cases.models import Case, Event
from hark311.contacts.models import Interaction
from hark311.domain.vocabulary import Privacy

pytestmark = pytest.mark.django_db

DOORS = {
    "open311": Open311Door,
    "sms": SmsDoor,
    "social": SocialDoor,
    "voice": VoiceDoor,
    "web": WebDraftDoor,
}
CHANNEL = {"voice": "phone"}


@pytest.fixture(params=sorted(DOORS))
def name(request) -> str:
    return request.param


@pytest.fixture
def door(name, frozen_clock) -> Door:
    return DOORS[name](make_city(DEFAULT).jurisdiction)


def digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdecimal())


def test_a_report_is_answered_with_a_number_that_is_durable(door):
    said = door.report("en")

    case = Case.objects.get()
    assert digits(case.number) in digits(said)
    assert Event.objects.filter(case_id=case.pk, kind="received").exists()


def test_the_same_message_again_is_the_same_case(door):
    door.report("en")
    again = door.again()

    assert Case.objects.count() == 1
    assert digits(Case.objects.get().number) in digits(again)


def test_danger_is_told_of(door):
    assert "911" in door.danger()


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_language_is_kept(door, language):
    door.report(language)

    case = Case.objects.get()
    assert (case.language, Interaction.objects.get(case_number=case.number).language) == (
        language,
        language,
    )


def test_how_to_reach_the_reporter_is_kept_and_never_shown(door):
    door.report("en")

    case = Case.objects.get()
    assert case.person.phone == "+12125550123"
    assert "5550123" not in digits(door.ask(case.number).replace(case.number, ""))


@pytest.mark.parametrize("privacy", [Privacy.PRIVATE, Privacy.SENSITIVE])
def test_what_is_not_public_is_not_told_to_strangers(door, privacy):
    service = "wellbeing" if privacy is Privacy.SENSITIVE else "pothole"
    case = make_case(service=service, privacy=privacy, description="Something very private.")

    said = door.ask(case.number)
    assert "very private" not in said
    assert "will look at" not in said


def test_the_case_and_its_touch_name_the_channel(door, name):
    door.report("en")

    case = Case.objects.get()
    expected = CHANNEL.get(name, name)
    assert (case.channel, case.interaction.channel) == (expected, expected)


def test_the_channel_is_counted(door, name):
    door.report("en")

    assert f'hark311_interactions_total{{channel="{name}"}}' in Client().get("/metrics").text
