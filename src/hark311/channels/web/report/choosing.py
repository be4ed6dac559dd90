"""The first step: what is it about, in the person's own words or from the list."""

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hark311.answers.queries import find
from hark311.catalog.queries import Service, active_services, service_by_code
from hark311.catalog.suggesting import suggest_services
from hark311.channels.web.answers import found_row
from hark311.channels.web.report.draft import ReportDraft, forget, keep
from hark311.channels.web.report.flow import address, draft_or_fresh, show
from hark311.channels.web.visitor import Visitor, visitor_of
from hark311.channels.web.words import refusal
from hark311.domain.errors import ChannelRefused, TextTooLong, UnknownService
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import Channel
from hark311.intake.cleaning import clean_text
from hark311.intake.submit import require_channel
from hark311.platform.views import Audience, open_to

# So many services are offered for a person's words; the others stand folded below.
_OFFERED = 3


@dataclass(frozen=True, slots=True)
class Topic:
    """A service as one line of the list."""

    code: str
    name: str
    text: str
    is_taken_here: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    topics: tuple[Topic, ...]
    is_open: bool


@open_to(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def what(request: HttpRequest) -> HttpResponse:
    """Words and topic. ``?service=`` chooses a topic beforehand, for links from elsewhere."""
    visitor = visitor_of(request)
    draft = draft_or_fresh(request)
    if request.method != "POST":
        chosen = request.GET.get("service", "") or draft.service
        return _page(request, _about(draft, chosen), visitor, errors=[])
    typed = request.POST.get("description", "")
    draft = _about(draft, request.POST.get("service", ""))
    try:
        draft = replace(draft, description=clean_text(typed))
    except TextTooLong as error:
        pairs = [("description", refusal(error, visitor.language))]
        return _page(request, draft, visitor, errors=pairs, typed=typed)
    keep(request.session, draft)
    if "find" in request.POST:
        return redirect(f"{address('what', draft)}#topics")
    errors = _faults(draft, visitor)
    if errors:
        return _page(request, draft, visitor, errors=errors)
    return redirect(address("where", draft))


@open_to(Audience.PUBLIC)
@require_POST
def throw_away(request: HttpRequest) -> HttpResponse:
    """Forget what was typed, as on a computer that others use too."""
    forget(request.session, draft_or_fresh(request).key)
    return redirect("web:home")


def _about(draft: ReportDraft, service: str) -> ReportDraft:
    """The draft with this topic; what neighbors told of another topic is not the same."""
    joins = draft.joins if service == draft.service else ""
    return replace(draft, service=service[:80], joins=joins)


def _faults(draft: ReportDraft, visitor: Visitor) -> list[tuple[str, str]]:
    if not draft.service:
        return [("topics", _("Choose what it is about."))]
    try:
        require_channel(service_by_code(visitor.jurisdiction, draft.service), Channel.WEB)
    except (UnknownService, ChannelRefused) as error:
        return [("topics", refusal(error, visitor.language))]
    return []


def _page(
    request: HttpRequest,
    draft: ReportDraft,
    visitor: Visitor,
    *,
    errors: list[tuple[str, str]],
    typed: str | None = None,
) -> HttpResponse:
    services = active_services(visitor.jurisdiction)
    found = suggest_services(
        services,
        draft.description,
        visitor.language,
        city=visitor.jurisdiction.key,
        at_most=_OFFERED,
    )
    chosen = [one for one in services if one.code == draft.service and one not in found]
    best = (*chosen, *found)
    context = {
        "typed": draft.description if typed is None else typed,
        "best": _topics(best, draft, visitor.language),
        "nothing_found": bool(draft.description) and not found,
        "groups": _groups(services, best, draft, visitor.language),
        "hide_groups": bool(best),
        "answers": [
            found_row(one, visitor)
            for one in find(
                visitor.jurisdiction, draft.description, language=visitor.language, at_most=2
            )
            if one.is_sure
        ],
    }
    return show(request, "what", draft, visitor, errors=errors, context=context)


def _groups(
    services: tuple[Service, ...], best: tuple[Service, ...], draft: ReportDraft, language: str
) -> tuple[Group, ...]:
    """The services that are not named above already, by group, in the catalog's order."""
    named = {service.code for service in best}
    grouped: dict[str, list[Service]] = {}
    for service in services:
        if service.code not in named:
            name = in_language(service.group, language) or _("Other")
            grouped.setdefault(name, []).append(service)
    is_short = len(services) <= 12 and not best  # a page that need not fold
    return tuple(
        Group(name, _topics(tuple(members), draft, language), is_short)
        for name, members in grouped.items()
    )


def _topics(services: tuple[Service, ...], draft: ReportDraft, language: str) -> tuple[Topic, ...]:
    return tuple(
        Topic(
            code=service.code,
            name=in_language(service.names, language),
            text=in_language(service.descriptions, language),
            is_taken_here=not service.channels or Channel.WEB in service.channels,
            is_chosen=service.code == draft.service,
        )
        for service in services
    )
