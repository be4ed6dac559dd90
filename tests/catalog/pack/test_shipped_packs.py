"""What the two shipped packs are made of."""

from collections import Counter

import pytest
from tests.catalog.pack.broken import CITIES

from hark311.catalog.pack.check import read_pack
from hark311.catalog.pack.outlines import outline_of
from hark311.catalog.pack.pack_format import Pack
from hark311.catalog.pack.service_format import Service
from hark311.domain.vocabulary import Channel, Counting, Privacy, QuestionType, ServiceKind


@pytest.fixture(scope="module")
def city() -> Pack:
    return read_pack(CITIES / "atlanta")


@pytest.fixture(scope="module")
def town() -> Pack:
    return read_pack(CITIES / "smallville")


def service(pack: Pack, code: str) -> Service:
    return next(each for each in pack.services if each.code == code)


def test_the_city_has_fourteen_departments_which_all_answer_for_something(city):
    answering = {each.department for each in city.services}

    assert len(city.departments) == 14
    assert answering == {each.code for each in city.departments}


def test_the_city_has_ninety_services_and_the_town_ten(city, town):
    assert (len(city.services), len(town.services)) == (90, 10)


def test_the_town_stands_on_one_page():
    assert [path.name for path in (CITIES / "smallville").iterdir()] == ["city.yaml"]


def test_every_promise_of_the_city_is_a_sample(city):
    assert all(each.promise is not None and each.promise.sample for each in city.services)


def test_fourteen_languages_of_which_two_are_complete(city):
    assert len(city.languages) == 14
    assert city.complete_languages == ("en", "es")


def test_names_are_different_from_one_another_in_each_complete_language(city):
    for language in city.complete_languages:
        names = Counter(str(each.names[language]) for each in city.services)
        assert [name for name, count in names.items() if count > 1] == []


def test_every_service_has_phrases_and_keywords_in_each_complete_language(city):
    for each in city.services:
        for language in city.complete_languages:
            assert len((each.phrases or {})[language]) >= 3, each.code
            assert len((each.keywords or {})[language]) >= 2, each.code


def test_supportive_services_are_sensitive_by_phone_only_and_open_to_midnight(city):
    (supportive,) = [each for each in city.services if each.department == "supportive_services"]
    hours = next(each for each in city.calendars if each.code == supportive.calendar)

    assert supportive.privacy is Privacy.SENSITIVE
    assert supportive.channels == (Channel.PHONE,)
    assert [hours.spans_of(day) for day in range(7)] == [((420, 1440),)] * 5 + [(), ()]


@pytest.mark.parametrize("kind", [ServiceKind.BATCH, ServiceKind.BLACKBOX])
def test_one_service_is_of_each_other_kind_and_asks_nothing(city, kind):
    (only,) = [each for each in city.services if each.kind is kind]

    assert only.questions == ()


def test_one_service_asks_in_all_six_ways_and_shows_a_text(city):
    questions = service(city, "illegal_dumping").questions

    assert {each.type for each in questions} == set(QuestionType)
    assert any(each.required for each in questions)
    assert any(not each.variable for each in questions)


def test_a_public_realtime_service_asks_nothing(city):
    simple = service(city, "bees")

    assert (simple.kind, simple.privacy, simple.questions) == (
        ServiceKind.REALTIME,
        Privacy.PUBLIC,
        (),
    )


def test_the_planning_units_run_from_a_to_z_without_u_and_do_not_overlap(city):
    (layer,) = city.layers
    outlines = [outline_of(area) for area in layer.areas]

    assert "".join(str(area.code) for area in layer.areas) == "ABCDEFGHIJKLMNOPQRSTVWXYZ"
    assert layer.schematic
    assert sum(outline.area for outline in outlines) == pytest.approx(0.26 * 0.24)
    assert not any(a.overlaps(b) for a in outlines for b in outlines if a is not b)


def test_the_five_numbers_are_there_and_a_pathway_leads_to_each(city):
    numbers = {str(each.code): str(each.number) for each in city.hotlines}
    led_to = {choice.hotline for each in city.pathways for choice in each.choices}

    assert set(numbers.values()) == {"911", "988", "211", "311", "511"}
    assert led_to - {None} == set(numbers)


def test_business_days_are_open_days_of_the_calendar(town):
    promise = service(town, "pothole").promise
    (office,) = town.calendars

    assert promise is not None
    assert promise.resolve is not None
    assert promise.resolve.counting is Counting.BUSINESS
    assert promise.resolve.hours_on(office) == 24
