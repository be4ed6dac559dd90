"""What an agent tells a caller once the report is taken: who has it, what happens next, by when."""

from dataclasses import dataclass

from hark311.cases.queries.reporter import case_id_of, case_view
from hark311.cases.wording import by_when, next_sentence, next_step_of
from hark311.catalog.queries import Service
from hark311.console.desk import Desk
from hark311.domain.texts import in_language
from hark311.platform import clock


@dataclass(frozen=True, slots=True)
class ReadOut:
    """The answer as it is read out; by may be empty."""

    who: str
    next: str
    by: str
    promise: str


def answer_of_case(number: str, desk: Desk) -> ReadOut:
    """The answer for a case that the reader may know of. Raises NotFound if there is none."""
    view = case_view(desk.jurisdiction, case_id_of(desk.jurisdiction, number))
    zone, language = desk.names.organisation.zone, desk.names.language
    step = next_step_of(view.public, zone, language, now=clock.now())
    return ReadOut(
        who=in_language(view.public.department.names, language),
        next=next_sentence(step, zone),
        by=by_when(view.public, zone),
        promise=in_language(view.promise_text, language),
    )


def words_of_service(service: Service, desk: Desk) -> str:
    """What the service itself says, for a case that the reader may not open."""
    language = desk.names.language
    parts = (in_language(service.next_step, language), in_language(service.promise_text, language))
    return " ".join(part for part in parts if part)
