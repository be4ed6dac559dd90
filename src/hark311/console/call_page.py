"""What stands on the page of a call: who calls, what they may mean, what to ask and to say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from hark311.answers.queries import find
from hark311.cases.queries.staff_callers import Caller, FoundCaller, caller
from hark311.cases.queries.staff_near import OpenNear, open_near
from hark311.catalog.queries import Service, active_services
from hark311.catalog.suggesting import suggest_services
from hark311.console.call_form import Ask, CallForm
from hark311.console.call_phone import call_panel
from hark311.console.call_words import CallWords, words_to_say
from hark311.console.desk import Desk
from hark311.console.draft_values import first_values
from hark311.console.taking import NO_PAUSE, Pause, service_named
from hark311.contacts.desk import HOTLINES
from hark311.contacts.mentions import mention_of_draft
from hark311.contacts.pages import pages_of_draft
from hark311.contacts.queries import DraftToConfirm
from hark311.domain.draft import Hazard
from hark311.domain.errors import BadPlace, NotFound
from hark311.domain.paragraphs import blocks_of
from hark311.domain.place import Point, point_from
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import DiscardReason, HazardLevel, InteractionKind
from hark311.government.face import Hotline, hotlines_of
from hark311.language.readers import hazard_of as danger_in
from hark311.outreach.posts.queries import facts_now
from hark311.places.search import Found, find_places
from hark311.platform.languages import direction, written_language

_SUGGESTED, _ANSWERED = 3, 3
# Each line has its own key, above the letters, where no text is typed.
LINE_KEYS = (("911", "F9"), ("988", "F8"), ("211", "F7"))
ENDINGS = (InteractionKind.INQUIRY, InteractionKind.STATUS_CHECK, InteractionKind.FEEDBACK)


@dataclass(frozen=True, slots=True)
class Line:
    """A hotline that one key hands the caller over to."""

    number: str
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A service that the caller may mean, and what it promises."""

    key: int
    code: str
    name: str
    promise: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What may be answered about a service, in the caller's language."""

    name: str
    texts: tuple[str, ...]
    is_chosen: bool
    # Where it stands for everybody; "" for what the catalog says.
    url: str = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """Who was looked for, and who it may be; callers is None before anybody looked."""

    words: str = ""
    callers: tuple[FoundCaller, ...] | None = None


NOBODY_SOUGHT = Sought()


def call_context(
    waiting: DraftToConfirm,
    desk: Desk,
    *,
    now: datetime,
    form: CallForm | None = None,
    found: Sought = NOBODY_SOUGHT,
    pause: Pause = NO_PAUSE,
) -> dict[str, object]:
    """Everything that the page shows; a fixed number of statements."""
    page = form or form_of(waiting, desk)
    hazard = hazard_of(waiting)
    known = caller_of(waiting, desk, now=now)
    return {
        "desk": desk,
        "here": "desk",
        "draft": waiting,
        "form": page,
        "script": page.script,
        "words": words_for(page, desk),
        "spoken_direction": direction(page.spoken),
        "lit": lit_step(page, waiting, hazard),
        "hazard": pause.hazard or hazard,
        "pause": pause,
        "found": found,
        "caller": known,
        "owes_sorry": any(case.is_late for case in known.cases) if known else False,
        "lines": lines(desk),
        "other_lines": [line for line in _hotlines(desk) if line.number not in HOTLINES],
        "departments": _departments(desk),
        "endings": ENDINGS,
        "discard_reasons": list(DiscardReason),
        "pages": pages_of_draft(waiting.draft_id, desk.actor.jurisdiction_id),
        "mention": mention_of_draft(waiting.draft_id, desk.actor.jurisdiction_id),
        "facts": facts_now(desk.actor.jurisdiction_id, at=now),
        "notes": waiting.content.get("notes", ""),
        "phone": call_panel(waiting.draft_id, desk),
        **aside(page, waiting, desk),
    }


def aside(form: CallForm, waiting: DraftToConfirm, desk: Desk) -> dict[str, object]:
    """The parts of the page that follow what is typed: services, answers, what is near."""
    services = suggested(waiting, desk)
    return {
        "suggestions": [
            Suggestion(
                key=place,
                code=one.code,
                name=in_language(one.names, desk.names.language),
                promise=in_language(one.promise_text, desk.names.language),
                is_chosen=one == form.chosen,
            )
            for place, one in enumerate(services, start=1)
        ],
        "answers": (*_kept_answers(waiting, form, desk), *_answers(services, form)),
        "hotlines": _hotlines(desk, form.spoken),
        "spots": spots_of(waiting, desk),
        "near": near_of(waiting, desk),
        "joined": waiting.content.get("join", ""),
    }


def form_of(waiting: DraftToConfirm, desk: Desk) -> CallForm:
    """The form with what the draft holds."""
    service = service_named(str(waiting.content.get("service_code", "")), desk)
    return CallForm(
        desk, service, initial=first_values(waiting), spoken=spoken_in(waiting.language)
    )


def spoken_in(language: str) -> str:
    """The language in which the words to say exist, nearest to the caller's."""
    return written_language(language)


