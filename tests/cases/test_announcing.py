"""Open pages hear which queues and incidents a batch of events touched."""

import pytest
from tests.cases.make import last_event, make_incident, staff_actor, the_city

from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.transfer_incident import transfer_incident
from hark311.cases.announcing import incident_topic, queue_topic, topics_of_events

pytestmark = pytest.mark.django_db


def test_an_event_touches_its_incident_and_its_queue():
    incident = make_incident()
    acknowledge_incident(incident.pk, actor=staff_actor())

    told = topics_of_events([last_event(incident).pk])

    assert told == {incident_topic(incident.pk), queue_topic(incident.queue_id)}


def test_the_queue_that_an_incident_left_is_told_too():
    city, incident = the_city(), make_incident()
    parks = city.queues["parks"].pk
    transfer_incident(incident.pk, parks, "In the park.", actor=staff_actor())

    told = topics_of_events([last_event(incident).pk])

    assert {queue_topic(incident.queue_id), queue_topic(parks)} <= told


def test_nothing_is_touched_by_no_events():
    assert topics_of_events([]) == frozenset()
