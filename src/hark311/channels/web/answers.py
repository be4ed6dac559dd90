"""What people ask: search, topics and a page for each answer; whether it helped."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hark311.answers.actions import note_opinion, note_unanswered
from hark311.answers.queries import Found, answer_by_code, answers_of, find, most_asked
from hark311.answers.records import Answer
from hark311.catalog.queries import active_services
from hark311.channels.web.visitor import Visitor, visitor_of
from hark311.domain.paragraphs import blocks_of, opening_of
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import Channel
from hark311.government.face import Hotline, hotlines_of
from hark311.government.queries import organisation_of
from hark311.platform import clock
from hark311.platform.languages import OWN_NAMES
from hark311.platform.views import Audience, open_to

FOUND, MOST = 6, 8
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer in a list. foreign: the name of the language that its text is in, if not theirs."""

    url: str
    title: str
    opening: str
    language: str
    foreign: str


@dataclass(frozen=True, slots=True)
class Topic:
    name: str
    rows: tuple[AnswerRow, ...]


@open_to(Audience.PUBLIC)
@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """Search, what is asked most, and all answers by topic; ``?q=`` is a question."""
    visitor = visitor_of(request)
    asked = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:_LONGEST]
    found = find(visitor.jurisdiction, asked, language=visitor.language, at_most=FOUND)
    is_answered = any(one.is_sure for one in found)
    if asked and not is_answered and request.method == "GET":
        note_unanswered(visitor.jurisdiction, asked, language=visitor.language, at=clock.now())
    context = {
        "here": "answers",
        "asked": asked,
        "is_answered": is_answered,
        "found": [found_row(one, visitor) for one in found],
        "most": [row_of(one, visitor) for one in most_asked(visitor.jurisdiction, at_most=MOST)],
        "topics": () if asked else _topics(visitor),
    }
    return render(request, "web/answers.html", context)


@open_to(Audience.PUBLIC)
@require_safe
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """One answer: what to do, what to report, whom to call."""
    visitor = visitor_of(request)
    found = answer_by_code(visitor.jurisdiction, code)
    language = found.language_of(visitor.language)
    context = {
        "here": "answers",
        "answer": found,
        "title": found.title(visitor.language),
        "language": language,
        "foreign": _foreign(language, visitor),
        "blocks": blocks_of(found.text(visitor.language)),
        "services": _reportable(found, visitor),
        "line": line_of(found, visitor),
        "thanks": request.GET.get("thanks") == "yes",
        "department": _department(found, visitor),
        "is_late": found.is_overdue(clock.now().astimezone(_zone(visitor)).date()),
    }
    return render(request, "web/answer.html", context)


@open_to(Audience.PUBLIC)
@require_POST
def helped(request: HttpRequest, code: str) -> HttpResponse:
    """Did this help? One press; nothing of the reader is kept."""
    visitor = visitor_of(request)
    found = answer_by_code(visitor.jurisdiction, code)
    said = request.POST.get("helped", "")
    if said in {"yes", "no"}:
        note_opinion(
            found,
            jurisdiction=visitor.jurisdiction,
            language=visitor.language,
            on=clock.now().astimezone(_zone(visitor)).date(),
            helped=said == "yes",
        )
    return redirect(f"{reverse('web:answer', args=[code])}?thanks=yes")


def row_of(one: Answer, visitor: Visitor) -> AnswerRow:
    """An answer in the reader's language, or as near to it as there is."""
    language = one.language_of(visitor.language)
    return AnswerRow(
        url=reverse("web:answer", args=[one.code]),
        title=one.title(visitor.language),
        opening=opening_of(one.text(visitor.language)),
        language=language,
        foreign=_foreign(language, visitor),
    )


def found_row(one: Found, visitor: Visitor) -> AnswerRow:
    return row_of(one.answer, visitor)


def line_of(one: Answer, visitor: Visitor) -> Hotline | None:
    """The line of the city to call about it."""
    rows = visitor.jurisdiction.settings.get("hotlines", [])
    codes = [str(row.get("code", "")) for row in rows]
    if one.hotline not in codes:
        return None
    return hotlines_of(visitor.jurisdiction, visitor.language)[codes.index(one.hotline)]


def _foreign(language: str, visitor: Visitor) -> str:
    if language.split("-")[0] == visitor.language.split("-")[0]:
        return ""
    return OWN_NAMES.get(language, language)


def _topics(visitor: Visitor) -> Sequence[Topic]:
    """All answers under the headings of the catalog, in its order."""
    groups = visitor.jurisdiction.settings.get("groups", [])
    names = {str(row["code"]): in_language(row["names"], visitor.language) for row in groups}
    grouped: dict[str, list[Answer]] = {code: [] for code in (*names, "")}
    for one in answers_of(visitor.jurisdiction):
        grouped[one.topic if one.topic in names else ""].append(one)
    return [
        Topic(
            names.get(code, _("Other")),
            tuple(
                row_of(one, visitor)
                for one in sorted(members, key=lambda one: (-one.often, one.code))
            ),
        )
        for code, members in grouped.items()
        if members
    ]


def _reportable(one: Answer, visitor: Visitor) -> list[tuple[str, str]]:
    """Address and name of the services that it names and that can be reported here."""
    return [
        (
            f"{reverse('web:report')}?service={service.code}",
            in_language(service.names, visitor.language),
        )
        for service in active_services(visitor.jurisdiction)
        if service.code in one.services
        and (not service.channels or Channel.WEB in service.channels)
    ]


def _department(one: Answer, visitor: Visitor) -> str:
    department = organisation_of(visitor.jurisdiction).departments.get(one.department_id)
    return in_language(department.names, visitor.language) if department else ""


def _zone(visitor: Visitor) -> ZoneInfo:
    return ZoneInfo(visitor.jurisdiction.zone)
