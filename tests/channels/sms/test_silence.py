"""Talks that nobody goes on with."""

from datetime import timedelta

import pytest
from tests.cases.make import make_city
from tests.channels.sms.test_texting import send
from tests.channels.voice.calling import Caller

from hark311.contacts.models import Call, Conversation, Draft
from hark311.intake.silence import end_silent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def city(frozen_clock):
    return make_city()


def test_a_talk_by_text_that_breaks_off_waits_in_the_inbox(frozen_clock):
    send("A deep pothole")
    frozen_clock.move_by(timedelta(hours=13))

    assert end_silent() == 1
    assert end_silent() == 0
    assert Draft.objects.get().content["description"] == "A deep pothole"
    assert "1 Pothole" in send("Another pothole")


def test_a_call_whose_end_was_never_told_is_over_two_hours_later(frozen_clock):
    caller = Caller()
    caller.call()
    caller.press("1", "1", "1")
    frozen_clock.move_by(timedelta(hours=3))
    end_silent()

    assert Call.objects.get().ended_at
    assert Conversation.objects.get().ended_at
    assert Draft.objects.get().content["contact"]["phone"] == "+12125550123"


def test_a_talk_that_goes_on_is_left_alone(frozen_clock):
    send("A deep pothole")
    frozen_clock.move_by(timedelta(hours=1))

    assert end_silent() == 0
