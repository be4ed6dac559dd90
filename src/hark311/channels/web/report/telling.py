"""What the service asks, and how to reach who reports; the latter only if they like."""

from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from hark311.catalog.queries import Service
from hark311.channels.web.report.draft import ReportDraft, keep
from hark311.channels.web.report.flow import address, draft_of, service_of, show
from hark311.channels.web.report.forms import (
    MOST_PICTURES,
    ContactForm,
    DetailsForm,
    field_name,
)
from hark311.channels.web.visitor import Visitor, visitor_of
from hark311.domain.errors import UnknownService
from hark311.domain.questions import Question
from hark311.domain.vocabulary import Privacy, QuestionType
from hark311.platform.views import Audience, open_to


@open_to(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """The questions; those that hang on an answer come once it is given."""
    visitor, draft = visitor_of(request), draft_of(request)
    if draft is None:
        return redirect("web:report")
    try:
        service = service_of(draft, visitor)
    except UnknownService:
        return redirect(address("what", draft))
    asked = asked_now(service, draft)
    if request.method != "POST":
        form = DetailsForm(
            initial=_as_fields(asked, draft), questions=asked, language=visitor.language
        )
        return _details_page(request, draft, visitor, form)
    form = DetailsForm(request.POST, request.FILES, questions=asked, language=visitor.language)
    if not form.is_valid():
        return _details_page(request, draft, visitor, form)
    kept = [] if "drop_pictures" in request.POST else draft.pictures
    told = replace(
        draft,
        answers=form.answers(),
        photo=form.cleaned_data["photo"],
        pictures=[*kept, *form.cleaned_data["pictures"]][-MOST_PICTURES:],
    )
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


def _details_page(
    request: HttpRequest, draft: ReportDraft, visitor: Visitor, form: DetailsForm
) -> HttpResponse:
    return show(
        request, "details", draft, visitor, errors=form.error_pairs(), context={"form": form}
    )


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
