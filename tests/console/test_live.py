"""A page may listen to what its reader may know of, and to nothing else."""

import pytest
from tests.cases.make import make_case, make_city, make_incident

from hark311.cases.announcing import incident_topic, queue_topic
from hark311.platform.live import topics_of

pytestmark = pytest.mark.django_db


def _topics(client, query="") -> frozenset[str]:
    return topics_of(client.get(f"/staff/live{query}").json()["topics"])


def test_a_page_listens_to_the_queues_of_its_reader(city, signed_in):
    queues = {queue_topic(city.queues[code].pk) for code in ("desk", "streets")}

    assert _topics(signed_in(city)) == queues


def test_a_page_about_an_incident_listens_to_it_too(city, signed_in):
    incident = make_incident(city, service="graffiti")

    assert incident_topic(incident.pk) in _topics(signed_in(city), f"?incident={incident.pk}")


def test_nobody_listens_to_an_incident_that_they_may_not_know_of(city, signed_in):
    sensitive = make_case(city, service="wellbeing").incident
    foreign = make_incident(make_city("elsewhere"))

    for hidden in (sensitive, foreign):
        assert incident_topic(hidden.pk) not in _topics(signed_in(city), f"?incident={hidden.pk}")


def test_who_is_signed_out_gets_no_signature(city, client):
    assert client.get("/staff/live", headers={"host": "testville.test"}).status_code == 302
