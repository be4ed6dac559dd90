"""What is told about a known disruption belongs to its one incident, on every channel."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connections
from tests.cases.make import NORTH, SOUTH, City, make_city, staff_actor
from tests.disruptions.make import draft_of, make_disruption
from tests.intake.drafts import make_draft, resident

from hark311.cases.actions.close_incident import close_incident
from hark311.cases.disrupting.end_disruption import Ending, end_disruption
from hark311.cases.models import Case, Incident
from hark311.disruptions.models import Disruption
from hark311.domain.closing import Closing
from hark311.domain.vocabulary import Channel, Outcome
from hark311.intake.submit import submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(frozen_clock) -> City:
    return make_city()


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.OPEN311, Channel.PHONE, Channel.SMS])
def test_reports_of_a_known_disruption_share_its_incident(city, channel):
    made = make_disruption(city)

    receipts = [
        submit(make_draft(city, point=point, channel=channel), actor=resident(city))
        for point in (SOUTH, NORTH)
    ]

    assert len({receipt.number for receipt in receipts}) == 2
    assert len({receipt.incident_id for receipt in receipts}) == 1
    assert [receipt.alert_id for receipt in receipts] == [made.pk, made.pk]
    assert Disruption.objects.get().incident_id == receipts[0].incident_id


def test_a_repeat_tells_of_the_same_disruption(city):
    made = make_disruption(city)
    draft = make_draft(city, source_key="once")

    submit(draft, actor=resident(city))

    assert submit(draft, actor=resident(city)).alert_id == made.pk


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param({"services": ("graffiti",)}, id="another service"),
        pytest.param({"services": ()}, id="it only informs"),
        pytest.param({"center": NORTH, "radius_m": 200.0}, id="another place"),
    ],
)
def test_what_it_does_not_touch_stands_alone(city, draft):
    make_disruption(city, draft=draft_of(**draft))

    receipt = submit(make_draft(city), actor=resident(city))

    assert receipt.alert_id is None
    assert Disruption.objects.get().incident_id is None


def test_who_means_another_matter_is_heard(city):
    make_disruption(city)
    draft = replace(make_draft(city), beside_alerts=True)

    assert submit(draft, actor=resident(city)).alert_id is None


def test_a_neighbors_report_that_was_chosen_counts_more(city):
    first = submit(make_draft(city), actor=resident(city))
    make_disruption(city)

    joined = submit(make_draft(city, join_incident=first.incident_id), actor=resident(city))

    assert (joined.incident_id, joined.alert_id) == (first.incident_id, None)


def test_a_sensitive_matter_is_never_taken_up(city):
    make_disruption(city, draft=draft_of(services=("wellbeing",)))

    receipt = submit(make_draft(city, service_code="wellbeing"), actor=resident(city))

    assert receipt.alert_id is None


def test_when_its_incident_was_closed_the_next_report_opens_another(city):
    make_disruption(city)
    first = submit(make_draft(city), actor=resident(city))
    closing = Closing(Outcome.FIXED, "Done.")
    close_incident(first.incident_id, closing, actor=staff_actor(city))

    second = submit(make_draft(city), actor=resident(city))

    assert second.incident_id != first.incident_id
    assert Disruption.objects.get().incident_id == second.incident_id


def test_all_who_reported_it_are_closed_with_one_ending(city):
    made = make_disruption(city)
    receipts = [submit(make_draft(city), actor=resident(city)) for _count in range(3)]

    ending = Ending({"en": "Mended."}, Outcome.FIXED)
    end_disruption(made.pk, ending, actor=staff_actor(city))

    states = Case.objects.filter(number__in=[one.number for one in receipts]).values_list(
        "incident__state", flat=True
    )
    assert set(states) == {"closed"}


def test_a_report_told_before_it_began_stands_alone(city, frozen_clock):
    make_disruption(city, draft=draft_of(starts_at=frozen_clock.at + timedelta(hours=1)))

    assert submit(make_draft(city), actor=resident(city)).alert_id is None


@pytest.mark.django_db(transaction=True)
def test_reports_that_race_share_one_incident(frozen_clock):
    city = make_city()
    make_disruption(city)
    drafts = [make_draft(city) for _count in range(6)]

    def send(draft):
        try:
            return submit(draft, actor=resident(city))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        receipts = list(pool.map(send, drafts))

    assert len({one.incident_id for one in receipts}) == 1
    assert Incident.objects.count() == 1
