"""What saying more about a case promises: who may, once, and nothing lost."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connections
from tests.cases.make import (
    City,
    key_actor,
    make_case,
    make_city,
    make_incident,
    staff_actor,
)
from tests.intake.drafts import resident

from hark311.access.links import LinkKind, token_for
from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.models import Case, Dispute, Event, Follow, Incident, Question, Rating
from hark311.contacts.models import Interaction, Message
from hark311.domain.draft import Receipt, ReplyDraft, ReplyKind
from hark311.domain.errors import (
    DoesNotApply,
    KeyReused,
    LinkExpired,
    MissingText,
    NotAllowed,
    NotFound,
    TextTooLong,
)
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import Channel
from hark311.intake.reply import reply
from hark311.platform import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(frozen_clock) -> City:
    return make_city()


def say(
    case: Case,
    kind: ReplyKind = ReplyKind.WORDS,
    *,
    text: str = "It is deeper now.",
    token: str | None = None,
    key: str | None = None,
    email: str = "",
    rating: int | None = None,
    city: City,
) -> Receipt:
    """Reply as the holder of the case's link, unless the test says otherwise."""
    draft = ReplyDraft(
        jurisdiction_id=city.jurisdiction.pk,
        channel=Channel.WEB,
        source_key=uuid4().hex if key is None else key,
        received_at=clock.now(),
        kind=kind,
        text=text,
        rating=rating,
        token=token_for(LinkKind.CASE, case.pk) if token is None else token,
        email=email,
    )
    return reply(draft, case.pk, actor=resident(city))


def test_words_are_added_and_wait_for_a_person(city):
    case = make_case(city)

    receipt = say(case, city=city)

    assert receipt.number == case.number
    assert Event.objects.filter(case_id=case.pk, kind="added_to").count() == 1
    assert Message.objects.get(text="It is deeper now.").handled_at is None


def test_a_repeat_adds_nothing(city):
    case = make_case(city)

    say(case, key="once", city=city)

    assert say(case, key="once", city=city).is_repeat
    assert Event.objects.filter(kind="added_to").count() == 1


def test_the_same_key_with_other_words_is_refused(city):
    case = make_case(city)
    say(case, key="once", city=city)

    with pytest.raises(KeyReused):
        say(case, key="once", text="Something else.", city=city)


@pytest.mark.django_db(transaction=True)
def test_eight_racing_repeats_add_the_words_once(city):
    case = make_case(city)

    def call(_attempt: int) -> None:
        try:
            say(case, key="race", city=city)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(call, range(8)))

    assert Event.objects.filter(kind="added_to").count() == 1
    assert Interaction.objects.filter(source_key="race").count() == 1


@pytest.mark.django_db(transaction=True)
def test_racing_follows_of_one_address_are_one_follow(city):
    case = make_case(city)

    def call(_attempt: int) -> str:
        try:
            return say(case, ReplyKind.FOLLOW, token="", email="eve@people.test", city=city).token
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        tokens = set(pool.map(call, range(6)))
    say(case, ReplyKind.UNFOLLOW, token=tokens.pop(), city=city)

    assert tokens == set()
    assert Follow.objects.get().to_at is not None


def test_a_link_of_another_case_opens_nothing(city):
    mine, other = make_case(city), make_case(city)

    with pytest.raises(LinkExpired):
        say(mine, token=token_for(LinkKind.CASE, other.pk), city=city)


@pytest.mark.parametrize(
    ("service", "error"),
    [
        pytest.param("pothole", NotAllowed, id="public: may read, not write"),
        pytest.param("wellbeing", NotFound, id="sensitive: as if absent"),
    ],
)
def test_a_stranger_may_not_speak_for_the_reporter(city, service, error):
    with pytest.raises(error):
        say(make_case(city, service=service), token="", city=city)


def test_a_case_of_another_city_is_absent(city):
    case = make_case(make_city("elsewhere"))

    with pytest.raises(NotFound):
        say(case, city=city)


def test_the_address_a_case_was_given_with_may_speak_for_it(city):
    case = make_case(city)

    say(case, token="", email=case.person.email.upper(), city=city)

    assert Event.objects.filter(kind="added_to").count() == 1


