"""Proving another address by a code: it brings its cases, and may open the account."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hark311.channels.web.account import private
from hark311.channels.web.mailing import spend_on_mail
from hark311.channels.web.visitor import Visitor, visitor_of
from hark311.channels.web.words import refusal
from hark311.domain.errors import DoesNotApply, LinkExpired, TooMany
from hark311.government.models import Account
from hark311.intake.claim import claim
from hark311.people.accounts import change_address
from hark311.people.letters import send_address_changed, send_code
from hark311.people.proofs import is_proved_by, new_code
from hark311.platform import clock
from hark311.platform.views import Audience, open_to

_SESSION = "hark311_address_asked"


@open_to(Audience.REPORTER)
@require_http_methods(["GET", "HEAD", "POST"])
def addresses(request: HttpRequest) -> HttpResponse:
    """Ask for a code to be sent to an address."""
    visitor = visitor_of(request)
    if visitor.account is None:
        return redirect("web:account")
    if request.method != "POST":
        return _page(request, visitor)
    email = request.POST.get("email", "").strip().lower()[:254]
    try:
        validate_email(email)
        spend_on_mail(request, email)
    except ValidationError:
        line = _("An e-mail address looks like name@mail.com.")
        return _page(request, visitor, email=email, error=("email", line), status=422)
    except TooMany as error:
        line = refusal(error, visitor.language)
        return _page(request, visitor, email=email, error=("email", line), status=429)
    code = new_code(visitor.account.pk, email, visitor.jurisdiction, now=clock.now())
    if not send_code(email, code, visitor.jurisdiction, language=visitor.language):
        line = _("We cannot send mail now. Try again in a few minutes.")
        return _page(request, visitor, email=email, error=("email", line), status=503)
    request.session[_SESSION] = email
    return redirect("web:address_code")


@open_to(Audience.REPORTER)
@require_http_methods(["GET", "HEAD", "POST"])
def address_code(request: HttpRequest) -> HttpResponse:
    """Take the code; right, it claims what was given with the address."""
    visitor, email = visitor_of(request), str(request.session.get(_SESSION, ""))
    if visitor.account is None or not email:
        return redirect("web:addresses")
    if request.method != "POST":
        return _code_page(request, email)
    try:
        code = request.POST.get("code", "")[:40]
        if not is_proved_by(visitor.account.pk, email, code, now=clock.now()):
            line = _("This is not the code we sent. Compare it once more.")
            return _code_page(request, email, line=line, status=422)
    except LinkExpired:
        line = _("The time for this code is over. Ask for a new one.")
        return _code_page(request, email, line=line, status=404)
    except TooMany:
        line = _("That was five wrong codes. Ask for a new one.")
        return _code_page(request, email, line=line, status=429)
    return _proved(request, visitor, visitor.account, email)


def _proved(request: HttpRequest, visitor: Visitor, account: Account, email: str) -> HttpResponse:
    del request.session[_SESSION]
    claimed = claim(email, actor=visitor.actor)
    context = {"here": "account", "tab": "addresses", "email": email, "claimed": claimed}
    if "sign_in_with" in request.POST:
        try:
            before = change_address(account, email)
        except DoesNotApply:
            context["is_taken"] = True
        else:
            context["is_changed"] = True
            send_address_changed(before, email, visitor.jurisdiction, language=account.language)
    return private(render(request, "web/address_proved.html", context))


def _page(
    request: HttpRequest,
    visitor: Visitor,
    *,
    email: str = "",
    error: tuple[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "here": "account",
        "tab": "addresses",
        "account": visitor.account,
        "email": email,
        "errors": [error] if error else [],
    }
    return private(render(request, "web/addresses.html", context, status=status))


def _code_page(
    request: HttpRequest, email: str, *, line: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "here": "account",
        "tab": "addresses",
        "email": email,
        "errors": [("code", line)] if line else [],
    }
    return private(render(request, "web/address_code.html", context, status=status))
