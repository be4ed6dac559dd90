"""Who is written to, who is not, and that nobody learns of anybody else."""

from dataclasses import replace

import pytest
from tests.cases.make import (
    FIXED,
    anybody,
    cases_of,
    make_case,
    make_city,
    make_incident,
    make_person,
    staff_actor,
    the_city,
    the_system,
)
from tests.notifications.life import html_of, read_events, tell, text_of

from hark311.access.links import LinkKind, token_for
from hark311.cases.actions.add_note import add_public_note
from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.follow_incident import follow_incident
from hark311.cases.actions.reopen_incident import reopen_incident
from hark311.cases.actions.unfollow_incident import unfollow
from hark311.cases.actions.withdraw_case import withdraw_case
from hark311.cases.models import Case, Follow
from hark311.domain.vocabulary import Origin, Privacy
from hark311.notifications.models import Notice
from hark311.people.models import Person

pytestmark = pytest.mark.django_db


def follow(case: Case, email: str = "eve@people.test") -> Follow:
    person = make_person(name="Eve Follower", email=email)
    return follow_incident(case.pk, person.pk, actor=anybody())


def close(incident_id: int) -> None:
    close_incident(incident_id, FIXED, actor=the_system())


def test_forty_reporters_and_a_follower_are_told_of_the_closing_once_each(post):
    incident = make_incident(cases=40)
    cases = cases_of(incident)
    follow(cases[0])
    tell()
    post.taken.clear()

    close(incident.pk)
    tell()

    everybody = [case.person.email for case in cases]
    assert post.addresses == sorted([*everybody, "eve@people.test"])
    numbers = {case.number: case.person.email for case in cases}
    for address, mail in post.taken:
        whole = f"{mail}{text_of(mail)}{html_of(mail)}"
        if address in everybody:
            named = {number for number in numbers if number in whole}
            assert [numbers[number] for number in named] == [address]
        assert not any(other in whole for other in everybody if other != address)
        assert "Ada Poe" not in whole
        assert "Eve Follower" not in whole


def test_a_follower_gets_the_public_page_and_a_way_to_stop(post):
    case = make_case(person=make_person(email="ada@people.test"))
    following = follow(case)
    add_public_note(case.incident_id, "The crew comes Monday.", actor=staff_actor())
    close(case.incident_id)
    reopen_incident(case.incident_id, "It broke again.", actor=staff_actor())

    tell()

    mails = post.to("eve@people.test")
    assert [mail["Subject"] for mail in mails] == [
        f"News about a report you follow: {case.number}",
        f"A report you follow is closed: {case.number}",
        f"A report you follow is open again: {case.number}",
    ]
    stop = (
        f"https://311.test/track/{case.number}/unfollow"
        f"?t={token_for(LinkKind.FOLLOW, following.pk)}"
    )
    for mail in mails:
        assert "/channels/email/stop/" in mail["List-Unsubscribe"]
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert stop in text_of(mail)
        assert stop in html_of(mail)
        assert token_for(LinkKind.CASE, case.pk) not in f"{text_of(mail)}{html_of(mail)}"
        assert "#dispute" not in f"{text_of(mail)}{html_of(mail)}"
    assert "/channels/email/stop/" in post.to("ada@people.test")[0]["List-Unsubscribe"]


def test_a_follower_hears_nothing_of_what_is_between_the_city_and_the_reporter(post):
    case = make_case()
    follow(case)
    ask_reporter(case.pk, "Which lane?", actor=staff_actor())

    tell()

    assert post.to("eve@people.test") == []


def test_who_no_longer_follows_is_told_nothing(post):
    case = make_case()
    following = follow(case)
    unfollow(following.pk, actor=anybody())
    close(case.incident_id)

    tell()

    assert post.to("eve@people.test") == []


def test_who_follows_what_they_reported_is_told_once(post):
    case = make_case(person=make_person(email="ada@people.test"))
    follow(case, email="Ada@people.test")
    close(case.incident_id)

    tell()

    assert len(post.addresses) == 2  # the opening and the closing
    assert set(post.addresses) == {"ada@people.test"}


def test_a_case_that_is_no_longer_public_has_no_followers(post):
    case = make_case()
    follow(case)
    Case.objects.filter(pk=case.pk).update(privacy=Privacy.PRIVATE.value)
    close(case.incident_id)

    tell()

    assert post.to("eve@people.test") == []


def test_who_took_their_report_back_is_told_no_more(post):
    incident = make_incident(cases=2)
    first, second = cases_of(incident)
    tell()
    post.taken.clear()
    withdraw_case(first.pk, actor=the_system())
    close(incident.pk)

    tell()

    assert post.addresses == [second.person.email]


def test_who_gave_no_address_or_wants_no_mail_is_not_written_to_and_staff_see_why(post):
    silent = make_case(person=_person_without_address())
    quiet = make_case(person=_person_who_wants_nothing())

    tell()

    assert post.taken == []
    reasons = dict(Notice.objects.values_list("case_id", "reason"))
    assert reasons == {silent.pk: "no_email", quiet.pk: "not_wanted"}
    assert set(Notice.objects.values_list("state", flat=True)) == {"skipped"}


def test_who_said_no_before_the_mail_left_gets_none(post):
    make_case()
    read_events()
    Person.objects.update(wants_updates=False)

    tell()

    assert post.taken == []
    assert Notice.objects.get().reason == "not_wanted"


def test_a_report_without_a_person_tells_nobody(post):
    make_case(is_anonymous=True)

    tell()

    assert not Notice.objects.exists()


@pytest.mark.parametrize("origin", [Origin.IMPORT, Origin.DEMO])
def test_what_was_imported_or_made_up_notifies_nobody(post, origin):
    actor = replace(the_system(), origin=origin)
    case = make_case(actor=actor)
    close_incident(case.incident_id, FIXED, actor=actor)

    tell()

    assert post.taken == []
    assert not Notice.objects.exists()


def test_the_other_government_has_its_own_address(post):
    the_city()
    elsewhere = make_city("elsewhere")
    case = make_case(elsewhere, person=make_person(elsewhere, email="bob@people.test"))

    tell()

    [mail] = post.to("bob@people.test")
    assert f"https://elsewhere.test/track/{case.number}?t=" in text_of(mail)


def _person_without_address() -> Person:
    person = make_person()
    person.email = ""
    person.save()
    return person


def _person_who_wants_nothing() -> Person:
    person = make_person()
    person.wants_updates = False
    person.save()
    return person
