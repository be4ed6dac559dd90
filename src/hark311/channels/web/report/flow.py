"""What the steps of a report share: finding the draft, showing a page, knowing where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hark311.catalog.queries import Service, service_by_code
from hark311.channels.web.account import private
from hark311.channels.web.report.draft import (
    ReportDraft,
    fresh_draft,
    kept,
    kept_until,
    packed,
    unpacked,
)
from hark311.channels.web.visitor import Visitor
from hark311.domain.draft import Hazard
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import HazardLevel
from hark311.language.readers import hazard_of

_NAMES: tuple[tuple[str, Promise], ...] = (
    ("what", _("What")),
    ("where", _("Where")),
    ("details", _("Details")),
    ("contact", _("You")),
    ("review", _("Check")),
)
# The page of neighbors' reports belongs to the question of where.
_SHOWN_AS = {"same": "where"}


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of the progress line. standing: "done", "now" or "next"."""

    name: str
    label: str
    standing: str


def steps_at(current: str) -> tuple[Step, ...]:
    names = [name for name, _label in _NAMES]
    here = names.index(_SHOWN_AS.get(current, current))
    return tuple(
        Step(name, str(label), "done" if place < here else "now" if place == here else "next")
        for place, (name, label) in enumerate(_NAMES)
    )


def _label_after(current: str) -> str:
    """The name of the step that follows, '' after the last one."""
    names = [name for name, _label in _NAMES]
    place = names.index(_SHOWN_AS.get(current, current)) + 1
    return str(_NAMES[place][1]) if place < len(_NAMES) else ""


def draft_of(request: HttpRequest) -> ReportDraft | None:
    """The draft a request is about: signed in its form, else in the session; None if neither."""
    in_form = unpacked(request.POST.get("draft", ""))
    return in_form or kept(request.session, request.GET.get("d", ""))


def draft_or_fresh(request: HttpRequest) -> ReportDraft:
    return draft_of(request) or fresh_draft()


def address(step: str, draft: ReportDraft) -> str:
    """The page of a step for this draft."""
    name = "web:report" if step == "what" else f"web:report_{step}"
    return f"{reverse(name)}?d={draft.key}"


def service_of(draft: ReportDraft, visitor: Visitor) -> Service:
    """Raises UnknownService if none was chosen, or if it is no longer on offer."""
    return service_by_code(visitor.jurisdiction, draft.service)


def danger_in(draft: ReportDraft, language: str) -> Hazard | None:
    """What the words or answers name as a danger; None if nothing does."""
    said = [draft.description, *(value for values in draft.answers.values() for value in values)]
    hazard = hazard_of("\n".join(said), language)
    return None if hazard.level is HazardLevel.NONE else hazard


def show(  # what a step's page needs, each by name
    request: HttpRequest,
    step: str,
    draft: ReportDraft,
    visitor: Visitor,
    *,
    errors: list[tuple[str, str]],
    context: Mapping[str, object],
) -> HttpResponse:
    """The page of a step; 422 when something is to be fixed."""
    facts: dict[str, object] = {
        "here": "report",
        "step": step,
        "steps": steps_at(step),
        "draft": draft,
        "packed": packed(draft),
        "hazard": danger_in(draft, visitor.language),
        "errors": errors,
        "after": _label_after(step),
        "kept_until": kept_until(request.session, draft.key),
        "back": address(_BEFORE[step], draft) if step in _BEFORE else "",
        **context,
    }
    page = render(request, f"web/report_{step}.html", facts, status=422 if errors else 200)
    return private(page)


def service_name(service: Service, language: str) -> str:
    return in_language(service.names, language)


_BEFORE = {
    "where": "what",
    "same": "where",
    "details": "where",
    "contact": "details",
    "review": "contact",
}
