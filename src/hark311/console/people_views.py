"""Who works here: the list, an invitation, and what an administrator changes of a colleague."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hark311.access.entry import entry_token
from hark311.access.policy import Permission
from hark311.cases.administration.describe_colleague import Description, describe_colleague
from hark311.cases.administration.dismiss_colleague import dismiss_colleague
from hark311.cases.administration.invite_colleague import invite_colleague
from hark311.cases.administration.readmit_colleague import readmit_colleague
from hark311.cases.administration.reset_password import reset_password
from hark311.cases.administration.set_roles import set_roles
from hark311.console.desk import Desk, staff_page
from hark311.console.people_forms import DescriptionForm, InviteForm, RolesForm, role_words
from hark311.console.problems import sentence_of
from hark311.domain.errors import BadDraft, DoesNotApply, HarkError, NotAllowed
from hark311.government.colleagues import StaffMember, staff_member
from hark311.government.colleagues import staff_page as page_of_staff
from hark311.government.letters import send_way_in
from hark311.government.models import Account
from hark311.platform import clock
from hark311.platform.languages import OWN_NAMES
from hark311.platform.problem import status_of

_REFUSED = (DoesNotApply, NotAllowed, BadDraft)
_LONGEST = 100


@require_safe
@staff_page(Permission.MANAGE_PEOPLE)
def people(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Everybody who works here, by name."""
    words, page = request.GET.get("q", "").strip()[:_LONGEST], request.GET.get("page", "")
    found = page_of_staff(
        desk.jurisdiction,
        words=words,
        page=int(page) if page.isdecimal() and len(page) < 5 else 1,
    )
    today = clock.now().astimezone(desk.names.organisation.zone).date()
    context = {
        "desk": desk,
        "here": "people",
        "words": words,
        "page": found,
        "rows": [
            (
                one,
                [role_words(given, desk) for given in one.roles],
                one.is_away_on(today),
                [OWN_NAMES.get(code.lower(), code) for code in one.spoken],
            )
            for one in found.rows
        ],
    }
    return render(request, "console/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.MANAGE_PEOPLE)
def invite(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Give somebody a first role, and send them the way in."""
    if request.method != "POST":
        return _invite_page(request, desk, InviteForm(desk), status=200)
    form = InviteForm(desk, request.POST)
    if not form.is_valid():
        return _invite_page(request, desk, form, status=422)
    said = form.cleaned_data
    try:
        account = invite_colleague(
            said["email"],
            said["name"],
            form.given(),
            actor=desk.actor,
            language=said["language"],
        )
    except _REFUSED as error:
        form.add_error(None, sentence_of(error, desk.names.language))
        return _invite_page(request, desk, form, status=status_of(error))
    _send(request, desk, account, language=said["language"])
    return HttpResponseRedirect(reverse("console:person", args=[account.pk]))


@require_safe
@staff_page(Permission.MANAGE_PEOPLE)
def person(request: HttpRequest, desk: Desk, account_id: int) -> HttpResponse:
    """One colleague, and what may be changed of them."""
    return _person_page(request, desk, staff_member(account_id, desk.jurisdiction))


@require_POST
@staff_page(Permission.MANAGE_PEOPLE)
def roles(request: HttpRequest, desk: Desk, account_id: int) -> HttpResponse:
    """Let a colleague have other roles."""
    member = staff_member(account_id, desk.jurisdiction)
    form = RolesForm(desk, member, request.POST)
    if not form.is_valid():
        return _person_page(request, desk, member, roles_form=form, status=422)
    try:
        set_roles(account_id, form.given(), actor=desk.actor)
    except _REFUSED as error:
        form.add_error(None, sentence_of(error, desk.names.language))
        return _person_page(request, desk, member, roles_form=form, status=status_of(error))
    return _done(request, _("The roles hold from now on."), account_id)


@require_POST
@staff_page(Permission.MANAGE_PEOPLE)
def describe(request: HttpRequest, desk: Desk, account_id: int) -> HttpResponse:
    """Keep how a colleague is called, what they speak, and when they are away."""
    member = staff_member(account_id, desk.jurisdiction)
    form = DescriptionForm(desk, member, request.POST)
    if not form.is_valid():
        return _person_page(request, desk, member, about=form, status=422)
    said = form.cleaned_data
    about = Description(said["name"], said["spoken"], said["absent_from"], said["absent_to"])
    try:
        describe_colleague(account_id, about, actor=desk.actor)
    except BadDraft:
        form.add_error("absent_to", _("The last day comes after the first one."))
        return _person_page(request, desk, member, about=form, status=422)
    return _done(request, _("Kept."), account_id)


@require_POST
@staff_page(Permission.MANAGE_PEOPLE)
def dismiss(request: HttpRequest, desk: Desk, account_id: int) -> HttpResponse:
    """Close an account; the work comes free."""

    def close() -> str:
        freed = dismiss_colleague(account_id, actor=desk.actor)
        closed = _("The account is closed.")
        if not freed:
            return closed
        words = ngettext("%(n)d incident came free.", "%(n)d incidents came free.", freed)
        return f"{closed} {words % {'n': freed}}"

    return _change(request, desk, account_id, close)


@require_POST
@staff_page(Permission.MANAGE_PEOPLE)
def readmit(request: HttpRequest, desk: Desk, account_id: int) -> HttpResponse:
    """Open an account again, and send the way in."""

    def reopen() -> str:
        account = readmit_colleague(account_id, actor=desk.actor)
        _send(request, desk, account, language=account.language)
        return _("The account is open again.")

    return _change(request, desk, account_id, reopen)


@require_POST
@staff_page(Permission.MANAGE_PEOPLE)
def reset(request: HttpRequest, desk: Desk, account_id: int) -> HttpResponse:
    """Sign a colleague out everywhere, and send the way to a new password."""

    def take() -> str:
        account = reset_password(account_id, actor=desk.actor)
        _send(request, desk, account, language=account.language)
        return _("The old password opens nothing any more.")

    return _change(request, desk, account_id, take)


def _change(
    request: HttpRequest, desk: Desk, account_id: int, change: Callable[[], str]
) -> HttpResponse:
    try:
        said = change()
    except _REFUSED as error:
        return _refused(request, desk, account_id, error)
    return _done(request, said, account_id)


def _refused(request: HttpRequest, desk: Desk, account_id: int, error: HarkError) -> HttpResponse:
    member = staff_member(account_id, desk.jurisdiction)
    words = sentence_of(error, desk.names.language)
    return _person_page(request, desk, member, refusal=words, status=status_of(error))


def _send(request: HttpRequest, desk: Desk, account: Account, *, language: str) -> None:
    """Send the way in, and say whether it left."""
    base = str(settings.PUBLIC_URL).rstrip("/")
    with override(language):
        path = reverse("console:welcome", args=[entry_token(account)])
    if send_way_in(account, f"{base}{path}", desk.jurisdiction, language=language):
        messages.success(request, _("A letter with the way in is sent."))
    else:
        messages.error(request, _("No mail can be sent now. Reset the password to try again."))


def _done(request: HttpRequest, words: str, account_id: int) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(reverse("console:person", args=[account_id]))


def _invite_page(
    request: HttpRequest, desk: Desk, form: InviteForm, *, status: int
) -> HttpResponse:
    context = {"desk": desk, "here": "people", "form": form}
    return render(request, "console/invite.html", context, status=status)


def _person_page(
    request: HttpRequest,
    desk: Desk,
    member: StaffMember,
    *,
    roles_form: RolesForm | None = None,
    about: DescriptionForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "desk": desk,
        "here": "people",
        "member": member,
        "roles_form": roles_form or RolesForm(desk, member),
        "form": about or DescriptionForm(desk, member),
        "refusal": refusal,
        "is_self": member.account_id == desk.actor.account_id,
    }
    return render(request, "console/person.html", context, status=status)
