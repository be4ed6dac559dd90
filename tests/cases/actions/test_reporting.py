"""What reporters do with their cases: answer, add, follow, take back, rate; and claim them."""

from datetime import timedelta

import pytest
from tests.cases.make import (
    FIXED,
    anybody,
    cases_of,
    key_actor,
    kinds_of,
    last_event,
    make_account,
    make_case,
    make_city,
    make_incident,
    make_person,
    resident_actor,
    staff_actor,
    the_city,
    the_system,
)

from hark311.access.models import ContactReading
from hark311.cases.actions.add_words import add_words
from hark311.cases.actions.answer_question import answer_question
from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.claim_cases import claim_cases
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.follow_incident import follow_incident
from hark311.cases.actions.lapse_question import lapse_question
from hark311.cases.actions.order_work import order_work
from hark311.cases.actions.rate_case import rate_case
from hark311.cases.actions.record_contact_opened import record_contact_opened
from hark311.cases.actions.wait_incident import wait_incident
from hark311.cases.actions.withdraw_case import withdraw_case
from hark311.cases.models import Case, Clock, Dispute, Incident, Question, Rating, WorkOrder
from hark311.domain.actor import Role
from hark311.domain.errors import DoesNotApply, MissingText, NotAllowed, NotFound
from hark311.domain.lifecycle import State, WaitingFor
from hark311.domain.vocabulary import Privacy, WorkOrderKind
from hark311.people.models import Person

pytestmark = pytest.mark.django_db


def _states(case: Case) -> set[str]:
    return set(Clock.objects.filter(case=case).values_list("state", flat=True))


def test_a_question_stops_the_clocks_of_its_own_case_alone(frozen_clock):
    incident = make_incident(cases=2)
    first, second = cases_of(incident)

    question = ask_reporter(first.pk, "Which lane?", actor=staff_actor())

    assert question.due_at == frozen_clock.at + timedelta(days=5)
    assert (_states(first), _states(second)) == ({"paused"}, {"running"})
    event = last_event(incident)
    assert (event.kind, event.visibility, event.case_id) == ("asked", "reporter", first.pk)


def test_an_answer_lets_the_clocks_run_on_later_by_the_pause(frozen_clock):
    case = make_case()
    before = Clock.objects.get(case=case, target="resolve").due_at
    question = ask_reporter(case.pk, "Which lane?", actor=staff_actor())
    frozen_clock.move_by(timedelta(hours=10))

    answered = answer_question(question.pk, " The left one. ", actor=resident_actor(case))

    assert (answered.state, answered.answer) == ("answered", "The left one.")
    assert Clock.objects.get(case=case, target="resolve").due_at == before + timedelta(hours=10)
    assert _states(case) == {"running"}


def test_a_clock_that_stands_for_two_reasons_runs_when_both_are_gone(frozen_clock):
    case = make_case()
    question = ask_reporter(case.pk, "Which lane?", actor=staff_actor())
    wait_incident(case.incident_id, WaitingFor.THIRD_PARTY, "Gas.", actor=staff_actor())

    answer_question(question.pk, "The left one.", actor=resident_actor(case))

    resolve = Clock.objects.get(case=case, target="resolve")
    assert (resolve.state, resolve.pauses) == ("paused", ["third_party"])


def test_only_one_question_at_a_time_is_put_to_a_reporter(frozen_clock):
    case = make_case()
    ask_reporter(case.pk, "Which lane?", actor=staff_actor())

    with pytest.raises(DoesNotApply) as refused:
        ask_reporter(case.pk, "How deep?", actor=staff_actor())

    assert refused.value.facts == {"reason": "question_open"}


def test_nobody_is_asked_where_nobody_reported(frozen_clock):
    with pytest.raises(DoesNotApply):
        ask_reporter(make_case(is_anonymous=True).pk, "Which lane?", actor=staff_actor())


def test_a_department_with_a_work_order_may_ask(frozen_clock):
    case, parks = make_case(), staff_actor(queues=("parks",))
    with pytest.raises(NotAllowed):
        ask_reporter(case.pk, "Which tree?", actor=parks)
    order_work(
        case.incident_id,
        WorkOrderKind.INSPECTION,
        the_city().queues["parks"].pk,
        "Roots?",
        actor=staff_actor(),
    )

    assert ask_reporter(case.pk, "Which tree?", actor=parks).state == "open"


