"""What became of what was told at the meetings of an area, as far as everybody may see it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from hark311.cases.queries.public import PublicCase, PublicFilter, public_cases
from hark311.cases.wording import next_sentence, next_step_of, state_label
from hark311.domain.texts import in_language
from hark311.government.models import Jurisdiction
from hark311.government.queries import organisation_of
from hark311.outreach.queries import MeetingRecord, numbers_told_in


@dataclass(frozen=True, slots=True)
class Told:
    """One public case that was told at a meeting. next_step: a sentence."""

    number: str
    service: str
    where: str
    state: str
    next_step: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Became:
    """lines: what everybody may see. private: how many more there are."""

    lines: tuple[Told, ...]
    private: int


def became(jurisdiction: Jurisdiction, meeting: MeetingRecord, *, now: datetime) -> Became:
    """The cases that came of this meeting and of earlier ones for the same area; two statements."""
    numbers = numbers_told_in(jurisdiction.pk, meeting.area, before=meeting.starts_at)
    if not numbers:
        return Became((), 0)
    cases = public_cases(jurisdiction, PublicFilter(numbers=numbers), size=len(numbers))
    return Became(
        lines=tuple(_told(case, jurisdiction, now) for case in cases),
        private=len(numbers) - len(cases),
    )


def _told(case: PublicCase, jurisdiction: Jurisdiction, now: datetime) -> Told:
    language = get_language() or "en"
    zone = organisation_of(jurisdiction).zone
    return Told(
        number=case.number,
        service=in_language(case.service.names, language),
        where=case.address,
        state=state_label(case.state, jurisdiction.settings, language),
        next_step=next_sentence(next_step_of(case, zone, language, now=now), zone),
        opened_at=case.opened_at,
    )
