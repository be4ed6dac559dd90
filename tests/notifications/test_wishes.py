"""What an account left out is not sent; what is asked of it, and its number, always is."""

import pytest
from tests.cases.make import (
    FIXED,
    make_account,
    make_case,
    make_person,
    staff_actor,
    the_city,
)
from tests.notifications.life import tell

from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.close_incident import close_incident
from hark311.domain.errors import NotAllowed
from hark311.domain.wishes import Topic, Wish
from hark311.notifications.models import Notice
from hark311.people.models import Person
from hark311.people.wishes import keep_wish, wish_of

pytestmark = pytest.mark.django_db

ADA = "ada@people.test"


@pytest.fixture
def account(post, frozen_clock):
    return make_account("Ada Poe")


def reported_by(account, email=ADA):
    person = make_person(email=email)
    Person.objects.filter(pk=person.pk).update(account=account)
    return make_case(person=person)


def wants(account, *topics, **more):
    keep_wish(account, the_city().jurisdiction, Wish(topics=frozenset(topics), **more))


def test_a_topic_that_was_left_out_is_not_sent_and_staff_see_why(post, account):
    case = reported_by(account)
    wants(account, Topic.CLOSING)

    acknowledge_incident(case.incident_id, actor=staff_actor())
    ask_reporter(case.pk, "Which lane?", actor=staff_actor())
    close_incident(case.incident_id, FIXED, actor=staff_actor())
    tell()

    sent = Notice.objects.filter(state="sent").values_list("kind", flat=True)
    (left,) = Notice.objects.filter(kind="update")
    assert {"opened", "closed"} <= set(sent)
    assert (left.state, left.reason) == ("skipped", "not_wanted")
    assert not Notice.objects.filter(kind="question", reason="not_wanted").exists()


def test_mail_goes_to_the_address_that_was_chosen(post, account):
    reported_by(account, "home@people.test")
    wants(account, address="home@people.test")

    reported_by(account)
    tell()

    assert set(post.addresses) == {"home@people.test"}


def test_off_is_no_mail_at_all(post, account):
    case = reported_by(account)
    wants(account, *Topic, is_on=False)

    ask_reporter(case.pk, "Which lane?", actor=staff_actor())
    tell()

    assert post.taken == []


def test_only_a_proved_address_is_taken(account):
    with pytest.raises(NotAllowed):
        wants(account, address="eve@people.test")


def test_who_never_said_anything_wants_everything(account):
    assert wish_of(account, the_city().jurisdiction).topics == frozenset(Topic)
