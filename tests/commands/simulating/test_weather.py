"""Weather is decided by seed and day, lasts, and shows in what is reported."""

from datetime import date, timedelta

import pytest
from tests.commands.simulating.make_plan import loaded, plan_of

from hark311.commands.simulating.profile import read_profile
from hark311.commands.simulating.weather import Weather
from hark311.platform.trouble import Trouble

DAYS = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]


@pytest.fixture(scope="module")
def weather():
    return Weather(read_profile(), "a seed")


def test_storms_come_now_and_then_and_bring_down_trees(weather):
    storms = [day for day in DAYS if "storm" in weather.begins_on(day)]

    assert 3 < len(storms) < 40
    for day in storms:
        assert weather.of(day)["trees"] > weather.of(day - timedelta(days=20)).get("trees", 1)


def test_a_storm_is_felt_less_each_day(weather):
    alone = next(
        day
        for day in DAYS
        if weather.begins_on(day) == ("storm",)
        and not any(weather.begins_on(day + timedelta(days=near)) for near in (-2, -1, 1, 2))
    )

    felt = [weather.of(alone + timedelta(days=after)).get("water", 1) for after in range(4)]

    assert felt == sorted(felt, reverse=True)
    assert felt[3] < felt[0] / 3


def test_it_never_freezes_in_july(weather):
    july = [day for day in DAYS if day.month == 7]

    assert not any("frost" in weather.begins_on(day) for day in july)


def test_another_seed_has_other_weather(weather):
    other = Weather(read_profile(), "another")

    assert [weather.begins_on(day) for day in DAYS] != [other.begins_on(day) for day in DAYS]


@pytest.mark.django_db
def test_about_as_many_cases_come_as_are_asked_for(frozen_clock):
    plan, days = plan_of(loaded(), days=30, a_day=1), DAYS[100:130]
    plan.scale_to(3000, days)

    lives = sum(part.lives for day in days for part in plan.parts(day))

    assert 2300 < lives < 2900  # some lives are told by several people


def test_a_profile_says_what_is_wrong_with_it(tmp_path):
    path = tmp_path / "habits.yaml"
    path.write_text("reporting: {weekdays: [1, 2]}")

    with pytest.raises(Trouble, match=r"habits\.yaml: reporting\.weekdays is not 7 numbers"):
        read_profile(path).numbers("reporting.weekdays", 7)
    with pytest.raises(Trouble, match=r"reporting\.voice is not there"):
        read_profile(path).numbers("reporting.voice", 2)
    with pytest.raises(Trouble, match="cannot be read"):
        read_profile(tmp_path / "none.yaml")
