from datetime import timedelta

import pytest
from tests.cases.make import (
    NORTH,
    cases_of,
    make_case,
    make_incident,
    make_person,
    resident_actor,
)

from hark311.cases.actions.request_dispute import request_dispute
from hark311.cases.models import Event
from hark311.cases.queries import staff_oversight
from hark311.domain.lifecycle import State
from hark311.notifications.models import Notice
from hark311.platform import clock

pytestmark = pytest.mark.django_db


def test_supervisors_see_what_is_late_and_what_soon_will_be(city, signed_in, frozen_clock):
    late = make_case(city, opened_at=clock.now() - timedelta(days=4))
    frozen_clock.move_by(timedelta(hours=7))
    fresh = make_case(city, opened_at=clock.now() - timedelta(hours=7))

    context = signed_in(city).get("/staff/late").context

    assert [row.incident_id for row in context["late"]] == [late.incident_id]
    assert [row.incident_id for row in context["soon"]] == [fresh.incident_id]


def test_the_list_of_late_ones_says_how_many_there_are_in_all(city, signed_in, monkeypatch):
    monkeypatch.setattr(staff_oversight, "AT_MOST", 2)
    for _each in range(3):
        make_case(city, opened_at=clock.now() - timedelta(days=4))

    page = signed_in(city).get("/staff/late").content.decode()

    assert "3 are late" in page
    assert "The 2 that have waited longest:" in page


def test_supervisors_see_disputes_with_the_day_of_the_answer(city, signed_in):
    incident = make_incident(city, state=State.CLOSED)
    case = cases_of(incident)[0]
    request_dispute(case.pk, "It is still there.", actor=resident_actor(case))

    page = signed_in(city).get("/staff/late")

    assert [one.number for one in page.context["disputes"]] == [case.number]
    assert "It is still there." in page.content.decode()


def test_supervisors_see_messages_that_did_not_arrive(city, signed_in):
    case = make_case(city)
    Notice.objects.create(
        jurisdiction=city.jurisdiction,
        event=Event.objects.filter(case_id=case.pk).first(),
        case=case,
        person=make_person(city),
        kind="opened",
        channel="email",
        language="en",
        state="failed",
        reason="mailbox unknown",
        created_at=clock.now(),
    )

    client = signed_in(city)

    assert "mailbox unknown" in client.get("/staff/late").content.decode()
    assert "mailbox unknown" in client.get(f"/staff/incidents/{case.incident_id}").content.decode()
    other = signed_in(city, department="community").get("/staff/late").content.decode()
    assert "mailbox unknown" not in other


def test_a_dry_run_says_what_a_rule_changes_and_changes_nothing(city, signed_in):
    case = make_case(city, service="graffiti", point=NORTH, queue="streets")
    make_case(city)
    client = signed_in(city)

    with_all = client.get("/staff/routing?last=100").context["run"]
    without = client.get(
        "/staff/routing", {"last": "100", "without": "graffiti in the north"}
    ).context["run"]

    assert (with_all.tried, with_all.changed) == (2, ())
    assert [(one.number, one.before, one.after) for one in without.changed] == [
        (case.number, "Streets", "Parks")
    ]
    case.incident.refresh_from_db()
    assert case.incident.queue.code == "streets"


def test_rules_are_told_in_words(city, signed_in):
    text = signed_in(city).get("/staff/routing").content.decode()

    assert "graffiti in the north" in text
    assert "Service: Graffiti" in text
    assert "Area: North" in text
