"""Choosing a password: by the link in a letter, or for oneself at the desk."""

from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from hark311.access import allowance
from hark311.access.entry import account_behind
from hark311.access.policy import Permission
from hark311.cases.administration.choose_password import choose_password
from hark311.console.desk import Desk, jurisdiction_of, staff_page
from hark311.console.people_forms import ChangePasswordForm, NewPasswordForm
from hark311.console.problems import problem_page
from hark311.console.sign_in import PER_ADDRESS, WITHIN
from hark311.domain.errors import LinkExpired, TooMany
from hark311.government.accounts import staff_actor
from hark311.government.models import Account
from hark311.platform import clock
from hark311.platform.views import Audience, open_to


@open_to(Audience.PUBLIC)
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password by the link in a letter, and be signed in. The link works once."""
    try:
        account = account_behind(token)
        actor = staff_actor(account, jurisdiction_of(request), language=account.language)
        if actor is None:
            raise LinkExpired(kind="staff")
    except LinkExpired as error:
        return problem_page(request, error, desk=None)
    form = NewPasswordForm(account, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(
            request, "console/welcome.html", {"form": form, "account": account}, status=status
        )
    chosen = choose_password(form.cleaned_data["password"], actor=actor)
    login(request, chosen, backend="django.contrib.auth.backends.ModelBackend")
    messages.success(request, _("Welcome. You are signed in."))
    return HttpResponseRedirect(reverse("console:home"))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def _password(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Choose another password for oneself; other windows are signed out."""
    account = request.user
    if not isinstance(account, Account):
        raise LinkExpired(kind="staff")
    form = ChangePasswordForm(account, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, desk, form, status=422 if request.method == "POST" else 200)
    if not _is_present(account, form.cleaned_data["present"], form):
        return _page(request, desk, form, status=422)
    chosen = choose_password(form.cleaned_data["password"], actor=desk.actor)
    update_session_auth_hash(request, chosen)
    messages.success(request, _("Your new password holds. Other windows are signed out."))
    return HttpResponseRedirect(reverse("console:password"))


password = staff_page(Permission.READ_CASES)(_password)


def _is_present(account: Account, typed: str, form: ChangePasswordForm) -> bool:
    """True for the right present password; tries are counted as at the door."""
    now = clock.now()
    subject = allowance.subject_of("sign_in", account.email.lower())
    try:
        allowance.require_left(subject, limit=PER_ADDRESS, within=WITHIN, now=now)
    except TooMany:
        form.add_error(None, _("Too many tries. Please wait 15 minutes, then try again."))
        return False
    allowance.count(subject, now=now)
    if account.check_password(typed):
        allowance.forget(subject)
        return True
    form.add_error("present", _("This is not your present password."))
    return False


def _page(
    request: HttpRequest, desk: Desk, form: ChangePasswordForm, *, status: int
) -> HttpResponse:
    context = {"desk": desk, "here": "password", "form": form}
    return render(request, "console/password.html", context, status=status)
