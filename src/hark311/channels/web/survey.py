"""Two questions after a closing, behind a link that needs no account: is it fixed, how were we?"""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hark311.access.links import LinkKind, opens
from hark311.cases.days import day_of, day_words
from hark311.cases.queries.reporter import CaseView, SpeakingFor, case_view
from hark311.channels.web.account import private
from hark311.channels.web.replying import behind_link, send_reply
from hark311.channels.web.report.draft import fresh_key
from hark311.channels.web.visitor import Visitor, visitor_of
from hark311.channels.web.words import refusal
from hark311.domain.draft import ReplyKind
from hark311.domain.errors import HarkError, LinkExpired
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import Standing
from hark311.platform import clock
from hark311.platform.problem import status_of
from hark311.platform.views import Audience, open_to


@open_to(Audience.REPORTER)
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, number: str) -> HttpResponse:
    """The page behind the link of a closing; it shows no more of the case than what it was about.

    Raises LinkExpired where the link is not this case's, or the case was taken back.
    """
    visitor = visitor_of(request)
    target = behind_link(visitor, number, LinkKind.SURVEY)
    token = request.POST.get("t") or request.GET.get("t", "")
    view = case_view(visitor.jurisdiction, target.case_id)
    is_active = view.public.standing is Standing.ACTIVE
    if not is_active or not opens(LinkKind.SURVEY, target.case_id, token):
        raise LinkExpired(kind=LinkKind.SURVEY.value)
    context = _context(request, view, visitor, token)
    if request.method != "POST":
        return private(render(request, "web/survey.html", context))
    errors = _faults(request)
    if errors:
        return render(request, "web/survey.html", {**context, "errors": errors}, status=422)
    try:
        send_reply(request, visitor, target, ReplyKind.RATE, token=token)
    except HarkError as error:
        context["errors"] = [("", refusal(error, visitor.language))]
        return render(request, "web/survey.html", context, status=status_of(error))
    return private(render(request, "web/survey.html", {**context, **_thanks(visitor, target)}))


def _context(
    request: HttpRequest, view: CaseView, visitor: Visitor, token: str
) -> dict[str, object]:
    kept = "" if view.is_fixed is None else "yes" if view.is_fixed else "no"
    case = view.public
    zone = ZoneInfo(visitor.jurisdiction.zone)
    today = day_of(clock.now(), zone)
    typed = request.POST if request.method == "POST" else request.GET
    return {
        "here": "track",
        "number": case.number,
        "title": in_language(case.service.names, visitor.language),
        "is_open": case.state.is_open,
        "closed_on": day_words(case.closed_at, zone, today=today) if case.closed_at else "",
        "token": token,
        "key": request.POST.get("key") or fresh_key(),
        "fixed": typed.get("fixed", kept),
        "chosen": typed.get("stars", str(view.stars or "")),
        "stars": ["1", "2", "3", "4", "5"],
        "typed": request.POST.get("text", ""),
        "errors": [],
    }


def _faults(request: HttpRequest) -> list[tuple[str, str]]:
    if request.POST.get("fixed") in {"yes", "no"} or request.POST.get("stars"):
        return []
    return [("fixed-yes", _("Say yes or no. If you do not know, give a number from 1 to 5."))]


def _thanks(visitor: Visitor, target: SpeakingFor) -> dict[str, object]:
    """What became of it: a closing that was questioned says by when it is answered."""
    case = case_view(visitor.jurisdiction, target.case_id).public
    zone = ZoneInfo(visitor.jurisdiction.zone)
    answer_by = case.dispute_answer_by
    today = day_of(clock.now(), zone)
    return {
        "is_done": True,
        "answer_by": day_words(answer_by, zone, today=today) if answer_by else "",
    }
