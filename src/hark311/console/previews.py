"""Shows what people will get before a deed is done."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from hark311.cases.queries.staff_incident import StaffCase, StaffIncident
from hark311.cases.wording import OUTCOME_LABELS
from hark311.catalog.queries import in_language
from hark311.domain.closing import Closing
from hark311.privacy.text import mask_text


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person will read. to: masked; "" for a case whom nobody can be told about."""

    number: str
    to: str
    language: str
    text: str
    subject: str = ""


def closing_letters(incident: StaffIncident, closing: Closing) -> tuple[Letter, ...]:
    """What each reporter gets when it is closed so, in the language of each."""
    return tuple(_closing(case, incident, closing) for case in incident.active_cases)


def moved_letters(incident: StaffIncident, text: str) -> tuple[Letter, ...]:
    """What each reporter gets when the incident is joined into another."""
    return tuple(_moved(case, mask_text(text)) for case in incident.active_cases)


def _closing(case: StaffCase, incident: StaffIncident, closing: Closing) -> Letter:
    with translation.override(case.language):
        templates = incident.service.closing_texts.get(closing.outcome, {})
        lines = (
            str(OUTCOME_LABELS[closing.outcome]),
            in_language(templates, case.language),
            mask_text(closing.detail),
            mask_text(closing.text),
        )
        text = "\n".join(line for line in lines if line)
    return Letter(case.number, reach_of(case), case.language, text)


def _moved(case: StaffCase, words: str) -> Letter:
    with translation.override(case.language):
        text = _("Your report is now handled together with others about the same thing.")
    lines = (text, words)
    return Letter(
        case.number, reach_of(case), case.language, "\n".join(line for line in lines if line)
    )


def reach_of(case: StaffCase) -> str:
    """How this person is told, masked; "" if they left nothing or want no messages."""
    return case.email if case.wants_updates else ""
