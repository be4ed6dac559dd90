"""The agent's desk: a call from hello to the number read back, kept as it is typed."""

from dataclasses import replace
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hark311.access.policy import Permission
from hark311.access.readings import note_readings
from hark311.cases.actions.record_contact_opened import record_contact_opened
from hark311.cases.queries.staff_callers import caller, find_callers, newest_case_of
from hark311.cases.queries.staff_search import known_numbers
from hark311.console.call_form import CallForm
from hark311.console.call_page import (
    Sought,
    aside,
    call_context,
    form_of,
    hazard_of,
    spoken_in,
    words_for,
)
from hark311.console.call_phone import call_panel
from hark311.console.desk import Desk, staff_page
from hark311.console.draft_values import content_of
from hark311.console.intake_form import TAKEN_BY_AGENTS
from hark311.console.problems import sentence_of
from hark311.console.read_out import answer_of_case, words_of_service
from hark311.console.taking import NO_PAUSE, Pause, joined_by, pause_of, service_named
from hark311.console.wording import CHANNELS
from hark311.contacts.actions import Touch
from hark311.contacts.desk import hang_up
from hark311.contacts.drafts import begin_draft, keep_draft
from hark311.contacts.queries import DraftToConfirm, draft_to_confirm, own_drafts, touch_of_draft
from hark311.domain.draft import Receipt
from hark311.domain.errors import BadDraft, Conflict, NotFound, RuleBroken
from hark311.domain.vocabulary import Channel, InteractionKind, Privacy
from hark311.intake.confirm import confirm_draft
from hark311.platform import clock
from hark311.platform.problem import status_of

