"""Where a day begins, and who has what."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cases.make import make_case, make_incident, staff_actor
from tests.console.conftest import employ

from hark311.cases.actions.assign_incident import assign_incident
from hark311.cases.queries import staff_counts
from hark311.domain.actor import Role
from hark311.domain.lifecycle import State
from hark311.government.models import Account
from hark311.platform import clock

pytestmark = pytest.mark.django_db


def _me(client) -> int:
    return int(client.session["_auth_user_id"])


def _count(page, code):
    return next(one.count for one in page.context["queues"] if one.code == code)


def test_home_counts_what_lies_in_my_queues(city, signed_in, frozen_clock):
    now = clock.now()
    make_case(city, opened_at=now - timedelta(days=5))
    make_incident(city, state=State.ACKNOWLEDGED)
    make_incident(city, cases=2)
    frozen_clock.move_by(timedelta(hours=7))

    count = _count(signed_in(city).get("/staff/"), "streets")

    assert (count.open, count.late, count.soon) == (3, 1, 1)
    assert (count.nobody, count.new, count.asked_again) == (3, 2, 1)


def test_home_shows_queues_that_are_mine_and_no_others(city, signed_in):
    make_case(city, service="wellbeing")

    page = signed_in(city).get("/staff/")

    assert {one.code for one in page.context["queues"]} == {"desk", "streets"}


def test_home_shows_what_was_given_to_me(city, signed_in):
    client, mine, _other = signed_in(city), make_incident(city), make_incident(city)
    assign_incident(mine.pk, _me(client), actor=staff_actor(city))

    page = client.get("/staff/")

    assert [row.incident_id for row in page.context["mine"].rows] == [mine.pk]


def test_a_long_queue_is_counted_as_at_least(city, signed_in, monkeypatch):
    monkeypatch.setattr(staff_counts, "COUNTED", 2)
    for _each in range(3):
        make_incident(city)

    page = signed_in(city).get("/staff/")

    assert (_count(page, "streets").open, _count(page, "streets").is_all) == (2, False)
    assert "at least 2 open" in page.content.decode()


def test_home_costs_the_same_however_much_there_is(city, signed_in):
    client = signed_in(city)
    assign_incident(make_incident(city).pk, _me(client), actor=staff_actor(city))
    client.get("/staff/")
    with CaptureQueriesContext(connection) as few:
        client.get("/staff/")
    for _each in range(4):
        assign_incident(make_incident(city).pk, _me(client), actor=staff_actor(city))
    with CaptureQueriesContext(connection) as many:
        client.get("/staff/")

    assert len(few) == len(many) == 10, [one["sql"][:120] for one in many]


def test_workload_is_told_by_name_and_ranks_nobody(city, signed_in):
    client = signed_in(city)
    for name in ("Zoe", "Abe", "Mia"):
        employee = employ(city)
        Account.objects.filter(pk=employee.pk).update(name=name)
        if name == "Zoe":
            assign_incident(make_incident(city).pk, employee.pk, actor=staff_actor(city))

    (team,) = client.get("/staff/workload").context["teams"]
    named = [one for one in team.people if one.name in {"Abe", "Mia", "Zoe"}]

    assert [(one.name, one.open) for one in named] == [("Abe", 0), ("Mia", 0), ("Zoe", 1)]


def test_workload_counts_the_week_and_what_is_late(city, signed_in):
    client, account = signed_in(city), employ(city)
    late = make_case(city, opened_at=clock.now() - timedelta(days=9)).incident_id
    soon = make_incident(city).pk
    for incident_id in (late, soon):
        assign_incident(incident_id, account.pk, actor=staff_actor(city))

    (team,) = client.get("/staff/workload").context["teams"]
    (line,) = [one for one in team.people if one.url.endswith(f"with={account.pk}")]

    assert (line.open, line.late, line.this_week) == (2, 1, 1)
    assert [row.incident_id for row in client.get(line.url).context["page"].rows] == [late, soon]


def test_workload_is_for_those_who_give_work(city, signed_in):
    assert signed_in(city, role=Role.CREW).get("/staff/workload").status_code == 403
    assert signed_in(city, role=Role.AGENT).get("/staff/workload").status_code == 200


def test_workload_leaves_other_departments_out(city, signed_in):
    employ(city, department="community")

    (team,) = signed_in(city).get("/staff/workload").context["teams"]

    assert team.department == "Works"
