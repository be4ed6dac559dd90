"""What is said about each thing that happens to a case."""

from datetime import date

import pytest
from tests.cases.make import (
    FIXED,
    cases_of,
    make_case,
    make_incident,
    make_person,
    resident_actor,
    staff_actor,
    the_city,
    the_system,
)
from tests.notifications.life import html_of, read_events, tell, text_of

from hark311.access.links import LinkKind, token_for
from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.add_note import add_internal_note, add_public_note
from hark311.cases.actions.answer_question import answer_question
from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.change_service import change_service
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.decline_dispute import decline_dispute
from hark311.cases.actions.merge_incidents import merge_incidents
from hark311.cases.actions.redact_case import redact_case
from hark311.cases.actions.reopen_incident import reopen_incident
from hark311.cases.actions.request_dispute import request_dispute
from hark311.cases.actions.set_expected import set_expected
from hark311.cases.actions.split_case import split_case
from hark311.cases.actions.start_work import start_work
from hark311.cases.actions.transfer_incident import transfer_incident
from hark311.cases.actions.unmerge_case import unmerge_case
from hark311.cases.actions.uphold_dispute import (
    uphold_dispute_apart,
    uphold_dispute_by_reopening,
)
from hark311.cases.actions.wait_incident import wait_incident
from hark311.cases.models import Case
from hark311.domain.closing import Closing
from hark311.domain.lifecycle import State, WaitingFor
from hark311.domain.vocabulary import Outcome
from hark311.notifications.models import Notice

pytestmark = pytest.mark.django_db

ADA = "ada@people.test"


@pytest.fixture
def case(post) -> Case:
    """A case whose reporter has read what came so far."""
    made = make_case(person=make_person(email=ADA))
    tell()
    post.taken.clear()
    return made


def told(post) -> list[tuple[str, str]]:
    """What Ada was told now: subjects and texts."""
    tell()
    mails = post.to(ADA)
    post.taken.clear()
    return [(str(mail["Subject"]), text_of(mail)) for mail in mails]


def test_a_question_comes_with_the_link_that_answers_it(post, case):
    question = ask_reporter(case.pk, "Which lane is it in?", actor=staff_actor())

    [(subject, text)] = told(post)

    assert subject == f"We have a question: {case.number}"
    assert "Works asks you:\n\nWhich lane is it in?" in text
    token = token_for(LinkKind.QUESTION, question.pk)
    assert f"https://311.test/track/{case.number}/question?t={token}" in text
    assert "Please answer by" in text


def test_a_question_that_is_answered_already_is_not_sent(post, case):
    question = ask_reporter(case.pk, "Which lane?", actor=staff_actor())
    answer_question(question.pk, "The left one.", actor=resident_actor(case))

    assert told(post) == []
    assert Notice.objects.get(kind="question").reason == "question_closed"


def test_a_public_note_is_passed_on_in_the_words_of_staff(post, case):
    add_public_note(case.incident_id, "The crew <b>comes</b> Monday.", actor=staff_actor())

    tell()

    [mail] = post.to(ADA)
    assert mail["Subject"] == f"News about your report: {case.number}"
    assert "The department wrote:\n\nThe crew <b>comes</b> Monday." in text_of(mail)
    assert "The crew &lt;b&gt;comes&lt;/b&gt; Monday." in html_of(mail)


def test_what_staff_note_for_each_other_and_the_start_of_work_are_not_mailed(post, case):
    add_internal_note(case.incident_id, "Check the warranty.", actor=staff_actor())
    start_work(case.incident_id, actor=staff_actor())

    assert told(post) == []


def test_each_change_that_concerns_people_is_news(post, case):
    actor, incident = staff_actor(queues=("streets", "parks", "desk")), case.incident_id
    day = date(2027, 3, 1)

    acknowledge_incident(incident, actor=actor)
    [(_subject, seen)] = told(post)
    set_expected(incident, day, actor=actor)
    [(_subject, dated)] = told(post)
    set_expected(incident, None, actor=actor)
    [(_subject, undated)] = told(post)
    wait_incident(incident, WaitingFor.SCHEDULE, "The asphalt plant opens in May.", actor=actor)
    [(_subject, waits)] = told(post)
    transfer_incident(incident, the_city().queues["parks"].pk, "Yours.", actor=actor)
    [(_subject, handed)] = told(post)
    change_service(incident, "graffiti", actor=actor)
    [(_subject, filed)] = told(post)

    assert "The department has seen it." in seen
    assert "The department gave a date." in dated
    assert "Expected on March 1, 2027" in dated
    assert "The department took its date back." in undated
    assert "The asphalt plant opens in May." in waits
    assert "It was handed on." in handed
    assert "Who has it: Community" in handed
    assert "Yours." not in handed
    assert "It was filed under another service: Graffiti." in filed


