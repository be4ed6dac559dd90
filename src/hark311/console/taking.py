"""The steps of taking a report: questions, danger, the same again, and the one way in."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from hark311.catalog.queries import Service, service_by_code
from hark311.console.desk import Desk
from hark311.console.intake_form import NOT_THE_SAME, IntakeForm
from hark311.console.problems import sentence_of
from hark311.contacts.queries import is_taken
from hark311.domain.draft import Hazard, IntakeDraft, OfferedCandidate, Receipt
from hark311.domain.errors import BadDraft, Conflict, RuleBroken, UnknownService
from hark311.domain.vocabulary import HazardLevel
from hark311.intake.candidates import candidates
from hark311.language.readers import hazard_of
from hark311.platform import clock
from hark311.platform.problem import status_of

Take = Callable[[IntakeDraft], Receipt]
QUESTIONS = "questions"
_LONGEST_ID = 19


@dataclass(frozen=True, slots=True)
class Pause:
    """What the agent has to look at before the report is taken."""

    hazard: Hazard | None = None
    same: tuple[OfferedCandidate, ...] = ()


NO_PAUSE = Pause()


@dataclass(frozen=True, slots=True)
class Page:
    """The template of a form that takes a report, and what else it shows."""

    template: str
    context: dict[str, object] = field(default_factory=dict)


def service_named(code: str, desk: Desk) -> Service | None:
    """The service of this code, or None if none was chosen or there is none."""
    try:
        return service_by_code(desk.jurisdiction, code) if code else None
    except UnknownService:
        return None


def show(
    request: HttpRequest,
    desk: Desk,
    page: Page,
    form: IntakeForm,
    *,
    pause: Pause | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form, with what the agent has to look at first."""
    context = {
        "desk": desk,
        "form": form,
        "pause": pause or NO_PAUSE,
        "not_the_same": NOT_THE_SAME,
        **page.context,
    }
    return render(request, page.template, context, status=status)


def take(request: HttpRequest, desk: Desk, page: Page, send: Take) -> HttpResponse | Receipt:
    """The receipt of what was posted, or the page that says what is still needed."""
    data = request.POST
    service = service_named(data.get("service", ""), desk)
    if data.get("step") == QUESTIONS:
        return show(request, desk, page, IntakeForm(desk, service, initial=_typed(data)))
    form = IntakeForm(desk, service, data)
    if not form.is_valid():
        return show(request, desk, page, form, status=422)
    pause = pause_of(data, form, desk)
    if pause is not None:
        return show(request, desk, page, form, pause=pause)
    draft = form.draft(received_at=clock.now(), join=joined_by(data))
    try:
        return send(draft)
    except (BadDraft, RuleBroken, Conflict) as error:
        form.add_error(None, sentence_of(error, desk.names.language))
        return show(request, desk, page, form, status=status_of(error))


def joined_by(data: QueryDict) -> int | None:
    """The incident that the report is the same as; None for a new one."""
    joined = data.get("join", "")
    return int(joined) if joined.isdecimal() and len(joined) < _LONGEST_ID else None


def pause_of(data: QueryDict, form: IntakeForm, desk: Desk) -> Pause | None:
    """What the agent has to look at before a valid form is taken, None if nothing."""
    hazard = hazard_of(form.cleaned_data["description"], form.cleaned_data["language"])
    if hazard.level is not HazardLevel.NONE and data.get("danger") != hazard.kind:
        return Pause(hazard=hazard)
    if data.get("join") or form.chosen is None or _was_taken(form, desk):
        return None
    same = candidates(desk.jurisdiction, form.chosen, form.point, now=clock.now())
    return Pause(same=same) if same else None


def _was_taken(form: IntakeForm, desk: Desk) -> bool:
    """True if this very form came before: its own case is no candidate then."""
    draft = form.draft(received_at=clock.now(), join=None)
    return is_taken(desk.actor.jurisdiction_id, draft.channel, draft.source_key)


def show_again(request: HttpRequest, desk: Desk, page: Page) -> HttpResponse:
    """The form as it was typed, after a hand-over; its danger is not asked about once more."""
    data = request.POST
    form = IntakeForm(desk, service_named(data.get("service", ""), desk), initial=_typed(data))
    hazard = hazard_of(data.get("description", ""), data.get("language", ""))
    seen = Page(page.template, {**page.context, "danger_seen": hazard.kind})
    return show(request, desk, seen, form)


def _typed(data: QueryDict) -> dict[str, object]:
    """What was typed so far, as first values of the form with other questions."""
    typed: dict[str, object] = {}
    for name, values in data.lists():
        typed[name] = values if len(values) > 1 else data.get(name, "")
    for name in ("wants_updates", "wants_public"):
        typed[name] = name in data
    return typed
