"""What several people do to the same matter at once: one wins, none waits for ever."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from tests.cases.make import (
    FIXED,
    cases_of,
    make_case,
    make_incident,
    resident_actor,
    staff_actor,
    the_city,
    the_system,
)
from tests.intake.drafts import make_draft, resident

from hark311.cases.actions.add_words import add_words
from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.merge_incidents import merge_incidents
from hark311.cases.actions.redact_case import redact_case
from hark311.cases.actions.request_dispute import request_dispute
from hark311.cases.actions.transfer_incident import transfer_incident
from hark311.cases.actions.unmerge_case import unmerge_case
from hark311.cases.actions.withdraw_case import withdraw_case
from hark311.cases.locks import lock_case
from hark311.cases.models import Case, Dispute, Event, Incident
from hark311.cases.rebuild import compare
from hark311.cases.sweeps import sweep_clocks, sweep_questions
from hark311.cases.verify import verify
from hark311.domain.errors import HarkError
from hark311.domain.lifecycle import State
from hark311.intake.submit import submit
from hark311.notifications.models import Notice

pytestmark = pytest.mark.django_db(transaction=True)

Deed = Callable[[], object]


def race(*deeds: Deed) -> list[str]:
    """Do all at once; return "done" or the code of the refusal for each. Others' errors escape."""
    start, said, broken = Barrier(len(deeds)), [""] * len(deeds), []

    def run(place: int, deed: Deed) -> None:
        start.wait()
        try:
            deed()
            said[place] = "done"
        except HarkError as refused:
            said[place] = refused.code
        except BaseException as error:  # noqa: BLE001  # told by the thread that asserts
            broken.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not any(thread.is_alive() for thread in threads), "somebody still waits"
    assert broken == []
    return said


@pytest.fixture(autouse=True)
def _whole(frozen_clock):
    """Whatever was raced, nothing is left half."""
    the_city()
    yield
    assert verify().is_whole
    assert compare().differences == ()


def test_of_eight_closings_one_holds():
    incident, actor = make_incident(cases=3), staff_actor()

    said = race(*[lambda: close_incident(incident.pk, FIXED, actor=actor)] * 8)

    assert sorted(said) == ["done", *["illegal_transition"] * 7]
    assert Event.objects.filter(kind="closed").count() == 1


def test_two_merges_that_cross_leave_one_incident():
    one, other, actor = make_incident(cases=2), make_incident(cases=2), staff_actor()

    said = race(
        *[lambda: merge_incidents(one.pk, other.pk, actor=actor)] * 4,
        *[lambda: merge_incidents(other.pk, one.pk, actor=actor)] * 4,
    )

    assert said.count("done") == 1
    assert Incident.objects.filter(merged_into__isnull=True).count() == 1


def test_three_merges_in_a_ring_do_not_close_it():
    ring, actor = [make_incident() for _ in range(3)], staff_actor()
    pairs = [(ring[place].pk, ring[(place + 1) % 3].pk) for place in range(3)]

    race(*[lambda pair=pair: merge_incidents(*pair, actor=actor) for pair in pairs * 2])

    left = Incident.objects.filter(merged_into__isnull=True)
    assert {case.incident_id for case in Case.objects.all()} <= {row.pk for row in left}


def test_a_merge_and_a_closing_do_not_both_happen_to_the_same_cases():
    one, other, actor = make_incident(), make_incident(), staff_actor()

    said = race(
        *[lambda: merge_incidents(one.pk, other.pk, actor=actor)] * 2,
        *[lambda: close_incident(one.pk, FIXED, actor=actor)] * 2,
        *[lambda: close_incident(other.pk, FIXED, actor=actor)] * 2,
    )

    assert "done" in said
    row = Incident.objects.get(pk=one.pk)
    assert (row.merged_into_id is None) or row.state != State.CLOSED.value


def test_a_return_and_a_closing_both_come_to_an_end():
    one, other, actor = make_incident(), make_incident(), staff_actor()
    case = cases_of(one)[0]
    merge_incidents(one.pk, other.pk, actor=actor)

    said = race(
        *[lambda: unmerge_case(case.pk, actor=actor)] * 4,
        *[lambda: close_incident(other.pk, FIXED, actor=actor)] * 2,
        lambda: add_words(case.pk, "More.", [], actor=resident_actor(case)),
        lambda: redact_case(case.pk, "deep hole", "A wish.", actor=actor),
    )

    assert said[:4].count("done") == 1
    assert Case.objects.get(pk=case.pk).incident_id == one.pk


def test_a_closing_is_disputed_once():
    incident = make_incident(state=State.CLOSED)
    case = cases_of(incident)[0]

    said = race(*[lambda: request_dispute(case.pk, "No.", actor=resident_actor(case))] * 8)

    assert sorted(said) == ["does_not_apply"] * 7 + ["done"]
    assert Dispute.objects.count() == 1


def test_two_withdrawals_of_the_last_cases_close_the_incident_once():
    incident = make_incident(cases=4)
    cases = cases_of(incident)

    said = race(
        *[
            lambda case=case: withdraw_case(case.pk, actor=resident_actor(case))
            for case in cases * 2
        ]
    )

    assert said.count("done") == 4
    assert Event.objects.filter(kind="closed").count() == 1


def test_eight_sweeps_mark_each_clock_and_question_once(frozen_clock):
    asked, late = [make_case() for _ in range(4)], [make_case() for _ in range(4)]
    for case in asked:
        ask_reporter(case.pk, "Where?", actor=staff_actor())
    frozen_clock.move_to(frozen_clock.at.replace(month=7))

    race(*[sweep_questions] * 4, *[sweep_clocks] * 4)
    while sweep_questions() + sweep_clocks():
        pass

    lapsed = Event.objects.filter(kind="question_lapsed").values_list("case_id", flat=True)
    assert sorted(lapsed) == [case.pk for case in asked]
    breaches = Event.objects.filter(
        kind="clock_breached", stream_id__in=[case.incident_id for case in late]
    )
    marked = [
        (event.stream_id, event.body.payload["facts"]["target"])
        for event in breaches.select_related("body")
    ]
    assert len(marked) == len(set(marked)) == 3 * len(late)


def test_reports_that_race_have_numbers_of_their_own():
    city = the_city()

    race(*[lambda: submit(make_draft(city), actor=resident(city))] * 8)

    numbers = list(Case.objects.values_list("number", flat=True))
    assert len(numbers) == len(set(numbers)) == 8


def test_joining_races_with_closing_and_transfer_without_a_lost_case():
    city, incident, actor = the_city(), make_incident(), staff_actor()
    parks = city.queues["parks"].pk

    said = race(
        *[lambda: submit(make_draft(city, join_incident=incident.pk), actor=resident(city))] * 4,
        lambda: close_incident(incident.pk, FIXED, actor=the_system(city)),
        *[lambda: transfer_incident(incident.pk, parks, "Trees.", actor=actor)] * 2,
    )

    joined = said[:4].count("done")
    assert Case.objects.filter(incident=incident).count() == joined + 1


def test_what_only_points_at_a_case_waits_for_no_action():
    case = make_case()
    event = Event.objects.get(case_id=case.pk)

    def write_a_notice() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '2s'")
            Notice.objects.create(
                jurisdiction_id=case.jurisdiction_id,
                event=event,
                case_id=case.pk,
                person_id=case.person_id,
                kind="opened",
                channel="email",
                language="en",
                state="skipped",
                created_at=event.at,
            )

    with transaction.atomic():
        lock_case(case.pk, the_system())
        assert race(write_a_notice) == ["done"]
