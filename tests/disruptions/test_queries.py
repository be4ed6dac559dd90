"""What is told to touch a place."""

from datetime import timedelta

import pytest
from tests.cases.make import NORTH, SOUTH, City, make_city, staff_actor
from tests.disruptions.make import draft_of, make_disruption

from hark311.cases.disrupting.change_disruption import start_disruption
from hark311.cases.disrupting.end_disruption import Ending, end_disruption
from hark311.disruptions.queries import alert_by_id, listed_alerts, live_alerts, touching
from hark311.domain.disruptions import DisruptionState, Gravity
from hark311.domain.errors import NotFound
from hark311.platform import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(frozen_clock) -> City:
    return make_city()


def test_what_is_all_over_the_city_touches_every_place_and_none(city):
    made = make_disruption(city)

    for point in (NORTH, SOUTH, None):
        found = touching(city.jurisdiction, at=clock.now(), point=point)
        assert [one.id for one in found] == [made.pk]


def test_a_circle_touches_what_lies_in_it(city):
    make_disruption(city, draft=draft_of(center=SOUTH, radius_m=500))

    assert touching(city.jurisdiction, at=clock.now(), point=SOUTH)
    assert not touching(city.jurisdiction, at=clock.now(), point=NORTH)
    assert not touching(city.jurisdiction, at=clock.now())


def test_an_area_touches_what_lies_in_it(city):
    make_disruption(city, draft=draft_of(areas=("ward:south",)))

    assert touching(city.jurisdiction, at=clock.now(), areas=["ward:south", "npu:A"])
    assert not touching(city.jurisdiction, at=clock.now(), areas=["ward:north"])


def test_only_what_takes_a_service_up_touches_it(city):
    make_disruption(city, draft=draft_of(services=("pothole",)))
    make_disruption(city, draft=draft_of(services=()))

    assert len(touching(city.jurisdiction, at=clock.now(), service_code="pothole")) == 1
    assert not touching(city.jurisdiction, at=clock.now(), service_code="graffiti")
    assert len(touching(city.jurisdiction, at=clock.now())) == 2


def test_what_begins_later_or_is_over_touches_nothing(city, frozen_clock):
    later = make_disruption(city, draft=draft_of(starts_at=clock.now() + timedelta(hours=1)))
    assert not live_alerts(city.jurisdiction, at=clock.now())

    start_disruption(later.pk, actor=staff_actor(city))
    assert live_alerts(city.jurisdiction, at=clock.now())

    end_disruption(later.pk, Ending({"en": "Mended."}), actor=staff_actor(city))
    assert not live_alerts(city.jurisdiction, at=clock.now())


def test_the_gravest_comes_first_and_what_is_over_last(city):
    over = make_disruption(city, draft=draft_of(gravity=Gravity.SEVERE))
    end_disruption(over.pk, Ending({"en": "Mended."}), actor=staff_actor(city))
    light = make_disruption(city, draft=draft_of(gravity=Gravity.MINOR))
    grave = make_disruption(city, draft=draft_of(gravity=Gravity.SEVERE))
    coming = make_disruption(city, draft=draft_of(starts_at=clock.now() + timedelta(days=1)))

    listed = listed_alerts(city.jurisdiction, now=clock.now())

    assert [one.id for one in listed] == [grave.pk, light.pk, coming.pk, over.pk]
    assert listed[-1].state(clock.now()) is DisruptionState.OVER
    assert listed[-1].end_text("en") == "Mended."


def test_what_ended_long_ago_is_not_listed(city, frozen_clock):
    made = make_disruption(city)
    end_disruption(made.pk, Ending({"en": "Mended."}), actor=staff_actor(city))

    frozen_clock.move_by(timedelta(days=15))

    assert not listed_alerts(city.jurisdiction, now=clock.now())
    assert alert_by_id(city.jurisdiction, made.pk).title("es") == "Rotura de una tubería"


def test_another_city_knows_nothing_of_it(city):
    made = make_disruption(city)
    other = make_city("elsewhere")

    assert not live_alerts(other.jurisdiction, at=clock.now())
    with pytest.raises(NotFound):
        alert_by_id(other.jurisdiction, made.pk)


def test_finding_what_touches_a_place_takes_one_statement(city, django_assert_num_queries):
    for _count in range(5):
        make_disruption(city)

    with django_assert_num_queries(1):
        touching(city.jurisdiction, at=clock.now(), point=SOUTH, service_code="pothole")