_TAKE, _FIND, _FORGET = "take", "find", "forget"
_LONGEST_WORDS = 200
_LONGEST_ID = 18


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.REPORT_FOR_OTHERS)
def start(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What the agent has not finished, and the button that begins the next call."""
    now = local_now(desk)
    if request.method == "POST":
        draft = begin_draft(_touch(request, desk, now), {}, actor=desk.actor)
        return HttpResponseRedirect(reverse("console:call", args=[draft.pk]))
    context = {
        "desk": desk,
        "here": "desk",
        "key": uuid4().hex,
        "channels": [(one.value, CHANNELS[one]) for one in TAKEN_BY_AGENTS],
        "own": own_drafts(account_of(desk), desk.actor.jurisdiction_id, at=now),
    }
    return render(request, "console/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.REPORT_FOR_OTHERS)
def call(request: HttpRequest, desk: Desk, draft_id: int) -> HttpResponse:
    """The page of a call. Whatever is posted is kept first; then it is looked at."""
    now = local_now(desk)
    try:
        waiting = draft_to_confirm(draft_id, desk.actor.jurisdiction_id, at=now)
    except NotFound:
        # A second press of the last button, or the way back from the number.
        touch_of_draft(draft_id, account_of(desk), desk.actor.jurisdiction_id)
        return HttpResponseRedirect(reverse("console:call_done", args=[draft_id]))
    if request.method != "POST":
        if waiting.holder_id != desk.actor.account_id:
            return HttpResponseRedirect(reverse("console:draft", args=[draft_id]))
        return page(request, desk, waiting, now)
    waiting = keep(request, desk, waiting, now)
    step = request.POST.get("step", "")
    if step == _TAKE:
        return _take(request, desk, waiting, now)
    if step == _FIND or request.POST.get("find", "").strip():
        return _find(request, desk, waiting, now)
    go = "ask-h" if request.POST.get("choose") else request.POST.get("go", "")
    return HttpResponseRedirect(_address(waiting, go))


@require_POST
@staff_page(Permission.OPEN_CONTACT)
def choose_caller(request: HttpRequest, desk: Desk, draft_id: int) -> HttpResponse:
    """Say who is calling: their contact is opened, and that it was is on record."""
    now = local_now(desk)
    waiting = keep(request, desk, _waiting(draft_id, desk, now), now)
    content = dict(waiting.content)
    if request.POST.get("person") == _FORGET:
        content.pop("person_id", None)
    else:
        person_id = _id(request.POST.get("person", ""))
        record_contact_opened(newest_case_of(person_id, desk.actor), actor=desk.actor)
        known = caller(person_id, desk.actor, desk.names, now=now)
        note_readings((case.number for case in known.cases[1:]), actor=desk.actor, at=now)
        content["person_id"] = person_id
        content["contact"] = {
            "name": known.contact.name,
            "email": known.contact.email,
            "phone": known.contact.phone,
            "wants_updates": known.contact.wants_updates,
        }
        if not content.get("description"):
            waiting = replace(waiting, language=known.language)
    _keep(desk, waiting, content, now)
    return HttpResponseRedirect(_address(waiting, "caller-h"))


@require_POST
@staff_page(Permission.REPORT_FOR_OTHERS)
def kept(request: HttpRequest, desk: Desk, draft_id: int) -> HttpResponse:
    """Keep what is typed, for the page itself: what it heard comes back as parts of the page.

    Answers 409 if another window has kept more since, and changes nothing then.
    """
    now = local_now(desk)
    version = request.POST.get("version", "")
    waiting = keep(
        request,
        desk,
        _waiting(draft_id, desk, now),
        now,
        version=int(version) if version.isdecimal() and len(version) < 10 else -1,
    )
    form = form_of(waiting, desk)
    context = {
        "desk": desk,
        "draft": waiting,
        "hazard": hazard_of(waiting),
        "pause": NO_PAUSE,
        **aside(form, waiting, desk),
        "words": words_for(form, desk),
        "form": form,
    }
    parts = {
        name: render_to_string(f"console/parts/_call_{name}.html", context, request)
        for name in ("danger", "sounds", "answers", "near")
    }
    said = _("Kept at %(time)s") % {"time": time_format(localtime(now), "TIME_FORMAT")}
    return JsonResponse({"version": waiting.version, "said": said, "parts": parts})


@require_safe
@staff_page(Permission.REPORT_FOR_OTHERS)
def done(request: HttpRequest, desk: Desk, draft_id: int) -> HttpResponse:
    """The number to read back, with the promise, in the caller's language where it exists."""
    touch = touch_of_draft(draft_id, account_of(desk), desk.actor.jurisdiction_id)
    known = known_numbers([touch.case_number], desk.actor)
    spoken = spoken_in(touch.language)
    speaking = replace(desk, names=replace(desk.names, language=spoken))
    with override(spoken):
        say = answer_of_case(touch.case_number, speaking) if known else None
    context = {
        "desk": desk,
        "here": "desk",
        "touch": touch,
        "number": touch.case_number,
        "incident_id": known.get(touch.case_number),
        "spoken": spoken,
        "say": say,
        "phone": call_panel(draft_id, desk),
        "service_words": request.session.pop(f"words{draft_id}", ""),
    }
    return render(request, "console/call_done.html", context)


@require_POST
@staff_page(Permission.REPORT_FOR_OTHERS)
def over(request: HttpRequest, desk: Desk, draft_id: int) -> HttpResponse:
    """The call is over: its length is known now."""
    hang_up(draft_id, actor=desk.actor, at=clock.now())
    messages.success(request, _("The call is over."))
    return HttpResponseRedirect(reverse("console:desk"))


def page(
    request: HttpRequest,
    desk: Desk,
    waiting: DraftToConfirm,
    now: datetime,
    *,
    form: CallForm | None = None,
    found: Sought | None = None,
    pause: Pause = NO_PAUSE,
    status: int = 200,
) -> HttpResponse:
    """The page of a call with what it holds, or with a form that could not be taken."""
    context = call_context(waiting, desk, now=now, form=form, found=found or Sought(), pause=pause)
    return render(request, "console/call.html", context, status=status)


def keep(
    request: HttpRequest,
    desk: Desk,
    waiting: DraftToConfirm,
    now: datetime,
    *,
    version: int | None = None,
) -> DraftToConfirm:
    """Keep what was posted; the draft as it is then. Raises Conflict as ``keep_draft``."""
    content = content_of(request.POST, waiting.content)
    channels = {one.value for one in TAKEN_BY_AGENTS}
    wanted, spoken = (request.POST.get(name, "") for name in ("channel", "language"))
    languages = {str(one["code"]) for one in desk.jurisdiction.languages}
    waiting = replace(
        waiting,
        channel=Channel(wanted) if wanted in channels else waiting.channel,
        language=spoken if spoken in languages else waiting.language,
    )
    return _keep(desk, waiting, content, now, version=version)


def _keep(
    desk: Desk,
    waiting: DraftToConfirm,
    content: dict[str, object],
    now: datetime,
    *,
    version: int | None = None,
) -> DraftToConfirm:
    kept_draft = keep_draft(
        waiting.draft_id,
        content,
        channel=waiting.channel,
        language=waiting.language,
        actor=desk.actor,
        at=now,
        version=version,
    )
    return replace(
        waiting,
        content=content,
        version=kept_draft.version,
        holder_id=desk.actor.account_id,
    )


def _take(request: HttpRequest, desk: Desk, waiting: DraftToConfirm, now: datetime) -> HttpResponse:
    data = request.POST
    service = service_named(data.get("service", ""), desk)
    form = CallForm(desk, service, data, spoken=spoken_in(waiting.language))
    if not form.is_valid():
        return page(request, desk, waiting, now, form=form, status=422)
    pause = pause_of(data, form, desk)
    if pause is not None:
        return page(request, desk, waiting, now, form=form, pause=pause)
    draft = form.draft(received_at=now, join=joined_by(data))
    try:
        receipt = confirm_draft(waiting.draft_id, draft, actor=desk.actor)
    except (BadDraft, RuleBroken, Conflict) as error:
        form.add_error(None, sentence_of(error, desk.names.language))
        return page(request, desk, waiting, now, form=form, status=status_of(error))
    _remember_words(request, desk, receipt, waiting)
    return HttpResponseRedirect(reverse("console:call_done", args=[waiting.draft_id]))


def _remember_words(
    request: HttpRequest, desk: Desk, receipt: Receipt, waiting: DraftToConfirm
) -> None:
    """Of a case that the agent may not open, keep what its service says, to be read out once."""
    service = service_named(request.POST.get("service", ""), desk)
    if service is not None and service.privacy is Privacy.SENSITIVE:
        request.session[f"words{waiting.draft_id}"] = words_of_service(service, desk)


def _find(request: HttpRequest, desk: Desk, waiting: DraftToConfirm, now: datetime) -> HttpResponse:
    """Who the words may mean. What is shown of people is on record."""
    desk.require(Permission.OPEN_CONTACT)
    words = request.POST.get("find", "").strip()[:_LONGEST_WORDS]
    found = find_callers(words, desk.actor, desk.names) if words else ()
    note_readings((one.newest_number for one in found), actor=desk.actor, at=now)
    sought = Sought(words, found)
    return page(request, desk, waiting, now, found=sought)


def _waiting(draft_id: int, desk: Desk, now: datetime) -> DraftToConfirm:
    return draft_to_confirm(draft_id, desk.actor.jurisdiction_id, at=now)


def _touch(request: HttpRequest, desk: Desk, now: datetime) -> Touch:
    wanted = request.POST.get("channel", "")
    channels = {one.value for one in TAKEN_BY_AGENTS}
    key = request.POST.get("key", "")[:60]
    return Touch(
        jurisdiction_id=desk.actor.jurisdiction_id,
        channel=Channel(wanted) if wanted in channels else Channel.PHONE,
        kind=InteractionKind.REQUEST,
        language=str((desk.jurisdiction.languages or [{"code": "en"}])[0]["code"]),
        at=now,
        source_key=f"desk:{desk.actor.account_id}:{key}" if key else "",
        handler_account_id=desk.actor.account_id,
    )


def _address(waiting: DraftToConfirm, part: str) -> str:
    """Where to go on; part: the id of an element of the page."""
    known = part if part.replace("-", "").replace("_", "").isalnum() else ""
    here = reverse("console:call", args=[waiting.draft_id])
    return f"{here}#{known}" if known else here


def local_now(desk: Desk) -> datetime:
    return clock.now().astimezone(ZoneInfo(desk.jurisdiction.zone))


def account_of(desk: Desk) -> int:
    """The account that is signed in; the gate of every page has seen to it that there is one."""
    if desk.actor.account_id is None:
        raise AssertionError("staff have an account")
    return desk.actor.account_id


def _id(text: str) -> int:
    """Raises NotFound for what is no id."""
    if not (text.isdecimal() and len(text) < _LONGEST_ID):
        raise NotFound(what="person")
    return int(text)
