"""Lets staff in with e-mail address and password, and out again."""

from datetime import timedelta

from django import forms
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from hark311.access import allowance
from hark311.access.policy import Permission
from hark311.console.desk import jurisdiction_of
from hark311.console.staff_form import StaffForm
from hark311.domain.errors import TooMany
from hark311.government.accounts import staff_actor
from hark311.government.models import Account
from hark311.platform import clock
from hark311.platform.client import client_of
from hark311.platform.views import Audience, open_to

PER_ADDRESS, PER_SENDER = 8, 60
WITHIN = timedelta(minutes=15)


class SignInForm(StaffForm):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        widget=forms.EmailInput(
            attrs={"class": "in", "autocomplete": "username", "autofocus": True}
        ),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"class": "in", "autocomplete": "current-password"}),
    )


@open_to(Audience.PUBLIC)
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form, and who passes it to where they wanted to go.

    A right password starts a new session, so that one planted before is worth nothing.
    """
    form = SignInForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, form, status=200 if request.method == "GET" else 422)
    try:
        account = _checked(request, form.cleaned_data["email"], form.cleaned_data["password"])
    except TooMany:
        form.add_error(None, _("Too many tries. Please wait 15 minutes, then try again."))
        return _page(request, form, status=429)
    if account is None:
        form.add_error(None, _("This address and password do not open the workspace."))
        return _page(request, form, status=422)
    login(request, account)
    return HttpResponseRedirect(_next(request))


@open_to(Audience.STAFF, Permission.READ_CASES.value)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(reverse("console:sign_in"))


def _checked(request: HttpRequest, email: str, password: str) -> Account | None:
    """The account, if the password is right and it has a role here. Raises TooMany."""
    now = clock.now()
    sender = allowance.subject_of("sign_in_from", client_of(request))
    address = allowance.subject_of("sign_in", email.lower())
    allowance.require_left(sender, limit=PER_SENDER, within=WITHIN, now=now)
    allowance.require_left(address, limit=PER_ADDRESS, within=WITHIN, now=now)
    allowance.count(sender, now=now)
    allowance.count(address, now=now)
    account = authenticate(request, username=email, password=password)
    if not isinstance(account, Account):
        return None
    if staff_actor(account, jurisdiction_of(request), language="en") is None:
        return None
    allowance.forget(address)
    return account


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and is_ours else reverse("console:home")


def _page(request: HttpRequest, form: SignInForm, *, status: int) -> HttpResponse:
    context = {
        "form": form,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "jurisdiction": jurisdiction_of(request),
    }
    return render(request, "console/sign_in.html", context, status=status)
