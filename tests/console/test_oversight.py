from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cases.make import (
    NORTH,
    cases_of,
    make_case,
    make_incident,
    resident_actor,
)

from hark311.cases.actions.request_dispute import request_dispute
from hark311.cases.models import Event
from hark311.console import oversight_views
from hark311.domain.actor import Role
from hark311.domain.lifecycle import State
from hark311.notifications.models import Notice
from hark311.notifications.sending import send_waiting
from hark311.platform import clock

pytestmark = pytest.mark.django_db


def test_supervisors_see_what_is_late_and_what_soon_will_be(city, signed_in, frozen_clock):
    late = make_case(city, opened_at=clock.now() - timedelta(days=4))
    frozen_clock.move_by(timedelta(hours=7))
    fresh = make_case(city, opened_at=clock.now() - timedelta(hours=7))

    found = _lists(signed_in(city))

    assert [row.incident_id for row in found["late"].rows] == [late.incident_id]
    assert [row.incident_id for row in found["soon"].rows] == [fresh.incident_id]


def test_each_list_says_how_many_there_are_and_leads_to_all_of_them(city, signed_in, monkeypatch):
    monkeypatch.setattr(oversight_views, "_SHOWN", 2)
    for _each in range(3):
        make_case(city, opened_at=clock.now() - timedelta(days=4))
    client = signed_in(city)

    late = _lists(client)["late"]

    assert (late.count, len(late.rows)) == (3, 2)
    assert "All 3 in the queues" in client.get("/staff/oversight").text
    assert "3 late" in client.get(f"/staff/queues?{late.query}").text.lower()


def test_supervisors_see_what_was_asked_for_again(city, signed_in):
    incident = make_incident(city, cases=2)
    make_case(city)

    assert [row.incident_id for row in _lists(signed_in(city))["asked"].rows] == [incident.pk]


def test_supervisors_see_disputes_with_the_day_of_the_answer(city, signed_in):
    incident = make_incident(city, state=State.CLOSED)
    case = cases_of(incident)[0]
    request_dispute(case.pk, "It is still there.", actor=resident_actor(case))

    page = signed_in(city).get("/staff/oversight")

    assert [one.number for one in page.context["disputes"]] == [case.number]
    assert "It is still there." in page.text


def test_supervisors_see_what_was_closed_as_fixed_without_proof(city, signed_in, frozen_clock):
    closed = make_incident(city, state=State.CLOSED)
    make_incident(city)
    client = signed_in(city)

    found = client.get("/staff/oversight").context["unproved"]
    elsewhere = signed_in(city, department="community").get("/staff/oversight")
    frozen_clock.move_by(timedelta(days=31))
    later = client.get("/staff/oversight").context["unproved"]

    assert [one.incident_id for one in found] == [closed.pk]
    assert elsewhere.context["unproved"] == ()
    assert later == ()


def _lists(client) -> dict[str, object]:
    return {one.code: one for one in client.get("/staff/oversight").context["lists"]}


def _failed(city, case) -> Notice:
    return Notice.objects.create(
        jurisdiction=city.jurisdiction,
        event=Event.objects.filter(case_id=case.pk).first(),
        case=case,
        person=case.person,
        kind="opened",
        channel="email",
        language="en",
        state="failed",
        reason="mailbox unknown",
        attempts=6,
        created_at=clock.now(),
    )


def test_supervisors_see_messages_that_did_not_arrive(city, signed_in):
    case = make_case(city)
    _failed(city, case)

    client = signed_in(city)

    assert "mailbox unknown" in client.get("/staff/oversight").text
    assert "mailbox unknown" in client.get(f"/staff/incidents/{case.incident_id}").text
    assert (
        "mailbox unknown"
        not in signed_in(city, department="community").get("/staff/oversight").text
    )


def test_a_message_that_failed_is_sent_once_more(city, signed_in, mailoutbox):
    notice = _failed(city, make_case(city))
    client = signed_in(city)

    client.post(f"/staff/oversight/notices/{notice.pk}")
    again = client.post(f"/staff/oversight/notices/{notice.pk}")
    send_waiting()

    notice.refresh_from_db()
    assert again.status_code == 422
    assert notice.state == "sent"
    assert len(mailoutbox) == 1


def test_who_may_not_send_once_more(city, signed_in):
    notice = _failed(city, make_case(city))

    for client, status in (
        (signed_in(city, role=Role.AGENT), 403),
        (signed_in(city, department="community"), 404),
    ):
        assert client.post(f"/staff/oversight/notices/{notice.pk}").status_code == status


def test_the_page_costs_the_same_however_much_there_is(city, signed_in):
    client = signed_in(city)
    client.get("/staff/oversight")
    few = _count(client)
    for _each in range(4):
        _failed(city, make_case(city, opened_at=clock.now() - timedelta(days=4)))
        make_incident(city, state=State.CLOSED)

    assert _count(client) <= few + 3


def _count(client) -> int:
    with CaptureQueriesContext(connection) as found:
        client.get("/staff/oversight")
    return len(found)


def test_the_old_address_leads_to_the_new_page(city, signed_in):
    assert signed_in(city).get("/staff/late").url == "/staff/oversight"


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
