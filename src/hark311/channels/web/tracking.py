"""Finding a case by its number, and its page: for anybody, or for the one whose it is."""

from collections.abc import Mapping
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hark311.access.allowance import spend
from hark311.access.links import LinkKind, opens
from hark311.cases.queries.public import numbers_here, public_case
from hark311.cases.queries.reporter import (
    CaseView,
    SpeakingFor,
    case_id_of,
    case_view,
    cases_by_id,
    changed_at,
    speaking_for,
)
from hark311.channels.web.case_facts import own_facts, shared_facts
from hark311.channels.web.case_page import Row, row_of
from hark311.channels.web.visitor import (
    Visitor,
    hold,
    holds,
    let_read,
    may_read,
    recent_ids,
    visitor_of,
)
from hark311.channels.web.words import refusal
from hark311.domain.errors import BadNumber, LinkExpired, NotFound, TooMany
from hark311.domain.numbers import number_in, parse_number
from hark311.domain.vocabulary import Visibility
from hark311.government.models import Jurisdiction
from hark311.people.actions import normal_phone
from hark311.platform import clock
from hark311.platform.client import client_of
from hark311.platform.views import Audience, open_to

_RECENT = 5
# How often one client may try to show that a case is theirs.
_TRIES, _TRIES_WITHIN = 10, timedelta(minutes=15)


@open_to(Audience.PUBLIC)
@require_safe
def track(request: HttpRequest) -> HttpResponse:
    """The form for a number; a mistyped one is told by its check digit before anything is read."""
    visitor = visitor_of(request)
    typed = request.GET.get("number", "").strip()[:60]
    error = ""
    if "number" in request.GET:
        try:
            return redirect("web:case", number=number_in(typed))
        except BadNumber as bad:
            moved = _moved_here(visitor.jurisdiction, typed)
            if moved:
                return redirect("web:case", number=moved)
            error = refusal(bad, visitor.language)
    context = {
        "here": "track",
        "typed": typed,
        "error": error,
        "errors": [("number", error)] if error else [],
        "recent": _recent(request, visitor),
    }
    response = render(request, "web/track.html", context, status=422 if error else 200)
    if context["recent"]:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _recent(request: HttpRequest, visitor: Visitor) -> list[Row]:
    """What this device has opened as its own in this session, the last one first."""
    known = recent_ids(request.session)[:_RECENT]
    found = {one.id: one for one in cases_by_id(visitor.jurisdiction, known)}
    now = clock.now()
    return [row_of(found[one], visitor, now) for one in known if one in found]


@open_to(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, number: str) -> HttpResponse:
    """The page of a case. POST: the e-mail or telephone that shows it is the visitor's.

    A number that nobody has, a private case and a sensitive one look alike to a stranger.
    """
    visitor = visitor_of(request)
    try:
        canonical = parse_number(number)
    except BadNumber as bad:
        return _old_or_mistyped(request, visitor, number, bad)
    if canonical != number:
        return redirect("web:case", number=canonical)
    target = _known(visitor.jurisdiction, number)
    if request.method == "POST":
        return _claim(request, visitor, number, target)
    if "t" in request.GET:
        return _by_link(request, number, target, request.GET["t"])
    if target is not None and is_reader(request, visitor, target):
        if target.is_public and request.GET.get("as") == "everyone":
            return public_page(request, visitor, number, extra={"is_preview": True})
        return holder_page(request, visitor, target)
    if target is not None and target.is_public:
        return public_page(request, visitor, number)
    return _gate(request, visitor, number)


@open_to(Audience.PUBLIC)
@require_safe
def pulse(request: HttpRequest, number: str) -> JsonResponse:
    """When the case last changed, for an open page to tell whether it is stale.

    Raises NotFound to whom the page itself would not be shown.
    """
    visitor = visitor_of(request)
    target = require_known(visitor.jurisdiction, number)
    if not target.is_public and not is_reader(request, visitor, target):
        raise NotFound(what="case")
    response = JsonResponse({"version": changed_at(target.case_id).isoformat()})
    response.headers["Cache-Control"] = "private, no-store"
    return response


def require_known(jurisdiction: Jurisdiction, number: str) -> SpeakingFor:
    """The case of this number. Raises NotFound, for a sensitive one as for one that is not."""
    target = _known(jurisdiction, number)
    if target is None:
        raise NotFound(what="case")
    return target


def is_holder(request: HttpRequest, visitor: Visitor, target: SpeakingFor) -> bool:
    """True if the session holds the case's link, or the account is proved to be its person."""
    by_account = visitor.account is not None and visitor.account.pk == target.account_id
    return by_account or holds(request.session, target.case_id)


