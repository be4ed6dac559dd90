"""The account of a resident: signing in by a link, the Case Status tab, signing out."""

from dataclasses import replace

from django.contrib.auth import login, logout, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hark311.access.links import LinkKind, token_for
from hark311.cases.queries.account import (
    AT_MOST,
    Shown,
    cases_of_account,
    followed_by_account,
)
from hark311.channels.web.case_page import own_row_of, row_of
from hark311.channels.web.mailing import mail_link, spend_on_mail
from hark311.channels.web.visitor import Visitor, visitor_of
from hark311.channels.web.words import refusal
from hark311.domain.errors import TooMany
from hark311.government.models import Account
from hark311.intake.claim import claim
from hark311.people.accounts import account_for, end_other_sessions, is_staff_address
from hark311.people.letters import send_sign_in_link, send_staff_hint
from hark311.people.proofs import address_behind, new_link, use_link
from hark311.platform import clock
from hark311.platform.views import Audience, open_to

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_FILTERS = {
    Shown.ALL: gettext_lazy("All"),
    Shown.WAITING: gettext_lazy("Waiting for me"),
    Shown.OPEN: gettext_lazy("Open"),
    Shown.CLOSED: gettext_lazy("Closed"),
}


@open_to(Audience.PUBLIC)
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """My cases and those I follow; to a stranger, the way to sign in."""
    visitor = visitor_of(request)
    if visitor.account is None:
        return render(request, "web/sign_in.html", {"here": "account", "errors": []})
    return private(
        render(request, "web/account.html", status_tab(request, visitor, visitor.account))
    )


@open_to(Audience.PUBLIC)
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Send a link to the address; the answer does not tell whether there is an account."""
    visitor = visitor_of(request)
    email = request.POST.get("email", "").strip().lower()[:254]
    context = {"here": "account", "email": email}
    try:
        validate_email(email)
        spend_on_mail(request, email)
    except ValidationError:
        errors = [("email", _("An e-mail address looks like name@mail.com."))]
        return render(request, "web/sign_in.html", {**context, "errors": errors}, status=422)
    except TooMany as error:
        errors = [("email", refusal(error, visitor.language))]
        return render(request, "web/sign_in.html", {**context, "errors": errors}, status=429)
    if not _send(email, visitor):
        errors = [("email", _("We cannot send mail now. Try again in a few minutes."))]
        return render(request, "web/sign_in.html", {**context, "errors": errors}, status=503)
    return render(request, "web/sign_in_sent.html", context)


@open_to(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The page behind the link. Only its button signs in: programs that scan mail press none."""
    visitor = visitor_of(request)
    token = request.POST.get("t") or request.GET.get("t", "")
    if request.method != "POST":
        email = address_behind(LinkKind.SIGN_IN, token, visitor.jurisdiction, now=clock.now())
        context = {"here": "account", "token": token, "email": email}
        return private(render(request, "web/sign_in_confirm.html", context))
    email = use_link(LinkKind.SIGN_IN, token, visitor.jurisdiction, now=clock.now())
    found = account_for(email, language=visitor.language, now=clock.now())
    claim(email, actor=replace(visitor, account=found).actor)
    login(request, found, backend=_BACKEND)
    return redirect("web:account")


@open_to(Audience.REPORTER)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and with it what it knew of cases and drafts."""
    logout(request)
    return redirect("web:home")


@open_to(Audience.REPORTER)
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """End the sessions on all other devices, as after a lost telephone; this one goes on."""
    visitor = visitor_of(request)
    if visitor.account is None:
        return redirect("web:account")
    end_other_sessions(visitor.account)
    update_session_auth_hash(request, visitor.account)
    return redirect(f"{reverse('web:preferences')}?ended=1")


def status_tab(request: HttpRequest, visitor: Visitor, account: Account) -> dict[str, object]:
    """Own cases, what waits for them first, and those followed. A fixed number of queries."""
    now = clock.now()
    shown, page = _shown(request), _page(request)
    own = cases_of_account(visitor.jurisdiction, account.pk, shown=shown, page=page)
    followed = followed_by_account(visitor.jurisdiction, account.pk)
    return {
        "here": "account",
        "tab": "status",
        "account": account,
        "own": [own_row_of(one, visitor, now) for one in own.cases],
        "has_any": own.counts[Shown.ALL] > 0,
        "filters": [(one, str(_FILTERS[one]), own.counts[one], one is shown) for one in Shown],
        "number": page,
        "has_before": page > 1,
        "before": page - 1,
        "has_after": own.has_more,
        "after": page + 1,
        "followed": [
            (row_of(one.case, visitor, now), token_for(LinkKind.FOLLOW, one.follow_id))
            for one in followed
        ],
        "is_cut": len(followed) >= AT_MOST,
    }


def _shown(request: HttpRequest) -> Shown:
    wanted = request.GET.get("show", "")
    return Shown(wanted) if wanted in set(Shown) else Shown.ALL


def _page(request: HttpRequest) -> int:
    typed = request.GET.get("page", "")
    return max(1, int(typed)) if typed.isdecimal() and len(typed) < 5 else 1


def private(response: HttpResponse) -> HttpResponse:
    """Nothing on the way may keep this page."""
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _send(email: str, visitor: Visitor) -> bool:
    if is_staff_address(email):
        return send_staff_hint(email, visitor.jurisdiction, language=visitor.language)
    token = new_link(LinkKind.SIGN_IN, email, visitor.jurisdiction, now=clock.now())
    link = mail_link(visitor.jurisdiction, "web:enter", token=token)
    return send_sign_in_link(email, link, visitor.jurisdiction, language=visitor.language)
