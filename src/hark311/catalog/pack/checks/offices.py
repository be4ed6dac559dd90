"""Calendars open, holidays exist, an emergency has a number, choices lead somewhere."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import holidays

from hark311.catalog.pack.city_format import Calendar, HotlineKind, PathwayChoice
from hark311.catalog.pack.pack_format import Pack
from hark311.catalog.pack.reading import Reading, did_you_mean


def check_offices(pack: Pack, reading: Reading) -> None:
    """Note faults of calendars, hotlines and pathways."""
    kinds = {hotline.kind for hotline in pack.hotlines}
    if pack.hotlines and HotlineKind.EMERGENCY not in kinds:
        reading.fault(
            pack.hotlines[0].at,
            "No hotline is for emergencies.",
            "Add one with `kind: emergency`: people in danger are shown it.",
        )
    for calendar in pack.calendars:
        _check_week(calendar, reading)
        _check_holidays(calendar, reading)
    for pathway in pack.pathways:
        for choice in pathway.choices:
            _check_choice(choice, reading)


def _check_week(calendar: Calendar, reading: Reading) -> None:
    if not any(calendar.week.values()):
        reading.fault(
            calendar.at,
            f"The calendar {str(calendar.code)!r} is never open.",
            'Give it days and times: `week: {mon-fri: "08:00-17:00"}`.',
        )
    days = [day for keys in calendar.week for day in keys]
    if len(days) != len(set(days)):
        reading.fault(
            calendar.at,
            f"The week of the calendar {str(calendar.code)!r} has a day twice.",
            'Write all times of a day together: "08:00-12:00, 13:00-17:00".',
        )


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, Sequence[str]]:
    return holidays.list_supported_countries()


def _check_holidays(calendar: Calendar, reading: Reading) -> None:
    kept = calendar.holidays
    if kept is None:
        return
    if kept.country not in _countries():
        reading.fault(
            kept.country.at,
            f"No holidays are known for the country {str(kept.country)!r}.",
            "Use an ISO 3166 code such as `US`, or list the days under `also_closed`.",
        )
    elif kept.subdivision is not None:
        known = _countries()[kept.country]
        if kept.subdivision not in known:
            reading.fault(
                kept.subdivision.at,
                f"{kept.country!s} has no subdivision {str(kept.subdivision)!r}.",
                did_you_mean(kept.subdivision, known),
            )


def _check_choice(choice: PathwayChoice, reading: Reading) -> None:
    ends = [end for end in (choice.next, choice.hotline, choice.service) if end is not None]
    if len(ends) != 1:
        reading.fault(
            choice.at,
            f"The choice leads to {len(ends) or 'no'} things instead of one.",
            "Give one of `next`, `hotline` and `service`.",
        )
