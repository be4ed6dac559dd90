"""What people see of an incident: the answer of the case by which it is shown."""

from dataclasses import dataclass

from hark311.cases.answer import Answer, answer_of, first_day_named
from hark311.cases.queries.promises import promised_dates
from hark311.cases.queries.staff_around import shown_case
from hark311.cases.queries.timeline import dates_named
from hark311.console.desk import Desk
from hark311.domain.vocabulary import Privacy
from hark311.platform import clock


@dataclass(frozen=True, slots=True)
class Shown:
    """What people see of an incident now. number: of the case whose page shows it.

    is_public: anybody sees it; else its reporter alone.
    """

    answer: Answer
    number: str
    is_public: bool


def shown(incident_id: int, desk: Desk) -> Shown | None:
    """What people see now; None where every case was taken back. Seven statements."""
    case = shown_case(incident_id, desk.jurisdiction)
    if case is None:
        return None
    answer = answer_of(
        case,
        desk.names.organisation.zone,
        desk.names.language,
        now=clock.now(),
        dates=promised_dates(case.id),
        first_expected=first_day_named(dates_named(incident_id)),
    )
    return Shown(answer=answer, number=case.number, is_public=case.privacy is Privacy.PUBLIC)
