import pytest
from tests.cases.make import (
    FIXED,
    cases_of,
    kinds_of,
    make_case,
    make_incident,
    make_person,
    staff_actor,
)

from hark311.access.links import LinkKind, token_for
from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.add_note import add_internal_note
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.follow_incident import follow_incident
from hark311.cases.models import Incident
from hark311.domain.errors import IllegalTransition
from hark311.domain.lifecycle import State
from hark311.notifications.models import Notice
from hark311.notifications.rehearsal import rehearse

pytestmark = pytest.mark.django_db


def test_what_is_rehearsed_is_read_and_undone():
    incident, actor = make_incident(cases=2), staff_actor()
    before = kinds_of(incident)

    shown = rehearse(
        lambda: close_incident(incident.pk, FIXED, actor=actor), account_id=actor.account_id
    )

    assert [one.number for one in shown.letters] == [case.number for case in cases_of(incident)]
    assert all(FIXED.text in one.text for one in shown.letters)
    assert Incident.objects.get(pk=incident.pk).state == "received"
    assert kinds_of(incident) == before
    assert not Notice.objects.exists()


def test_no_letter_gives_staff_the_secret_of_its_reader():
    case, actor = make_case(), staff_actor()
    follower = make_person()
    follow = follow_incident(case.pk, follower.pk, actor=actor)

    shown = rehearse(
        lambda: close_incident(case.incident_id, FIXED, actor=actor), account_id=actor.account_id
    )

    words = "".join(one.text for one in shown.letters)
    assert shown.people == 2
    assert token_for(LinkKind.CASE, case.pk) not in words
    assert token_for(LinkKind.FOLLOW, follow.pk) not in words
    assert "●●●" in words


def test_who_is_not_written_to_is_named_with_the_reason():
    person = make_person()
    person.email = ""
    person.save()
    case, actor = make_case(person=person), staff_actor()

    (shown,) = rehearse(
        lambda: close_incident(case.incident_id, FIXED, actor=actor), account_id=actor.account_id
    ).letters

    assert (shown.number, shown.text) == (case.number, "")
    assert shown.reason == "No e-mail address was given."


def test_what_tells_nobody_has_no_letters():
    incident, actor = make_incident(), staff_actor()

    shown = rehearse(
        lambda: add_internal_note(incident.pk, "Careful: dog", actor=actor),
        account_id=actor.account_id,
    )

    assert (shown.letters, shown.people) == ((), 0)


def test_of_many_letters_the_first_are_worded_and_all_are_counted():
    incident, actor = make_incident(cases=3), staff_actor()

    shown = rehearse(
        lambda: close_incident(incident.pk, FIXED, actor=actor),
        account_id=actor.account_id,
        at_most=2,
    )

    assert (len(shown.letters), shown.people) == (2, 3)


def test_what_would_be_refused_is_refused_now():
    incident, actor = make_incident(state=State.CLOSED), staff_actor()

    with pytest.raises(IllegalTransition):
        rehearse(
            lambda: acknowledge_incident(incident.pk, actor=actor), account_id=actor.account_id
        )
