"""Says days as a clerk says them: by name, and how far they are, in the active language."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

_NEAR_DAYS = 60


def day_of(when: date, zone: ZoneInfo) -> date:
    """The day of an instant as the city's calendars show it; a day stays as it is."""
    return when.astimezone(zone).date() if isinstance(when, datetime) else when


def day_words(when: date, zone: ZoneInfo, *, today: date) -> str:
    """A day with its weekday; its year only where it is not this one."""
    day = day_of(when, zone)
    if day.year == today.year:
        pattern = pgettext("date format with weekday, this year", "l, F j")
    else:
        pattern = pgettext("date format with weekday and year", "l, F j, Y")
    return str(formats.date_format(day, pattern, use_l10n=False))


def moment_words(at: datetime, zone: ZoneInfo, *, today: date) -> str:
    """A day and the time of day."""
    time = formats.time_format(at.astimezone(zone).time(), "TIME_FORMAT")
    return _("%(day)s, %(time)s") % {"day": day_words(at, zone, today=today), "time": time}


def title_words(when: date, zone: ZoneInfo, *, today: date) -> str:
    """A day as the first words of a line."""
    return str(capfirst(day_words(when, zone, today=today)))


def distance_words(when: date, zone: ZoneInfo, *, today: date) -> str:
    """How far a day is from today, as a sentence; "" where days are too many to count."""
    days = (day_of(when, zone) - today).days
    if days == 0:
        return _("That is today.")
    if days == 1:
        return _("That is tomorrow.")
    if days == -1:
        return _("That was yesterday.")
    if abs(days) > _NEAR_DAYS:
        return ""
    if days > 0:
        return ngettext("In %(days)s day.", "In %(days)s days.", days) % {"days": days}
    return ngettext("%(days)s day ago.", "%(days)s days ago.", -days) % {"days": -days}
