"""The last look at a report: what everyone will see, and what only the city sees."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hark311.catalog.queries import Service
from hark311.channels.web.report.draft import ReportDraft, keep
from hark311.channels.web.report.flow import address, show
from hark311.channels.web.report.photos import shown_photos
from hark311.channels.web.report.telling import asked_now
from hark311.channels.web.visitor import Visitor
from hark311.domain.questions import Question
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import Privacy
from hark311.places.queries import areas_of
from hark311.privacy.text import mask_text


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the last look. step: where it is changed."""

    label: str
    text: str
    step: str
    url: str
    is_masked: bool = False


def review_page(
    request: HttpRequest,
    draft: ReportDraft,
    service: Service,
    visitor: Visitor,
    *,
    errors: list[tuple[str, str]],
) -> HttpResponse:
    """The page of the last look; 422 when something is to be fixed."""
    keep(request.session, draft)
    seen, kept = _lines(draft, service, visitor)
    is_public = service.privacy is Privacy.PUBLIC and draft.wants_public
    context = {
        "photos": shown_photos(draft),
        "seen": seen if is_public else (),
        "kept": kept if is_public else (*seen, *kept),
        "is_public": is_public,
        "is_joining": draft.joins.isdigit(),
        "promise": in_language(service.promise_text, visitor.language),
        "department_next": in_language(service.next_step, visitor.language),
    }
    return show(request, "review", draft, visitor, errors=errors, context=context)


def _lines(
    draft: ReportDraft, service: Service, visitor: Visitor
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """What everyone may see, masked as it will be; and what only the city sees."""
    masked = mask_text(draft.description, name=draft.name, phone=draft.phone, email=draft.email)
    language = visitor.language
    seen = [
        _line(_("What"), in_language(service.names, language), "what", draft),
        Line(
            _("Your words"),
            masked,
            "what",
            address("what", draft),
            is_masked=masked != draft.description,
        ),
        _line(_("Where"), mask_text(place_text(draft, visitor)), "where", draft),
        _line(_("Photos"), _count(draft), "details", draft),
        _line(_("Link to a photo"), draft.photo, "details", draft),
    ]
    kept = [
        *(
            _line(_asked(one, language), answer_text(one, draft, language), "details", draft)
            for one in asked_now(service, draft)
            if one.variable
        ),
        _line(_("Name"), draft.name, "contact", draft),
        _line(_("E-mail"), draft.email, "contact", draft),
        _line(_("Telephone"), draft.phone, "contact", draft),
    ]  # fmt: skip
    always = (_("Name"), _("E-mail"), _("Telephone"))
    return (
        tuple(line for line in seen if line.text),
        tuple(line for line in kept if line.text or line.label in always),
    )


def _line(label: str, text: str, step: str, draft: ReportDraft) -> Line:
    return Line(label, text, step, address(step, draft))


def _count(draft: ReportDraft) -> str:
    count = len(draft.pictures)
    if not count:
        return ""
    return ngettext("%(count)s photo", "%(count)s photos", count) % {"count": count}


def _asked(question: Question, language: str) -> str:
    return in_language(question.texts, language)


def place_text(draft: ReportDraft, visitor: Visitor) -> str:
    """The place as it was given: the address, the part of the city, the coordinates."""
    area = areas_of(visitor.jurisdiction).by_key(draft.area) if draft.area else None
    parts = (
        draft.address,
        in_language(area.names, visitor.language) if area else "",
        f"{draft.lat}, {draft.lon}" if draft.lat and not draft.address else "",
    )
    return " · ".join(part for part in parts if part)


def answer_text(question: Question, draft: ReportDraft, language: str) -> str:
    """An answer as people read it: the names of choices instead of their keys."""
    names = {choice.key: in_language(choice.names, language) for choice in question.choices}
    return ", ".join(names.get(value) or value for value in draft.answers.get(question.code, []))