def test_joining_and_parting_are_told_to_those_who_move(post, case):
    other, actor = make_incident(), staff_actor()
    tell()
    post.taken.clear()

    merge_incidents(case.incident_id, other.pk, actor=actor, text="One crew does both.")
    tell()
    mails = {address: text_of(mail) for address, mail in post.taken}
    joined = mails.pop(ADA)
    [added] = mails.values()
    post.taken.clear()
    unmerge_case(case.pk, actor=actor, text="They are two holes.")
    [(_subject, parted)] = told(post)

    assert "Other reports of the same thing were added." in added
    assert "One crew does both." in added
    assert "It is now handled together with other reports." in joined
    assert "One crew does both." in joined
    assert "It is handled on its own again." in parted
    assert "They are two holes." in parted
    assert set(Notice.objects.filter(event__kind__startswith="unm").values_list("kind")) == {
        ("moved",)
    }


def test_where_reports_join_without_a_word_only_those_who_move_are_told(post, case):
    other = make_incident()
    tell()
    post.taken.clear()

    merge_incidents(case.incident_id, other.pk, actor=staff_actor())
    tell()

    assert post.addresses == [ADA]


def test_who_reported_on_both_sides_is_told_of_joining_once(post, case):
    other = make_case(person=make_person(email=ADA))
    tell()
    post.taken.clear()

    merge_incidents(case.incident_id, other.incident_id, actor=staff_actor(), text="One hole.")
    tell()

    assert post.addresses == [ADA]


def test_a_case_that_is_split_off_is_told_so(post):
    incident = make_incident(cases=2)
    staying, leaving = cases_of(incident)
    tell()
    post.taken.clear()

    split_case(leaving.pk, actor=staff_actor())
    tell()

    [(address, mail)] = post.taken
    assert address == leaving.person.email != staying.person.email
    assert "It is now handled on its own." in text_of(mail)


def test_the_closing_says_the_outcome_and_what_it_needs(post, case):
    closing = Closing(Outcome.NOT_OURS, "Ask the state.", detail="The highway department")
    close_incident(case.incident_id, closing, actor=staff_actor())

    [(_subject, text)] = told(post)

    assert "Works closed it: Someone else is responsible." in text
    assert "The highway department" in text
    assert "Ask the state." in text


def test_a_reopening_is_told_with_its_reason(post, case):
    close_incident(case.incident_id, FIXED, actor=the_system())
    told(post)
    reopen_incident(case.incident_id, "It broke again.", actor=staff_actor())

    [(subject, text)] = told(post)

    assert subject == f"Your report is open again: {case.number}"
    assert "It broke again." in text


def test_a_declined_dispute_is_answered_with_the_reason(post, case):
    close_incident(case.incident_id, FIXED, actor=the_system())
    dispute = request_dispute(case.pk, "Still there.", actor=resident_actor(case))
    told(post)
    decline_dispute(dispute.pk, "We measured it.", actor=staff_actor())

    [(subject, text)] = told(post)

    assert subject == f"Our answer to you: {case.number}"
    assert "A supervisor looked again. The closing stands as it is." in text
    assert "We measured it." in text


def test_who_disputed_is_told_once_that_the_work_goes_on_and_the_others_that_it_reopened(post):
    incident = make_incident(cases=2, state=State.CLOSED)
    first, second = cases_of(incident)
    dispute = request_dispute(first.pk, "Still there.", actor=resident_actor(first))
    tell()
    post.taken.clear()

    uphold_dispute_by_reopening(dispute.pk, "You were right.", actor=staff_actor())
    tell()

    [answer] = post.to(first.person.email)
    [reopening] = post.to(second.person.email)
    assert "agrees with you. The work goes on." in text_of(answer)
    assert "It was closed, and now it is open again." in text_of(reopening)


def test_a_dispute_upheld_apart_is_told_once_and_to_nobody_else(post):
    incident = make_incident(cases=2, state=State.CLOSED)
    first, second = cases_of(incident)
    dispute = request_dispute(first.pk, "Still there.", actor=resident_actor(first))
    tell()
    post.taken.clear()

    uphold_dispute_apart(dispute.pk, "You were right.", actor=staff_actor())
    tell()

    [(address, mail)] = post.taken
    assert address == first.person.email != second.person.email
    assert "Works will look at your report next." in text_of(mail)


@pytest.mark.parametrize("is_read_before", [True, False])
def test_what_was_covered_before_it_left_is_sent_without_it(post, case, is_read_before):
    add_public_note(case.incident_id, "Call Mrs. Poe about it.", actor=staff_actor())
    if is_read_before:
        read_events()
    redact_case(case.pk, "Mrs. Poe", "A name.", actor=staff_actor())

    [(_subject, text)] = told(post)

    assert "Poe" not in text
    assert "about it." in text
