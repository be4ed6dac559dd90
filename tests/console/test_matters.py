"""What staff read and may do about a matter that moved, changed its service, or has a caller."""

import pytest
from tests.cases.make import kinds_of, make_case, make_incident, the_system

from hark311.cases.actions.change_service import change_service
from hark311.cases.actions.merge_incidents import merge_incidents
from hark311.cases.actions.unmerge_case import unmerge_case
from hark311.cases.models import Case
from hark311.cases.queries.staff_incident import last_sequence
from hark311.domain.actor import Role

pytestmark = pytest.mark.django_db


def test_a_case_that_went_back_is_not_offered_to_go_back_again(city, signed_in):
    source, target = make_incident(), make_incident()
    merge_incidents(source.pk, target.pk, actor=the_system())
    moved = Case.objects.get(incident=target, memberships__incident=source)
    client = signed_in(city)
    before = client.get(f"/staff/incidents/{target.pk}").content.decode()

    unmerge_case(moved.pk, actor=the_system())

    after = client.get(f"/staff/incidents/{source.pk}").content.decode()
    assert f"/staff/incidents/{target.pk}/unmerge" in before
    assert f"/staff/incidents/{source.pk}/unmerge" not in after


def test_answers_and_promises_given_before_a_change_of_service_stay_readable(city, signed_in):
    case = make_case(city)
    change_service(case.incident_id, "graffiti", actor=the_system())

    text = signed_in(city, department=None).get(f"/staff/incidents/{case.incident_id}")

    assert "Within 240 hours." in text.content.decode()
    assert "Promised before: Within 72 hours." in text.content.decode()


def test_an_agent_adds_what_a_caller_says_and_takes_a_case_back_in_any_queue(city, signed_in):
    case = make_case(city, service="graffiti")
    client = signed_in(city, role=Role.AGENT, department="works")
    address = f"/staff/incidents/{case.incident_id}"
    page = client.get(address).content.decode()

    added = client.post(
        f"{address}/add",
        {"case": case.pk, "text": "It grew", "seen": last_sequence(case.incident_id)},
    )
    taken = client.post(
        f"{address}/withdraw", {"case": case.pk, "seen": last_sequence(case.incident_id)}
    )

    assert (f"{address}/add" in page, f"{address}/close" in page) == (True, False)
    assert (added.status_code, taken.status_code) == (302, 302)
    assert {"added_to", "withdrawn"} <= set(kinds_of(case.incident))
