"""The texts that departments keep ready: seen by all who write, changed by supervisors."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hark311.access.policy import Permission
from hark311.catalog.texts import (
    ReadyText,
    add_text,
    change_text,
    ready_text,
    ready_texts,
    retire_text,
)
from hark311.console.desk import Desk, staff_page
from hark311.console.text_forms import TextForm, departments_of
from hark311.domain.errors import NotAllowed
from hark311.platform import clock


@require_safe
@staff_page(Permission.NOTE)
def texts(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All texts that the reader may take."""
    own = departments_of(desk)
    context = {
        "desk": desk,
        "here": "texts",
        "texts": ready_texts(desk.jurisdiction, own | desk.actor.departments),
        "own": own,
        "language": desk.names.language,
    }
    return render(request, "console/texts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.KEEP_TEXTS)
def new_text(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A new text of one of the reader's departments."""
    form = TextForm(desk, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, form, None)
    add_text(
        desk.jurisdiction,
        form.draft(),
        department_id=form.department_id,
        account_id=_account(desk),
        at=clock.now(),
    )
    return _back(request, _("The text is kept."))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.KEEP_TEXTS)
def text(request: HttpRequest, desk: Desk, text_id: int) -> HttpResponse:
    """Another version of a text."""
    found = _own_text(desk, text_id)
    form = TextForm(desk, request.POST if request.method == "POST" else None, text=found)
    if not form.is_valid():
        return _page(request, form, found)
    change_text(found, form.draft(), account_id=_account(desk), at=clock.now())
    return _back(request, _("The text is changed. The older words are kept."))


@require_POST
@staff_page(Permission.KEEP_TEXTS)
def retire(request: HttpRequest, desk: Desk, text_id: int) -> HttpResponse:
    """No longer offer a text."""
    retire_text(_own_text(desk, text_id))
    return _back(request, _("The text is no longer offered."))


def _own_text(desk: Desk, text_id: int) -> ReadyText:
    """Raises NotFound, and NotAllowed for a text of the city or of another department."""
    found = ready_text(desk.jurisdiction, text_id)
    if found.department_id not in departments_of(desk):
        raise NotAllowed(permission=Permission.KEEP_TEXTS.value)
    return found


def _account(desk: Desk) -> int:
    if desk.actor.account_id is None:
        raise NotAllowed(reason="signed_out")
    return desk.actor.account_id


def _page(request: HttpRequest, form: TextForm, found: ReadyText | None) -> HttpResponse:
    context = {"desk": form.desk, "here": "texts", "form": form, "text": found}
    return render(request, "console/text.html", context, status=422 if form.is_bound else 200)


def _back(request: HttpRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("console:texts"))