def test_an_answer_by_the_questions_own_link_ends_the_question(city):
    case = make_case(city)
    question = ask_reporter(case.pk, "Which side?", actor=staff_actor(city))

    say(
        case,
        ReplyKind.ANSWER,
        text="The left one.",
        token=token_for(LinkKind.QUESTION, question.pk),
        city=city,
    )

    assert Question.objects.get(pk=question.pk).answer == "The left one."


def test_an_answer_sent_twice_gets_the_same_receipt(city):
    case = make_case(city)
    question = ask_reporter(case.pk, "Which side?", actor=staff_actor(city))
    token = token_for(LinkKind.QUESTION, question.pk)

    first = say(case, ReplyKind.ANSWER, token=token, key="once", city=city)
    second = say(case, ReplyKind.ANSWER, token=token, key="once", city=city)

    assert second.is_repeat
    assert second.interaction_reference == first.interaction_reference


def test_a_question_that_was_answered_takes_no_second_answer(city):
    case = make_case(city)
    question = ask_reporter(case.pk, "Which side?", actor=staff_actor(city))
    token = token_for(LinkKind.QUESTION, question.pk)
    say(case, ReplyKind.ANSWER, token=token, city=city)

    with pytest.raises(LinkExpired):
        say(case, ReplyKind.ANSWER, token=token, city=city)


def test_an_answer_without_a_question_does_not_apply(city):
    with pytest.raises(DoesNotApply):
        say(make_case(city), ReplyKind.ANSWER, city=city)


def test_a_closed_case_may_be_disputed(city):
    incident = make_incident(city, state=State.CLOSED)
    case = Case.objects.get(incident=incident)

    say(case, ReplyKind.DISPUTE, text="The hole is still there.", city=city)

    assert Dispute.objects.get(case=case).state == "requested"


def test_a_bad_rating_is_a_dispute_too(city):
    case = Case.objects.get(incident=make_incident(city, state=State.CLOSED))

    say(case, ReplyKind.RATE, rating=1, text="Nobody came.", city=city)

    assert Rating.objects.get(case=case).stars == 1
    assert Dispute.objects.filter(case=case).exists()


def test_the_last_reporter_who_withdraws_ends_the_matter(city):
    case = make_case(city)

    say(case, ReplyKind.WITHDRAW, text="", city=city)

    incident = Incident.objects.get(pk=case.incident_id)
    assert (incident.state, incident.outcome) == ("closed", "withdrawn")


def test_anybody_may_follow_a_public_case_and_stop(city):
    case = make_case(city)

    receipt = say(case, ReplyKind.FOLLOW, text="", token="", email="n@people.test", city=city)
    say(case, ReplyKind.UNFOLLOW, text="", token=receipt.token, city=city)

    assert Follow.objects.get(case=case).to_at is not None


def test_following_needs_an_address(city):
    with pytest.raises(MissingText):
        say(make_case(city), ReplyKind.FOLLOW, text="", token="", city=city)


def test_empty_words_are_refused_and_keep_nothing(city):
    with pytest.raises(MissingText):
        say(make_case(city), text=" ", city=city)

    assert not Interaction.objects.exists()


def test_too_many_words_are_refused(city):
    with pytest.raises(TextTooLong):
        say(make_case(city), text="x" * 5000, city=city)


def test_a_status_comes_from_a_key_only(city):
    case = make_case(city)
    draft = ReplyDraft(
        jurisdiction_id=city.jurisdiction.pk,
        channel=Channel.OPEN311,
        source_key="u1",
        received_at=clock.now(),
        kind=ReplyKind.STATUS,
        status="acknowledged",
    )

    with pytest.raises(NotAllowed):
        reply(draft, case.pk, actor=resident(city))
    reply(draft, case.pk, actor=key_actor(city))

    assert Incident.objects.get(pk=case.incident_id).state == "acknowledged"


def test_the_same_words_with_the_same_key_about_another_case_are_refused(city):
    first, second = make_case(city), make_case(city)
    say(first, key="one", city=city)

    with pytest.raises(KeyReused):
        say(second, key="one", token=token_for(LinkKind.CASE, second.pk), city=city)
