"""The thread of one story: whose case it is, where it stands, and when the next step comes."""

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hark311.cases.queries.simulated import queue_of
from hark311.commands.demonstration.cast import Cast
from hark311.commands.demonstration.reports import Report
from hark311.domain.actor import Actor
from hark311.domain.draft import Receipt
from hark311.domain.errors import KeyReused
from hark311.domain.vocabulary import Counting, Privacy, Target
from hark311.intake.submit import submit

_USUAL_HOURS = 72.0
_LONGEST_HOURS = 24 * 40.0
# A week of 168 hours has about 45 in which an office is open.
_HOURS_A_BUSINESS_HOUR = 168 / 45


class Told:
    """A story under way. Times only ever go forward."""

    def __init__(self, report: Report, receipt: Receipt, cast: Cast) -> None:
        if receipt.case_id is None or receipt.incident_id is None:
            raise AssertionError("a draft that joins or opens always gets a case")
        self.report, self.cast = report, cast
        self.case_id, self.incident_id = receipt.case_id, receipt.incident_id
        self.rng: Random = report.rng
        self.language = report.draft.language
        self._at = report.at
        self.stands_in(queue_of(self.incident_id))
        self.work_hours = _work_hours(report)

    @property
    def resident(self) -> Actor:
        return self.cast.resident(self.case_id)

    @property
    def chief(self) -> Actor:
        """Who decides: the supervisor, or nobody in person where the queue is sensitive."""
        supervisor = self.cast.supervisor
        return supervisor if self.queue_id in supervisor.queues else self.cast.system

    @property
    def has_contact(self) -> bool:
        return bool(self.report.draft.contact.email)

    @property
    def is_public(self) -> bool:
        return self.report.service.privacy is Privacy.PUBLIC

    def stands_in(self, queue_id: int) -> None:
        self.queue_id, self.worker = queue_id, self.cast.worker_of(queue_id)

    def since_opening(self, hours: float) -> timedelta:
        """So much later than the story stands, counted from its report."""
        return self._at - self.report.at + timedelta(hours=hours * self.rng.uniform(0.5, 1.5))

    def later(self, hours: float = 0, until: datetime | None = None) -> datetime:
        """So many hours later, or at an instant if that is later still."""
        self._at = max(self._at + timedelta(hours=hours), until or self._at)
        return self._at

    def at_work(self, hours: float) -> datetime:
        """About so many hours later, moved into a working day."""
        at = self._at + timedelta(hours=hours * self.rng.uniform(0.7, 1.3))
        local = at.astimezone(ZoneInfo(self.cast.jurisdiction.zone))
        while local.weekday() > 4 or not 7 <= local.hour < 18:
            local = (local + timedelta(hours=6)).replace(minute=self.rng.randrange(60))
        return self.later(until=local.astimezone(at.tzinfo))


def told_of(report: Report, cast: Cast, *, join: int | None = None) -> Told | None:
    """Submit the report and begin its story; None if it was told at an earlier start."""
    draft = report.draft if join is None else report.joining(join)
    try:
        receipt = submit(draft, actor=cast.passer_by)
    except KeyReused:
        return None
    return None if receipt.is_repeat else Told(report, receipt, cast)


def _work_hours(report: Report) -> float:
    """How long the work takes: mostly within what was promised, sometimes not."""
    promised = next((one for one in report.service.targets if one.target is Target.RESOLVE), None)
    hours = float(promised.hours) if promised else _USUAL_HOURS
    if promised and promised.counting is Counting.BUSINESS:
        hours *= _HOURS_A_BUSINESS_HOUR
    return min(hours * report.rng.lognormvariate(-0.7, 0.5), _LONGEST_HOURS)