def test_a_question_is_answered_once_and_with_words(frozen_clock):
    case = make_case()
    question = ask_reporter(case.pk, "Which lane?", actor=staff_actor())
    with pytest.raises(MissingText):
        answer_question(question.pk, " ", actor=resident_actor(case))
    answer_question(question.pk, "Left.", actor=resident_actor(case))

    with pytest.raises(DoesNotApply):
        answer_question(question.pk, "Right.", actor=resident_actor(case))


def test_a_question_lapses_when_its_time_is_over_and_work_goes_on(frozen_clock):
    case = make_case()
    question = ask_reporter(case.pk, "Which lane?", actor=staff_actor())
    with pytest.raises(DoesNotApply):
        lapse_question(question.pk, actor=the_system())
    frozen_clock.move_by(timedelta(days=5))

    lapse_question(question.pk, actor=the_system())

    assert last_event(case.incident).kind == "question_lapsed"
    assert _states(case) == {"running"}


def test_a_late_answer_is_not_lost_and_moves_no_clock_again(frozen_clock):
    case = make_case()
    question = ask_reporter(case.pk, "Which lane?", actor=staff_actor())
    frozen_clock.move_by(timedelta(days=5))
    lapse_question(question.pk, actor=the_system())
    before = list(Clock.objects.order_by("id").values("due_at"))
    frozen_clock.move_by(timedelta(days=1))

    answered = answer_question(question.pk, "Left.", actor=resident_actor(case))

    assert answered.state == "answered"
    assert list(Clock.objects.order_by("id").values("due_at")) == before


def test_a_question_of_another_city_is_not_found(frozen_clock):
    case = make_case()
    question = ask_reporter(case.pk, "Which lane?", actor=staff_actor())

    with pytest.raises(NotFound):
        answer_question(question.pk, "Left.", actor=anybody(make_city("elsewhere")))


def test_added_words_are_masked_and_count_as_asking_again(frozen_clock):
    person = make_person(name="Ada Poe", email="ada@people.test")
    case = make_case(person=person)

    add_words(
        case.pk,
        "Ada Poe again (ada@people.test): it grew.",
        ["https://photos.test/1.jpg"],
        actor=resident_actor(case),
    )

    assert Incident.objects.get().asked_again == 1
    facts = last_event(case.incident).body.payload["facts"]
    assert facts["text"] == "●●● again (●●●): it grew."
    assert Case.objects.get().media_urls == ["https://photos.test/1.jpg"]


def test_nothing_added_is_refused(frozen_clock):
    case = make_case()

    with pytest.raises(MissingText):
        add_words(case.pk, " ", [], actor=resident_actor(case))


def test_words_added_to_a_private_case_stay_with_its_reporter(frozen_clock):
    case = make_case(privacy=Privacy.PRIVATE)

    add_words(case.pk, "It grew.", [], actor=resident_actor(case))

    assert last_event(case.incident).visibility == "reporter"


def test_a_case_taken_back_leaves_the_others_open_and_is_owed_nothing(frozen_clock):
    incident = make_incident(cases=2)
    first, second = cases_of(incident)
    ask_reporter(first.pk, "Which lane?", actor=staff_actor())

    withdraw_case(first.pk, actor=resident_actor(first))

    left = Incident.objects.get(pk=incident.pk)
    assert (left.state, left.active_cases) == ("received", 1)
    assert (_states(first), _states(second)) == ({"superseded"}, {"running"})
    assert Question.objects.get().state == "lapsed"


def test_the_last_case_taken_back_closes_the_incident_and_says_so(frozen_clock):
    case = make_case()
    follow_incident(case.pk, make_person().pk, actor=anybody())
    order_work(
        case.incident_id,
        WorkOrderKind.REPAIR,
        the_city().queues["streets"].pk,
        "Fill it.",
        actor=staff_actor(),
    )

    withdraw_case(case.pk, actor=resident_actor(case))

    incident = Incident.objects.get()
    assert (incident.state, incident.outcome, incident.active_cases) == ("closed", "withdrawn", 0)
    assert kinds_of(incident)[-2:] == ["withdrawn", "closed"]
    assert last_event(incident).body.payload["facts"]["text"] != ""
    assert WorkOrder.objects.get().state == "cancelled"


def test_staff_take_a_case_back_for_a_caller_only_with_the_right_to(frozen_clock):
    first, second = cases_of(make_incident(cases=2))

    withdraw_case(first.pk, actor=staff_actor(role=Role.AGENT))

    with pytest.raises(NotAllowed):
        withdraw_case(second.pk, actor=staff_actor(role=Role.CREW))
    with pytest.raises(NotAllowed):
        withdraw_case(second.pk, actor=key_actor())


