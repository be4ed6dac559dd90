"""What is said on a network waits as a draft, is asked about alone, and its number goes back."""

from datetime import timedelta

import pytest
from tests.cases.make import City, staff_actor
from tests.channels.social.payloads import (
    instagram_comment,
    skeet,
    toot,
    tweet,
    whatsapp,
    x_message,
)

from hark311.channels.social import bluesky, mastodon, meta, x
from hark311.channels.social.polling import ask_networks
from hark311.channels.social.said import Said
from hark311.channels.social.sending import send_answers, tell_numbers
from hark311.channels.social.taking import take
from hark311.contacts.mentions import answer_mention, mention_of_draft
from hark311.contacts.models import Draft, Interaction, Mention, SocialAnswer
from hark311.domain.actor import Role
from hark311.domain.draft import IntakeDraft
from hark311.domain.errors import NotFound, TextTooLong
from hark311.domain.place import Point
from hark311.domain.social import Network
from hark311.domain.vocabulary import Channel
from hark311.intake.confirm import confirm_draft
from hark311.platform import clock
from hark311.platform.social.network import Away, Refused

pytestmark = pytest.mark.django_db


def tweeted(**named: str) -> Said:
    return next(x.said_in(tweet(**named)))


def taken(city: City, said: Said) -> Draft:
    take(said, city.jurisdiction)
    return Draft.objects.latest("id")


def confirmed(city: City, draft: Draft, service: str = "pothole", *, public: bool = True) -> str:
    """An agent makes a case of it; returns its number."""
    actor = staff_actor(city, role=Role.AGENT)
    whole = IntakeDraft(
        jurisdiction_id=city.jurisdiction.pk,
        channel=Channel.SOCIAL,
        source_key="",
        received_at=clock.now(),
        service_code=service,
        description="A pothole",
        point=Point(-80.0, 39.95),
        wants_public=public,
    )
    return confirm_draft(draft.pk, whole, actor=actor).number


@pytest.mark.parametrize(
    ("said", "network", "is_public"),
    [
        pytest.param(lambda: tweeted(), Network.X, True, id="a post on X"),
        pytest.param(
            lambda: next(meta.said_in(instagram_comment())), Network.INSTAGRAM, True, id="a comment"
        ),
        pytest.param(
            lambda: next(meta.said_in(whatsapp())), Network.WHATSAPP, False, id="WhatsApp"
        ),
        pytest.param(lambda: mastodon.said_of(toot()), Network.MASTODON, True, id="Mastodon"),
        pytest.param(
            lambda: mastodon.said_of(toot(visibility="direct")), Network.MASTODON, False, id="alone"
        ),
        pytest.param(lambda: bluesky.said_of(skeet()), Network.BLUESKY, True, id="Bluesky"),
    ],
)
def test_each_network_leads_to_one_draft_in_the_inbox(city, paper, said, network, is_public):
    draft = taken(city, said())
    take(said(), city.jurisdiction)

    mention = Mention.objects.get()
    assert (mention.network, mention.is_public) == (network.value, is_public)
    assert draft.interaction.channel == "social"
    assert Draft.objects.count() == Interaction.objects.count() == 1


def test_a_service_is_suggested(city, paper):
    assert taken(city, tweeted()).content["service_code"] == "pothole"


def test_the_telephone_of_whatsapp_is_kept_for_the_case(city, paper):
    draft = taken(city, next(meta.said_in(whatsapp())))

    assert draft.content["contact"]["phone"] == "+14045550123"
    assert draft.interaction.language == "es"


def test_what_is_missing_is_asked_alone_and_never_in_public(city, paper):
    taken(city, tweeted())
    send_answers()

    ((how, whom, text),) = paper.said
    assert (how, whom) == ("private", "42")
    assert "where it is" in text


def test_danger_is_answered_first_and_at_once(city, paper):
    taken(city, tweeted(text="@testville there is a gas leak, I smell gas"))
    send_answers()

    assert [words[0] for words in paper.said] == ["public", "private"]
    assert all("911" in words[2] for words in paper.said)


def test_a_machine_is_not_answered(city, paper):
    said = mastodon.said_of(toot(is_bot=True))
    assert said
    taken(city, said)

    assert SocialAnswer.objects.count() == 0


