"""Lists and maps of public cases: the same cases whether the reader of the map came by or not."""

from datetime import timedelta

import pytest
from tests.cases.make import (
    FIXED,
    NORTH,
    make_case,
    make_city,
    make_incident,
    the_city,
    the_system,
)

from hark311.cases import feed
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.map_reader import LEVELS, MapReader
from hark311.cases.models import Case, MapCell, MapPin
from hark311.cases.queries.public import PublicFilter
from hark311.cases.queries.public_list import public_count, public_list
from hark311.cases.queries.public_map import MOST_PINS, map_window
from hark311.domain.lifecycle import PublicStatus
from hark311.domain.matching import Box
from hark311.domain.place import Point
from hark311.domain.vocabulary import Privacy
from hark311.platform import clock

pytestmark = pytest.mark.django_db
OPEN = frozenset({PublicStatus.OPEN})
ANY = PublicFilter()
EVERYWHERE = Box(-81, 39, -79, 41)


def read_the_feed() -> None:
    sequencer = feed.Sequencer()
    while sequencer.run_once():
        pass
    while feed.run_reader(MapReader()):
        pass


@pytest.fixture(params=["before the reader", "after the reader"])
def maybe_read(request):
    return read_the_feed if request.param == "after the reader" else (lambda: None)


def numbers(wanted: PublicFilter = ANY, **given: object) -> list[str]:
    page = public_list(the_city().jurisdiction, wanted, **given)
    return [case.number for case in page.cases]


def test_the_newest_come_first_and_pages_go_on_where_the_last_ended(maybe_read):
    now = clock.now()
    made = [make_case(opened_at=now - timedelta(hours=hour)) for hour in range(5)]
    maybe_read()
    wanted, city = PublicFilter(), the_city().jurisdiction

    first = public_list(city, wanted, size=2)
    second = public_list(city, wanted, size=2, after=first.after)
    third = public_list(city, wanted, size=2, after=second.after)

    found = [case.number for page in (first, second, third) for case in page.cases]
    assert found == [case.number for case in made]
    assert third.after is None


def test_the_nearest_come_first_where_a_place_is_named(maybe_read):
    far, near = make_case(point=NORTH), make_case(point=Point(-80.0, 39.951))
    maybe_read()

    page = public_list(the_city().jurisdiction, PublicFilter(), near=Point(-80.0, 39.95), size=1)
    rest = public_list(
        the_city().jurisdiction,
        PublicFilter(),
        near=Point(-80.0, 39.95),
        size=1,
        after=page.after,
    )

    assert [case.number for case in (*page.cases, *rest.cases)] == [near.number, far.number]


def test_each_filter_leaves_out_what_does_not_fit(maybe_read):
    now = clock.now()
    old = make_case(opened_at=now - timedelta(days=9), point=NORTH)
    paint = make_case(service="graffiti", description="Blue paint on a wall.")
    closed = make_case()
    close_incident(closed.incident_id, FIXED, actor=the_system())
    maybe_read()

    assert numbers(PublicFilter(service_codes=("graffiti",))) == [paint.number]
    assert numbers(PublicFilter(statuses=frozenset({PublicStatus.CLOSED}))) == [closed.number]
    assert set(numbers(PublicFilter(statuses=OPEN))) == {old.number, paint.number}
    assert numbers(PublicFilter(area="ward:north")) == [old.number]
    assert numbers(PublicFilter(words="pai wall")) == [paint.number]
    assert numbers(PublicFilter(words="?!")) == []
    assert numbers(PublicFilter(opened_to=now - timedelta(days=1))) == [old.number]
    assert set(numbers(PublicFilter(opened_from=now - timedelta(days=1)))) == {
        paint.number,
        closed.number,
    }
    assert numbers(PublicFilter(box=Box(-80.01, 40.04, -79.99, 40.06))) == [old.number]
    assert public_count(the_city().jurisdiction, PublicFilter(statuses=OPEN)) == 2


def test_nothing_private_or_of_another_city_is_listed_or_mapped(maybe_read):
    shown = make_case()
    make_case(privacy=Privacy.PRIVATE)
    make_case(service="wellbeing")
    make_case(make_city("elsewhere"))
    maybe_read()

    assert numbers() == [shown.number]
    assert MapPin.objects.filter(jurisdiction=the_city().jurisdiction).count() <= 1


def test_a_case_that_became_private_is_gone_before_the_reader_comes():
    case = make_case()
    read_the_feed()
    Case.objects.filter(pk=case.pk).update(privacy="private")

    assert numbers() == []
    window = map_window(
        the_city().jurisdiction, PublicFilter(), EVERYWHERE, zoom=12, now=clock.now()
    )
    assert window.items == ()


def test_the_map_follows_what_happens_to_a_case():
    incident = make_incident(cases=3)
    make_case(service="graffiti", point=NORTH)
    read_the_feed()
    city = the_city().jurisdiction

    close_incident(incident.pk, FIXED, actor=the_system())
    read_the_feed()
    window = map_window(city, PublicFilter(statuses=OPEN), EVERYWHERE, zoom=12, now=clock.now())

    assert [item.service.code for item in window.items] == ["graffiti"]
    assert MapPin.objects.filter(is_open=False).count() == 3


def test_reading_all_events_again_changes_no_count():
    make_incident(cases=3)
    read_the_feed()
    before = sorted(MapCell.objects.values_list("level", "x", "y", "service_id", "count"))

    feed.ReaderPosition.objects.filter(name=MapReader.name).update(position=0)
    read_the_feed()

    assert sorted(MapCell.objects.values_list("level", "x", "y", "service_id", "count")) == before
    assert len(before) == 2 * len(LEVELS)


def test_many_cases_are_shown_as_bunches_that_count_them_all():
    first = make_case()
    for _another in range(MOST_PINS):
        make_case(incident=first.incident)
    make_case(point=NORTH)
    read_the_feed()
    city, now = the_city().jurisdiction, clock.now()

    wide = map_window(city, PublicFilter(), EVERYWHERE, zoom=11, now=now)
    recent = map_window(
        city, PublicFilter(opened_from=now - timedelta(days=1)), EVERYWHERE, zoom=11, now=now
    )
    one_kind = map_window(
        city, PublicFilter(service_codes=("graffiti",)), EVERYWHERE, zoom=11, now=now
    )

    assert sorted(bunch.count for bunch in wide.bunches) == [1, MOST_PINS + 1]
    assert sorted(bunch.count for bunch in recent.bunches) == [1, MOST_PINS + 1]
    assert wide.total == MOST_PINS + 2
    assert one_kind.total == 0


def test_a_bunch_lies_where_its_cases_are():
    first = make_case()
    for _another in range(MOST_PINS):
        make_case(incident=first.incident)
    read_the_feed()

    window = map_window(
        the_city().jurisdiction, PublicFilter(), EVERYWHERE, zoom=15, now=clock.now()
    )

    (bunch,) = window.bunches
    assert bunch.box.west <= first.lon <= bunch.box.east
    assert bunch.box.south <= first.lat <= bunch.box.north


@pytest.mark.parametrize("cases", [1, 12])
def test_a_page_costs_the_same_for_any_number(cases, django_assert_num_queries):
    for _each in range(cases):
        make_case()
    city = the_city().jurisdiction
    public_list(city, PublicFilter())

    with django_assert_num_queries(3):
        public_list(city, PublicFilter())