def test_what_is_closed_or_taken_back_is_not_taken_back(frozen_clock):
    (closed,) = cases_of(make_incident(state=State.CLOSED))
    first, _second = cases_of(make_incident(cases=2))
    withdraw_case(first.pk, actor=the_system())

    for case, reason in ((closed, "closed"), (first, "withdrawn")):
        with pytest.raises(DoesNotApply) as refused:
            withdraw_case(case.pk, actor=the_system())
        assert refused.value.facts == {"reason": reason}


def test_a_good_rating_is_kept_and_nothing_more(frozen_clock):
    (case,) = cases_of(make_incident(state=State.CLOSED))

    rate_case(case.pk, 4, "Quick.", actor=resident_actor(case))

    assert Rating.objects.get().stars == 4
    assert not Dispute.objects.exists()


def test_an_unhappy_rating_disputes_a_closing_once(frozen_clock):
    (case,) = cases_of(make_incident(state=State.CLOSED))

    rate_case(case.pk, 1, "It is still there.", actor=resident_actor(case))
    rate_case(case.pk, 2, "Really.", actor=resident_actor(case))

    assert Dispute.objects.get().text == "It is still there."
    assert kinds_of(case.incident)[-3:] == ["rated", "disputed", "rated"]


def test_an_unhappy_rating_of_open_work_counts_as_asking_again(frozen_clock):
    case = make_case()

    rate_case(case.pk, 1, "So slow.", actor=resident_actor(case))

    assert Incident.objects.get().asked_again == 1
    assert not Dispute.objects.exists()


@pytest.mark.parametrize("stars", [0, 6])
def test_stars_are_one_to_five(frozen_clock, stars):
    case = make_case()

    with pytest.raises(DoesNotApply):
        rate_case(case.pk, stars, "", actor=resident_actor(case))


def test_a_proved_address_claims_every_case_given_with_it_once(frozen_clock):
    cases = [make_case(person=make_person(email="ada@people.test")) for _each in range(2)]
    make_case()
    account = make_account()

    claimed = claim_cases(account.pk, "Ada@People.test ", actor=anybody())
    again = claim_cases(account.pk, "ada@people.test", actor=anybody())

    assert ([case.pk for case in claimed], again) == ([case.pk for case in cases], ())
    assert Person.objects.filter(account=account).count() == 2
    assert last_event(cases[0].incident).kind == "claimed"


def test_a_claim_takes_nothing_from_another_account_or_city(frozen_clock):
    person = make_person(email="ada@people.test")
    make_case(person=person)
    first, second = make_account(), make_account()
    claim_cases(first.pk, "ada@people.test", actor=anybody())
    elsewhere = make_city("elsewhere")
    make_case(elsewhere, person=make_person(elsewhere, email="ada@people.test"))

    assert claim_cases(second.pk, "ada@people.test", actor=anybody()) == ()
    assert Person.objects.get(pk=person.pk).account_id == first.pk


def test_who_gave_no_address_is_claimed_by_nobody(frozen_clock):
    person = make_person()
    Person.objects.filter(pk=person.pk).update(email="")
    make_case(person=person)

    assert claim_cases(make_account().pk, "", actor=anybody()) == ()


def test_opening_contact_details_is_written_down(frozen_clock):
    case, agent = make_case(), staff_actor(role=Role.AGENT, queues=("parks",))

    record_contact_opened(case.pk, actor=agent)

    reading = ContactReading.objects.get()
    assert (reading.account_id, reading.case_number) == (agent.account_id, case.number)
    assert last_event(case.incident).kind == "contact_opened"


def test_who_may_not_open_contact_details(frozen_clock):
    case, hidden = make_case(), make_case(service="wellbeing")

    with pytest.raises(NotAllowed):
        record_contact_opened(case.pk, actor=staff_actor(role=Role.CREW))
    with pytest.raises(NotFound):
        record_contact_opened(hidden.pk, actor=staff_actor(role=Role.AGENT))
    with pytest.raises(NotAllowed):
        record_contact_opened(case.pk, actor=the_system())

    assert not ContactReading.objects.exists()


def test_a_closed_case_is_still_told_by_its_own_number(frozen_clock):
    case = make_case()
    close_incident(case.incident_id, FIXED, actor=staff_actor())

    add_words(case.pk, "Thank you.", [], actor=resident_actor(case))

    assert Incident.objects.get().state == "closed"
