"""Gathers what the page of a case shows: to anybody, or to the one whose it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from hark311.cases.answer import answer_of, first_day_named
from hark311.cases.days import day_of, day_words
from hark311.cases.queries.pictures import CasePicture, pictures_of
from hark311.cases.queries.promises import promised_dates
from hark311.cases.queries.public import PublicCase, followers_of
from hark311.cases.queries.reporter import CaseView
from hark311.cases.queries.timeline import Entry, case_timeline
from hark311.cases.translated import said_in
from hark311.cases.wording import in_readers_words
from hark311.channels.web.case_page import badge_of
from hark311.channels.web.history import history_of
from hark311.channels.web.report.draft import fresh_key
from hark311.channels.web.visitor import Visitor
from hark311.domain.closing import last_day_to_dispute
from hark311.domain.lifecycle import State
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import (
    EventKind,
    LocationPrecision,
    Outcome,
    Privacy,
    Standing,
    Visibility,
)
from hark311.places.drawing import Picture, Pin, draw_around
from hark311.places.ground import ground_of
from hark311.places.queries import areas_of
from hark311.platform import clock

_PINS = {State.IN_PROGRESS: "work", State.WAITING: "wait"}
_FORMS = ("words", "answer", "dispute", "withdraw", "rate")


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture as the page shows it. url: '' while it is checked. link: on another site."""

    url: str
    link: str
    alt: str
    caption: str


def shared_facts(case: PublicCase, visitor: Visitor, audience: Visibility) -> dict[str, object]:
    """What every reader of the page sees, in the words for ``audience``."""
    now, zone = clock.now(), ZoneInfo(visitor.jurisdiction.zone)
    entries, dates = case_timeline(case.id, audience), promised_dates(case.id)
    is_own = audience is not Visibility.PUBLIC
    answer = answer_of(
        case,
        zone,
        visitor.language,
        now=now,
        dates=dates,
        first_expected=first_day_named(entries),
    )
    return {
        "here": "track",
        "case": case,
        "title": in_language(case.service.names, visitor.language),
        "told_on": day_words(case.opened_at, zone, today=day_of(now, zone)),
        "answer": answer,
        "badge": badge_of(case, visitor, now),
        "history": history_of(case, entries, visitor, now, dates=dates, is_own=is_own),
        "photos": _photos(case, visitor, now, is_own=is_own),
        "areas": _areas(case, visitor),
        "map": _map(case, visitor),
        "closing": _closing(case, entries, visitor.language),
        "others": case.active_cases - 1,
        "followers": followers_of(case.incident_id),
        "is_private": case.privacy is not Privacy.PUBLIC,
        "keys": {name: fresh_key() for name in _FORMS},
        "typed": {},
        "zone": visitor.jurisdiction.zone,
        "now": now,
        "version": case.updated_at.isoformat(),
    }


def own_facts(view: CaseView, visitor: Visitor) -> dict[str, object]:
    """What its reporter sees beside that."""
    zone, case = ZoneInfo(visitor.jurisdiction.zone), view.public
    today = day_of(clock.now(), zone)
    last_day = _last_day(case, zone)
    return {
        "view": view,
        "promise": in_language(view.promise_text, visitor.language),
        "earlier": [in_language(one, visitor.language) for one in view.earlier_promises],
        "stars": range(1, 6),
        "can_dispute": view.can_dispute and last_day is not None and today <= last_day,
        "dispute_until": day_words(last_day, zone, today=today) if last_day else "",
        "is_too_late": view.can_dispute and last_day is not None and today > last_day,
    }


def _last_day(case: PublicCase, zone: ZoneInfo) -> date | None:
    if case.closed_at is None or case.outcome is None:
        return None
    return last_day_to_dispute(day_of(case.closed_at, zone), case.outcome, case.expected_on)


def _closing(case: PublicCase, entries: Sequence[Entry], language: str) -> str:
    """What the department said on closing, in the reader's language where there is such a text.

    There is nothing of its own where everyone took it back.
    """
    if case.outcome is Outcome.WITHDRAWN or case.standing is Standing.WITHDRAWN:
        return ""
    closed = [entry for entry in entries if entry.kind is EventKind.CLOSED]
    said = said_in(closed[-1].facts, language) if closed else ""
    return in_readers_words(said or case.closing_text, case, language)


def _areas(case: PublicCase, visitor: Visitor) -> list[str]:
    areas = areas_of(visitor.jurisdiction)
    found = [areas.by_key(key) for key in case.areas]
    return [in_language(area.names, visitor.language) for area in found if area]


def _map(case: PublicCase, visitor: Visitor) -> Picture | None:
    """The streets around it; None where only a part of the city is known."""
    if case.precision is not LocationPrecision.POINT:
        return None
    ground = ground_of(visitor.jurisdiction)
    kind = "shut" if not case.state.is_open else _PINS.get(case.state, "new")
    pin = Pin(case.point, kind, in_language(case.service.names, visitor.language))
    return draw_around(ground, visitor.language, [pin])


def _photos(case: PublicCase, visitor: Visitor, now: datetime, *, is_own: bool) -> list[Photo]:
    zone = ZoneInfo(visitor.jurisdiction.zone)
    today, department = day_of(now, zone), in_language(case.department.names, visitor.language)
    return [_photo(one, zone, today, department, is_own=is_own) for one in pictures_of(case)]


def _photo(
    picture: CasePicture, zone: ZoneInfo, today: date, department: str, *, is_own: bool
) -> Photo:
    day = day_words(picture.at, zone, today=today) if picture.at else ""
    if picture.source == "work":
        alt = _("A photo of the work")
        caption = _("%(department)s, %(day)s") % {"department": department, "day": day}
    elif picture.source == "neighbor":
        alt = _("A photo of the same, from somebody else")
        caption = _("A neighbor, %(day)s") % {"day": day}
    else:
        alt = _("A photo sent with the report")
        who = _("You") if is_own else _("Who reported it")
        caption = ", ".join(part for part in (who, day) if part)
    return Photo(picture.url, picture.link, alt, caption)