def is_reader(request: HttpRequest, visitor: Visitor, target: SpeakingFor) -> bool:
    """True for the holder, and for who knows the e-mail or telephone given with the case."""
    return is_holder(request, visitor, target) or may_read(request.session, target.case_id)


def may_add(request: HttpRequest, visitor: Visitor, target: SpeakingFor) -> bool:
    """True for the holder; where no link can be mailed, also for who knows the telephone."""
    return is_holder(request, visitor, target) or (
        not target.email and may_read(request.session, target.case_id)
    )


def page_of(
    request: HttpRequest,
    visitor: Visitor,
    target: SpeakingFor,
    *,
    errors: list[tuple[str, str]],
    typed: Mapping[str, str],
    status: int,
) -> HttpResponse:
    """The page as this visitor may see it, with what was refused and typed."""
    extra = {"errors": errors, "typed": typed}
    if is_reader(request, visitor, target):
        return holder_page(request, visitor, target, extra=extra, status=status)
    if target.is_public:
        return public_page(request, visitor, target.number, extra=extra, status=status)
    raise NotFound(what="case")


def public_page(
    request: HttpRequest,
    visitor: Visitor,
    number: str,
    *,
    extra: Mapping[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    found = public_case(visitor.jurisdiction, number)
    context = shared_facts(found, visitor, Visibility.PUBLIC)
    return render(request, "web/case.html", {**context, **(extra or {})}, status=status)


def holder_page(
    request: HttpRequest,
    visitor: Visitor,
    target: SpeakingFor,
    *,
    extra: Mapping[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page for whom the case is; kept by no cache on the way.

    Who only typed how its reporter is reached reads it, without the reporter's details.
    """
    view: CaseView = case_view(visitor.jurisdiction, target.case_id)
    context = {
        **shared_facts(view.public, visitor, Visibility.REPORTER),
        **own_facts(view, visitor),
        "is_proved": is_holder(request, visitor, target),
        "may_add": may_add(request, visitor, target),
    }
    response = render(request, "web/case.html", {**context, **(extra or {})}, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _known(jurisdiction: Jurisdiction, number: str) -> SpeakingFor | None:
    """The case of this number unless it is sensitive: such a one is not there."""
    try:
        target = speaking_for(jurisdiction.pk, case_id_of(jurisdiction, number))
    except NotFound:
        return None
    return None if target.is_sensitive else target


def _old_or_mistyped(
    request: HttpRequest, visitor: Visitor, number: str, bad: BadNumber
) -> HttpResponse:
    moved = _moved_here(visitor.jurisdiction, number)
    if moved:
        return redirect("web:case", number=moved)
    error = refusal(bad, visitor.language)
    context = {"here": "track", "typed": number[:60], "error": error}
    return render(request, "web/track.html", context, status=404)


def _moved_here(jurisdiction: Jurisdiction, typed: str) -> str:
    """The number here of a public case that another system gave the typed one; "" if none is.

    Others are found by nobody this way: that there is one would be told.
    """
    return numbers_here(jurisdiction, [typed]).get(typed, "")


def _by_link(
    request: HttpRequest, number: str, target: SpeakingFor | None, token: str
) -> HttpResponse:
    """Take the link's secret into the session, and out of the address."""
    if target is None or not opens(LinkKind.CASE, target.case_id, token):
        raise LinkExpired(kind="case")
    hold(request.session, target.case_id, token)
    return redirect("web:case", number=number)


def _claim(
    request: HttpRequest, visitor: Visitor, number: str, target: SpeakingFor | None
) -> HttpResponse:
    contact = request.POST.get("contact", "").strip()[:254]
    try:
        spend(
            "case_contact",
            client_of(request),
            at_most=_TRIES,
            within=_TRIES_WITHIN,
            now=clock.now(),
        )
    except TooMany as error:
        return _gate(request, visitor, number, error=refusal(error, visitor.language), status=429)
    if target is None or not _is_reached_by(target, contact):
        line = _("No report of this number was given with this e-mail or telephone.")
        return _gate(request, visitor, number, error=line)
    let_read(request.session, target.case_id)
    return redirect("web:case", number=number)


def _is_reached_by(target: SpeakingFor, contact: str) -> bool:
    if not contact:
        return False
    return contact.lower() == target.email or normal_phone(contact) == target.phone


def _gate(
    request: HttpRequest, visitor: Visitor, number: str, *, error: str = "", status: int = 404
) -> HttpResponse:
    context = {
        "here": "track",
        "number": number,
        "typed": request.POST.get("contact", ""),
        "error": error,
        "errors": [("contact", error)] if error else [],
    }
    return render(request, "web/case_gate.html", context, status=status)
