"""What the service asks, and how to reach who reports; the latter only if they like."""

from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from hark311.catalog.queries import Service
from hark311.channels.web.report.draft import ReportDraft, keep
from hark311.channels.web.report.flow import address, draft_of, service_of, show
from hark311.channels.web.report.forms import ContactForm, DetailsForm, field_name
from hark311.channels.web.report.photos import (
    Added,
    at_photo,
    photo_facts,
    with_files,
    without,
)
from hark311.channels.web.visitor import Visitor, visitor_of
from hark311.domain.errors import UnknownService
from hark311.domain.questions import Question
from hark311.domain.vocabulary import Privacy, QuestionType
from hark311.platform.views import Audience, open_to

# Buttons that change the photos and leave the step where it is.
_BESIDE = frozenset({"add", "remove", "use_photo_place"})


@open_to(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """The questions, and photos; questions that hang on an answer come once it is given."""
    visitor, draft = visitor_of(request), draft_of(request)
    if draft is None:
        return redirect("web:report")
    try:
        service = service_of(draft, visitor)
    except UnknownService:
        return redirect(address("what", draft))
    asked = asked_now(service, draft)
    if request.method != "POST":
        typed = _as_fields(asked, draft)
        form = DetailsForm(initial=typed, questions=asked, language=visitor.language)
        return _details_page(request, visitor, form, Added(draft))
    form = DetailsForm(request.POST, questions=asked, language=visitor.language)
    added = with_files(draft, request.FILES.getlist("pictures"), visitor.language)
    if _BESIDE & request.POST.keys():
        return _beside(request, visitor, form, added)
    if not form.is_valid() or added.faults:
        return _details_page(request, visitor, form, added)
    told = replace(added.draft, answers=form.answers(), photo=form.cleaned_data["photo"])
    keep(request.session, told)
    known = {question.code for question in asked}
    more = [one for one in asked_now(service, told) if one.code not in known]
    return redirect(address("details" if more else "contact", told))


@open_to(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Name, e-mail and telephone, each as they like; and whether everyone may see the report."""
    visitor, draft = visitor_of(request), draft_of(request)
    if draft is None:
        return redirect("web:report")
    try:
        may_be_public = service_of(draft, visitor).privacy is Privacy.PUBLIC
    except UnknownService:
        return redirect(address("what", draft))
    if request.method != "POST":
        form = ContactForm(initial=_known(draft, visitor), may_be_public=may_be_public)
        return show(request, "contact", draft, visitor, errors=[], context={"form": form})
    form = ContactForm(request.POST, may_be_public=may_be_public)
    if not form.is_valid():
        return show(
            request, "contact", draft, visitor, errors=form.error_pairs(), context={"form": form}
        )
    reachable = replace(draft, **form.cleaned_data)
    keep(request.session, reachable)
    return redirect(address("review", reachable))


def asked_now(service: Service, draft: ReportDraft) -> tuple[Question, ...]:
    """The questions whose condition, if they have one, is met by what was answered so far."""
    answers = {code: tuple(values) for code, values in draft.answers.items()}
    return tuple(one for one in service.questions if one.is_asked_after(answers))


def _beside(
    request: HttpRequest, visitor: Visitor, form: DetailsForm, added: Added
) -> HttpResponse:
    """A button about photos: what was typed is kept, and nothing is asked for yet."""
    link = request.POST.get("photo", "").strip()
    typed = replace(added.draft, answers=form.as_typed(), photo=link)
    draft = without(typed, request.POST.get("remove", ""))
    if "use_photo_place" in request.POST:
        moved = at_photo(draft, visitor)
        keep(request.session, moved)
        return redirect(address("same", moved))
    keep(request.session, draft)
    if added.faults or added.remarks:
        asked = asked_now(service_of(draft, visitor), draft)
        kept = DetailsForm(
            initial=_as_fields(asked, draft), questions=asked, language=visitor.language
        )
        return _details_page(request, visitor, kept, replace(added, draft=draft))
    return redirect(f"{address('details', draft)}#photos")


def _details_page(
    request: HttpRequest, visitor: Visitor, form: DetailsForm, added: Added
) -> HttpResponse:
    errors = [*form.error_pairs(), *(("pictures", fault) for fault in added.faults)]
    context = {"form": form, "added": added, **photo_facts(added.draft, visitor)}
    return show(request, "details", added.draft, visitor, errors=errors, context=context)


def _as_fields(asked: tuple[Question, ...], draft: ReportDraft) -> Mapping[str, object]:
    fields: dict[str, object] = {"photo": draft.photo}
    for question in asked:
        values = draft.answers.get(question.code, [])
        is_list = question.kind is QuestionType.MULTIVALUELIST
        fields[field_name(question)] = values if is_list else "".join(values[:1])
    return fields


def _known(draft: ReportDraft, visitor: Visitor) -> Mapping[str, object]:
    """What was typed; for a signed-in person who has typed nothing yet, what the account says."""
    known: dict[str, object] = {name: getattr(draft, name) for name in ContactForm.base_fields}
    if visitor.account and not (draft.name or draft.email or draft.phone):
        known |= {"name": visitor.account.name, "email": visitor.account.email}
    return known
