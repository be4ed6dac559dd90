"""The last look before sending, the sending itself, and the page that gives the number."""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from hark311.cases.answer import answer_of
from hark311.cases.queries.reporter import case_id_of, case_view
from hark311.catalog.queries import Service
from hark311.channels.web import adapter
from hark311.channels.web.account import private
from hark311.channels.web.report.draft import ReportDraft, forget, fresh_key, keep
from hark311.channels.web.report.flow import address, draft_of, service_of, show
from hark311.channels.web.report.telling import asked_now
from hark311.channels.web.visitor import Visitor, held_token, hold, holds, visitor_of
from hark311.channels.web.words import refusal
from hark311.domain.draft import Receipt
from hark311.domain.errors import (
    BadDraft,
    CannotMerge,
    HarkError,
    KeyReused,
    NotFound,
    UnknownService,
)
from hark311.domain.questions import Question
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import HazardLevel, Privacy
from hark311.intake.claim import claim
from hark311.intake.submit import submit
from hark311.language.hazard import find_hazard
from hark311.places.queries import areas_of
from hark311.platform import clock
from hark311.platform.views import Audience, open_to
from hark311.privacy.text import mask_text


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the last look. step: where it is changed."""

    label: str
    text: str
    step: str
    url: str
    is_masked: bool = False


@open_to(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """What everyone will see, what only the city sees; then it is sent."""
    visitor, draft = visitor_of(request), draft_of(request)
    if draft is None:
        return redirect("web:report")
    try:
        service = service_of(draft, visitor)
    except UnknownService:
        return redirect(address("what", draft))
    if request.method != "POST":
        return _page(request, draft, service, visitor, errors=[])
    try:
        receipt = _sent(draft, visitor)
    except (NotFound, CannotMerge):
        if not draft.joins:
            raise
        alone = replace(draft, joins="")
        line = _("The report you wanted to add yours to was closed. Send yours on its own.")
        return _page(request, alone, service, visitor, errors=[("", line)])
    except KeyReused:
        anew = replace(draft, key=fresh_key())
        line = _("You sent this report before, with other words. Send it again only if it is new.")
        return _page(request, anew, service, visitor, errors=[("", line)])
    except BadDraft as error:
        return _page(
            request, draft, service, visitor, errors=[("", refusal(error, visitor.language))]
        )
    return _done(request, draft, receipt, visitor)


@open_to(Audience.REPORTER)
@require_safe
def done(request: HttpRequest, number: str) -> HttpResponse:
    """The number, who has it, what happens next, by when. Only for who sent it.

    Raises NotFound for anybody else.
    """
    visitor = visitor_of(request)
    case_id = case_id_of(visitor.jurisdiction, number)
    if not holds(request.session, case_id):
        raise NotFound(what="case")
    view = case_view(visitor.jurisdiction, case_id)
    zone = ZoneInfo(visitor.jurisdiction.zone)
    hazard = find_hazard(view.description, visitor.language)
    link = reverse("web:case", args=[number]) + f"?t={held_token(request.session, case_id)}"
    context = {
        "here": "report",
        "view": view,
        "case": view.public,
        "answer": answer_of(view.public, zone, visitor.language, now=clock.now()),
        "promise": in_language(view.promise_text, visitor.language),
        "hazard": None if hazard.level is HazardLevel.NONE else hazard,
        "link": request.build_absolute_uri(link),
        "zone": zone,
    }
    return private(render(request, "web/report_done.html", context))


def _sent(draft: ReportDraft, visitor: Visitor) -> Receipt:
    read = adapter.read(
        draft,
        jurisdiction_id=visitor.jurisdiction.pk,
        language=visitor.language,
        received_at=clock.now(),
    )
    return submit(read, actor=visitor.actor)


def _done(
    request: HttpRequest, draft: ReportDraft, receipt: Receipt, visitor: Visitor
) -> HttpResponse:
    if receipt.case_id is None:
        raise HarkError(reason="receipt_without_case")
    hold(request.session, receipt.case_id, receipt.token)
    forget(request.session, draft.key)
    if visitor.account is not None:
        claim(visitor.account.email, actor=visitor.actor)
    return redirect("web:report_done", number=receipt.number)


def _page(
    request: HttpRequest,
    draft: ReportDraft,
    service: Service,
    visitor: Visitor,
    *,
    errors: list[tuple[str, str]],
) -> HttpResponse:
    keep(request.session, draft)
    seen, kept = _lines(draft, service, visitor)
    is_public = service.privacy is Privacy.PUBLIC and draft.wants_public
    context = {
        "seen": seen if is_public else (),
        "kept": kept if is_public else (*seen, *kept),
        "is_public": is_public,
        "is_joining": draft.joins.isdigit(),
        "promise": in_language(service.promise_text, visitor.language),
        "department_next": in_language(service.next_step, visitor.language),
    }
    return show(request, "review", draft, visitor, errors=errors, context=context)


def _lines(
    draft: ReportDraft, service: Service, visitor: Visitor
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """What everyone may see, masked as it will be; and what only the city sees."""
    masked = mask_text(draft.description, name=draft.name, phone=draft.phone, email=draft.email)
    language = visitor.language
    seen = [
        _line(_("What"), in_language(service.names, language), "what", draft),
        Line(
            _("Your words"),
            masked,
            "what",
            address("what", draft),
            is_masked=masked != draft.description,
        ),
        _line(_("Where"), mask_text(place_text(draft, visitor)), "where", draft),
        _line(_("Photos"), _count(draft), "details", draft),
        _line(_("Link to a photo"), draft.photo, "details", draft),
    ]
    kept = [
        *(
            _line(_asked(one, language), answer_text(one, draft, language), "details", draft)
            for one in asked_now(service, draft)
            if one.variable
        ),
        _line(_("Name"), draft.name, "contact", draft),
        _line(_("E-mail"), draft.email, "contact", draft),
        _line(_("Telephone"), draft.phone, "contact", draft),
    ]  # fmt: skip
    always = (_("Name"), _("E-mail"), _("Telephone"))
    return (
        tuple(line for line in seen if line.text),
        tuple(line for line in kept if line.text or line.label in always),
    )


def _line(label: str, text: str, step: str, draft: ReportDraft) -> Line:
    return Line(label, text, step, address(step, draft))


def _count(draft: ReportDraft) -> str:
    count = len(draft.pictures)
    if not count:
        return ""
    return ngettext("%(count)s photo", "%(count)s photos", count) % {"count": count}


def _asked(question: Question, language: str) -> str:
    return in_language(question.texts, language)


def place_text(draft: ReportDraft, visitor: Visitor) -> str:
    """The place as it was given: the address, the part of the city, the coordinates."""
    area = areas_of(visitor.jurisdiction).by_key(draft.area) if draft.area else None
    parts = (
        draft.address,
        in_language(area.names, visitor.language) if area else "",
        f"{draft.lat}, {draft.lon}" if draft.lat else "",
    )
    return " · ".join(part for part in parts if part)


def answer_text(question: Question, draft: ReportDraft, language: str) -> str:
    """An answer as people read it: the names of choices instead of their keys."""
    names = {choice.key: in_language(choice.names, language) for choice in question.choices}
    return ", ".join(names.get(value) or value for value in draft.answers.get(question.code, []))
