"""Something is done with many rows of a list: fields, then what will happen, then what did."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from hark311.access.policy import Permission
from hark311.console.desk import Desk, staff_page
from hark311.console.problems import sentence_of
from hark311.console.queue.bulk import (
    Chosen,
    RowOutcome,
    chosen_from,
    do_rows,
    rehearse_rows,
    rows_for,
    whole_list,
)
from hark311.console.queue.bulk_deeds import BULK_DEEDS, BulkDeed, BulkForm
from hark311.domain.errors import DoesNotApply, NotFound


@require_POST
@staff_page(Permission.READ_CASES)
def bulk(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """One thing with all chosen rows; nothing is done before its preview was confirmed."""
    deed = BULK_DEEDS.get(code)
    if deed is None:
        raise NotFound(what="page")
    desk.require(deed.permission)
    back = back_from(request)
    try:
        is_whole = "whole" in request.POST
        chosen = whole_list(back, desk) if is_whole else chosen_from(request.POST.getlist("rows"))
    except DoesNotApply as error:
        messages.warning(request, sentence_of(error, desk.names.language))
        return HttpResponseRedirect(back)
    rows = rows_for(chosen, desk)
    is_filled = not deed.form.base_fields or "filled" in request.POST
    form = deed.form(desk, rows, request.POST if is_filled else None)
    return _answer(request, deed, form, chosen, back)


def back_from(request: HttpRequest) -> str:
    """The list that somebody came from; the list of all queues if the form names none of ours."""
    home = reverse("console:queues")
    back = request.POST.get("back", "")
    is_ours = back.startswith(reverse("console:home")) and url_has_allowed_host_and_scheme(
        back, allowed_hosts=None
    )
    return back if is_ours else home


def _answer(
    request: HttpRequest, deed: BulkDeed, form: BulkForm, chosen: tuple[Chosen, ...], back: str
) -> HttpResponse:
    context: dict[str, object] = {
        "desk": form.desk,
        "here": "queues",
        "deed": deed,
        "form": form,
        "chosen": chosen,
        "gone": len(chosen) - len(form.rows),
        "back": back,
    }
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "console/queue/bulk.html", context, status=status)
    if "confirm" not in request.POST:
        context["preview"] = rehearse_rows(form, chosen)
        return render(request, "console/queue/bulk.html", context)
    context["groups"] = _grouped(do_rows(form, chosen))
    return render(request, "console/queue/bulk_done.html", context)


def _grouped(outcomes: tuple[RowOutcome, ...]) -> dict[str, list[RowOutcome]]:
    """What became of the rows: those that are done, and those that were left alone."""
    return {
        "fine": [one for one in outcomes if one.is_fine],
        "left": [one for one in outcomes if not one.is_fine],
    }
