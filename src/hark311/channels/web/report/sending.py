"""The last look before sending, the sending itself, and the page that gives the number."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hark311.cases.answer import answer_of
from hark311.cases.queries.reporter import case_id_of, case_view
from hark311.catalog.queries import Service
from hark311.channels.web import adapter
from hark311.channels.web.account import private
from hark311.channels.web.alerts import shown_alert
from hark311.channels.web.mailing import may_write_about_report
from hark311.channels.web.report.draft import ReportDraft, forget, fresh_key
from hark311.channels.web.report.flow import address, draft_of, service_of
from hark311.channels.web.report.review import review_page
from hark311.channels.web.visitor import Visitor, held_token, hold, holds, visitor_of
from hark311.channels.web.words import refusal
from hark311.disruptions.queries import alert_of_incident
from hark311.domain.draft import Receipt
from hark311.domain.errors import (
    BadDraft,
    CannotMerge,
    HarkError,
    KeyReused,
    NotFound,
    UnknownService,
)
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import HazardLevel
from hark311.government.address import base_of
from hark311.intake.claim import claim
from hark311.intake.submit import submit
from hark311.language.readers import hazard_of
from hark311.platform import clock, media
from hark311.platform.views import Audience, open_to

_QUIET = "hark311_quiet"


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
    gone = [key for key in draft.pictures if not media.exists(key)]
    if gone:
        draft = replace(draft, pictures=[key for key in draft.pictures if key not in gone])
        line = _("Photos wait three days; yours are gone. Add them again, or send without.")
        return review_page(request, draft, service, visitor, errors=[("", line)])
    if request.method != "POST":
        return review_page(request, draft, service, visitor, errors=[])
    return _send(request, draft, service, visitor)


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
    hazard = hazard_of(view.description, visitor.language)
    alert = alert_of_incident(view.public.incident_id)
    link = reverse("web:case", args=[number]) + f"?t={held_token(request.session, case_id)}"
    context = {
        "here": "report",
        "view": view,
        "case": view.public,
        "answer": answer_of(view.public, zone, visitor.language, now=clock.now()),
        "neighbors": view.public.active_cases - 1,
        "case_url": reverse("web:case", args=[number]),
        "page_address": f"{base_of(visitor.jurisdiction)}{reverse('web:case', args=[number])}",
        "promise": in_language(view.promise_text, visitor.language),
        "is_quiet": request.session.get(_QUIET) == number,
        "hazard": None if hazard.level is HazardLevel.NONE else hazard,
        "known": shown_alert(alert, visitor) if alert else None,
        "link": f"{base_of(visitor.jurisdiction)}{link}",
        "zone": zone,
    }
    return private(render(request, "web/report_done.html", context))


def _send(
    request: HttpRequest, draft: ReportDraft, service: Service, visitor: Visitor
) -> HttpResponse:
    """Send it, or show the last look again with what stands in the way."""
    calm = _calmed(draft, visitor)
    try:
        receipt = _sent(calm, visitor)
    except (NotFound, CannotMerge):
        if not draft.joins:
            raise
        draft = replace(draft, joins="")
        line = _("The report you wanted to add yours to was closed. Send yours on its own.")
    except KeyReused:
        draft = replace(draft, key=fresh_key())
        line = _("You sent this report before, with other words. Send it again only if it is new.")
    except BadDraft as error:
        line = refusal(error, visitor.language)
    else:
        request.session[_QUIET] = "" if calm is draft else receipt.number
        return _done(request, draft, receipt, visitor)
    return review_page(request, draft, service, visitor, errors=[("", line)])


def _calmed(draft: ReportDraft, visitor: Visitor) -> ReportDraft:
    """The draft without news by mail, where its address was named too often by strangers."""
    own = visitor.account.email.lower() if visitor.account else ""
    if not draft.email or not draft.wants_updates or draft.email.lower() == own:
        return draft
    return draft if may_write_about_report(draft.email) else replace(draft, wants_updates=False)


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