def hazard_of(waiting: DraftToConfirm) -> Hazard:
    """The danger that is heard in the words, unless it was asked about already."""
    heard = danger_in(str(waiting.content.get("description", "")), waiting.language)
    is_seen = waiting.content.get("danger") == heard.kind
    return Hazard(HazardLevel.NONE) if is_seen else heard


def suggested(waiting: DraftToConfirm, desk: Desk) -> tuple[Service, ...]:
    """The services that the caller's words may mean, the chosen one always among them."""
    services = active_services(desk.jurisdiction)
    words = str(waiting.content.get("description", ""))
    found = suggest_services(
        services, words, waiting.language, city=desk.jurisdiction.key, at_most=_SUGGESTED
    )
    chosen = service_named(str(waiting.content.get("service_code", "")), desk)
    return found if chosen is None or chosen in found else (chosen, *found[: _SUGGESTED - 1])


def spots_of(waiting: DraftToConfirm, desk: Desk) -> list[Found]:
    """Places that the typed address may mean, while no position is chosen."""
    words = str(waiting.content.get("address_text", "")).strip()
    if not words or _point(waiting.content) is not None:
        return []
    return find_places(desk.jurisdiction, words, limit=_SUGGESTED, language=desk.names.language)


def near_of(waiting: DraftToConfirm, desk: Desk) -> tuple[OpenNear, ...]:
    """What is open near the place as it was typed."""
    return open_near(
        desk.actor,
        desk.names,
        point=_point(waiting.content),
        words=str(waiting.content.get("address_text", "")),
    )


def caller_of(waiting: DraftToConfirm, desk: Desk, *, now: datetime) -> Caller | None:
    """Who the agent said is calling, None if nobody yet."""
    person_id = waiting.content.get("person_id")
    if not isinstance(person_id, int):
        return None
    try:
        return caller(person_id, desk.actor, desk.names, now=now)
    except NotFound:
        return None


def words_for(form: CallForm, desk: Desk) -> CallWords:
    """What the agent says at each step, in the caller's language."""
    with override(form.spoken):
        return words_to_say(form.chosen, desk, form.spoken)


def lit_step(form: CallForm, waiting: DraftToConfirm, hazard: Hazard) -> str:
    """The one step that is to be done now."""
    content = waiting.content
    if hazard.level is not HazardLevel.NONE:
        return "danger"
    if not content.get("description") and form.chosen is None:
        return "words"
    if form.chosen is None:
        return "service"
    unasked = next((ask for ask in form.script if _is_open(ask, form)), None)
    if unasked is not None:
        return unasked.field.html_name
    if not (content.get("address_text") or content.get("area") or _point(content)):
        return "where"
    contact = content.get("contact") or {}
    return "end" if any(contact.get(name) for name in ("name", "email", "phone")) else "who"


def _is_open(ask: Ask, form: CallForm) -> bool:
    if ask.is_answered or not form.fields[ask.field.name].label:
        return False
    if not ask.when:
        return True
    said = form[ask.when].value() if ask.when in form.fields else None
    given = said if isinstance(said, list) else [said]
    return bool(set(ask.answers.split()) & {str(one) for one in given})


def _point(content: Mapping[str, Any]) -> Point | None:
    place = content.get("point")
    if not isinstance(place, Mapping):
        return None
    try:
        return point_from(place.get("lat"), place.get("lon"))
    except BadPlace:
        return None


def lines(desk: Desk) -> list[Line]:
    """The three lines that every call may be handed over to, named as the city names them."""
    names = {line.number: line.name for line in _hotlines(desk)}
    return [Line(number, names.get(number, ""), key) for number, key in LINE_KEYS]


def _hotlines(desk: Desk, language: str = "") -> tuple[Hotline, ...]:
    return hotlines_of(desk.jurisdiction, language or desk.names.language)


def _departments(desk: Desk) -> list[tuple[str, str]]:
    organisation = desk.names.organisation
    named = ((one.code, desk.names.department(one.id)) for one in organisation.departments.values())
    return sorted(named, key=lambda pair: pair[1].casefold())


def _kept_answers(waiting: DraftToConfirm, form: CallForm, desk: Desk) -> list[Answer]:
    """What the city's answers say to the caller's words, in the caller's language."""
    said = str(waiting.content.get("description", ""))
    found = find(desk.jurisdiction, said, language=form.spoken, at_most=_ANSWERED)
    return [
        Answer(
            one.answer.title(form.spoken),
            tuple(
                line for block in blocks_of(one.answer.text(form.spoken)) for line in block.lines
            ),
            is_chosen=False,
            url=reverse("web:answer", args=[one.answer.code]),
        )
        for one in found
    ]


def _answers(services: tuple[Service, ...], form: CallForm) -> list[Answer]:
    """What the catalog says of the services that are meant, where it says anything."""
    found = []
    for one in services:
        said = (
            in_language(texts, form.spoken)
            for texts in (one.descriptions, one.promise_text, one.next_step)
        )
        texts = tuple(text for text in said if text)
        if texts:
            name = in_language(one.names, form.spoken)
            found.append(Answer(name, texts, one == form.chosen))
    return found
