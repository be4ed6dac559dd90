"""Ends the messages about a case: by a page for people, by one request for mail programs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hark311.intake.notices import had_behind
from hark311.intake.notices import stop as stop_messages
from hark311.platform.languages import direction
from hark311.platform.views import Audience, open_to


@csrf_exempt
@open_to(Audience.REPORTER)
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, notice_id: int, token: str) -> HttpResponse:
    """The page behind the link; its button, or a mail program's request (RFC 8058), ends them.

    The signed address is the whole proof, so that a mail program needs no session.
    """
    had = had_behind(notice_id, token)
    is_done = request.method == "POST"
    if is_done:
        stop_messages(had)
    with override(had.language):
        context = {
            "number": had.number,
            "is_done": is_done,
            "is_reporter": had.is_reporter,
            "page_language": had.language,
            "page_direction": direction(had.language),
        }
        return render(request, "email/stop.html", context)