def test_an_answer_goes_on_with_what_waits(city, paper):
    draft = taken(city, tweeted())
    take(next(x.said_in(x_message("It is before the school."))), city.jurisdiction)

    draft.refresh_from_db()
    assert draft.content["description"].endswith("It is before the school.")
    assert Draft.objects.count() == 1


def test_what_a_colleague_holds_is_not_changed_beneath_them(city, paper):
    draft = taken(city, tweeted())
    Draft.objects.filter(pk=draft.pk).update(state="claimed")
    take(next(x.said_in(x_message("At the school."))), city.jurisdiction)

    draft.refresh_from_db()
    assert "school" not in draft.content["description"]
    assert draft.interaction.messages.filter(text="At the school.").exists()


def test_another_mention_is_another_matter(city, paper):
    taken(city, tweeted())
    taken(city, tweeted(key="902", text="@testville graffiti on the bridge"))

    assert Draft.objects.count() == 2


def test_the_number_is_told_in_public_only_of_a_public_case(city, paper):
    number = confirmed(city, taken(city, tweeted()))
    SocialAnswer.objects.all().delete()
    tell_numbers()
    tell_numbers()
    send_answers()

    ((how, answers, text, _alternative),) = paper.said
    assert (how, answers) == ("public", "901")
    assert number in text
    assert f"/track/{number}" in text


@pytest.mark.parametrize(
    ("service", "public"),
    [("wellbeing", True), pytest.param("pothole", False, id="the reporter wants it private")],
)
def test_the_number_of_any_other_case_is_told_alone(city, paper, service, public):
    confirmed(city, taken(city, tweeted()), service, public=public)
    SocialAnswer.objects.all().delete()
    tell_numbers()
    send_answers()

    assert [words[0] for words in paper.said] == ["private"]


def test_staff_answer_and_see_what_became_of_it(city, paper):
    draft = taken(city, tweeted())
    actor = staff_actor(city, role=Role.AGENT)
    shown = mention_of_draft(draft.pk, city.jurisdiction.pk)
    assert shown
    answer_mention(shown.mention_id, "Which lane?", is_public=True, actor=actor, at=clock.now())
    send_answers()

    assert ("public", "901", "Which lane?", "") in paper.said
    again = mention_of_draft(draft.pk, city.jurisdiction.pk)
    assert again
    assert {state for _text, _public, state, _at in again.answers} == {"sent"}


def test_an_answer_that_is_too_long_is_refused(city, paper):
    mention = taken(city, tweeted()).interaction.mention
    actor = staff_actor(city, role=Role.AGENT)

    with pytest.raises(TextTooLong):
        answer_mention(mention.pk, "x" * 300, is_public=True, actor=actor, at=clock.now())


def test_nobody_answers_in_public_what_was_said_alone(city, paper):
    mention = taken(city, next(meta.said_in(whatsapp()))).interaction.mention
    actor = staff_actor(city, role=Role.AGENT)

    with pytest.raises(NotFound):
        answer_mention(mention.pk, "Hello", is_public=True, actor=actor, at=clock.now())


def test_a_network_that_is_away_loses_no_answer(city, paper, frozen_clock):
    taken(city, tweeted())
    paper.fault = Away("503")
    send_answers()
    paper.fault = None
    assert send_answers() == 0
    frozen_clock.move_by(timedelta(minutes=3))
    send_answers()

    assert SocialAnswer.objects.get().state == "sent"


def test_what_a_network_refuses_is_a_fact_that_staff_see(city, paper):
    draft = taken(city, tweeted())
    paper.fault = Refused("status_403")
    send_answers()

    shown = mention_of_draft(draft.pk, city.jurisdiction.pk)
    assert shown
    assert shown.answers[0][2] == "failed"
    assert SocialAnswer.objects.get().failure == "status_403"


def test_what_networks_are_asked_for_is_taken_once(city, paper):
    paper.waiting = [toot()]

    assert (ask_networks(), ask_networks()) == (1, 0)
    assert Draft.objects.get().interaction.messages.first().media_urls == [
        "https://social.test/hole.jpg"
    ]


def test_a_network_that_is_away_stops_nothing(city, paper):
    paper.fault = Away("timeout")

    assert ask_networks() == 0
