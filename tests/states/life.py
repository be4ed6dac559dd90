"""Fourteen states of a sample case, each reached by real actions, and the page that shows them.

Why these fourteen: one for each state an incident may be in, for each reason to wait, for each
thing that people ask about a date (kept, moved, stopped), for each way a case meets others,
and for each ending that asks something different of the reader.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO

from django.utils import translation
from PIL import Image
from tests.channels.web.cases import make_report, staff_of

from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.attach_evidence import attach_evidence
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.judge_pictures import judge_pictures
from hark311.cases.actions.merge_incidents import merge_incidents
from hark311.cases.actions.request_dispute import request_dispute
from hark311.cases.actions.set_expected import set_expected
from hark311.cases.actions.start_work import start_work
from hark311.cases.actions.transfer_incident import transfer_incident
from hark311.cases.actions.uphold_dispute import uphold_dispute_by_reopening
from hark311.cases.actions.wait_incident import wait_incident
from hark311.cases.models import Case, Incident
from hark311.cases.queries.reporter import case_view
from hark311.cases.sweeps import sweep_clocks
from hark311.channels.web.case_facts import shared_facts
from hark311.channels.web.visitor import Visitor
from hark311.domain.actor import Actor
from hark311.domain.closing import Closing
from hark311.domain.draft import Contact
from hark311.domain.lifecycle import WaitingFor
from hark311.domain.vocabulary import Outcome, Visibility
from hark311.government.models import Jurisdiction
from hark311.government.queries import organisation_of
from hark311.platform.clock import HeldClock

_HEAD = """# Fourteen states of a case

What the person who reported a pothole reads at the top of their page: who has it, what happens
next, by when. Each state was reached by the real actions on a made-up Monday, June 1;
`script/docs` writes this page and a test holds it to the code.

Why these fourteen: one for each state an incident may be in, for each reason to wait, for each
thing that people ask about a date (kept, moved, stopped), for each way a case meets others, and
for each ending that asks something different of the reader.
"""
_ROWS = ("Who has it", "What happens next", "By when", "Last in the history")
_LANGUAGES = ("en", "es")


@dataclass(frozen=True)
class Stage:
    """Where a life is led: the city, its staff, and the clock that moves."""

    city: Jurisdiction
    staff: Actor
    clock: HeldClock

    def report(self, name: str = "ada") -> Case:
        return make_report(self.city, contact=Contact(email=f"{name}@people.test"))

    def later(self, **span: float) -> None:
        self.clock.move_by(timedelta(**span))

    def seen(self) -> Case:
        """A report that the crew has looked at, three hours on."""
        case = self.report()
        self.later(hours=3)
        acknowledge_incident(case.incident_id, actor=self.staff)
        self.later(hours=1)
        return case

    def begun(self) -> Case:
        """One whose work began on Tuesday."""
        case = self.seen()
        self.later(days=1)
        start_work(case.incident_id, actor=self.staff)
        return case

    def fixed(self) -> Case:
        """One that was closed on Wednesday, with a photo that everyone may see."""
        case = self.begun()
        self.later(days=1)
        proof = attach_evidence(case.incident_id, photo(), actor=self.staff)
        judge_pictures(case.incident_id, shown=[proof.pk], hidden=[], actor=self.staff)
        text = "We filled the hole with hot asphalt."
        closing = Closing(Outcome.FIXED, text, evidence=(proof.pk,))
        close_incident(case.incident_id, closing, actor=self.staff)
        return case


def photo() -> bytes:
    """A small picture, as a camera makes one."""
    picture = BytesIO()
    Image.new("RGB", (640, 480), "#8a8f94").save(picture, "JPEG")
    return picture.getvalue()


def received(stage: Stage) -> Case:
    return stage.report()


def acknowledged(stage: Stage) -> Case:
    return stage.seen()


def in_progress(stage: Stage) -> Case:
    case = stage.begun()
    set_expected(case.incident_id, date(2026, 6, 4), actor=stage.staff)
    return case


def waiting_third_party(stage: Stage) -> Case:
    case = stage.begun()
    note = "The gas company has to move a pipe first."
    wait_incident(case.incident_id, WaitingFor.THIRD_PARTY, note, actor=stage.staff)
    return case


def waiting_schedule(stage: Stage) -> Case:
    case = stage.begun()
    wait_incident(
        case.incident_id,
        WaitingFor.SCHEDULE,
        "Hot asphalt comes on Thursday.",
        actor=stage.staff,
        expected_on=date(2026, 6, 4),
    )
    return case


def question(stage: Stage) -> Case:
    case = stage.seen()
    ask_reporter(case.pk, "Which lane is the hole in?", actor=stage.staff)
    return case


def transferred(stage: Stage) -> Case:
    case = stage.seen()
    queues = organisation_of(stage.city).queues.values()
    parks = next(queue for queue in queues if queue.code == "parks")
    transfer_incident(case.incident_id, parks.id, "The path is in the park.", actor=stage.staff)
    return case


def moved_and_late(stage: Stage) -> Case:
    case = stage.begun()
    set_expected(case.incident_id, date(2026, 6, 4), actor=stage.staff)
    stage.later(days=2)
    set_expected(case.incident_id, date(2026, 6, 9), actor=stage.staff)
    stage.later(days=1)
    sweep_clocks()
    return case


def joined(stage: Stage) -> Case:
    case, others = stage.report(), [stage.report(name) for name in ("bo", "luz")]
    stage.later(hours=1)
    for other in others:
        merge_incidents(
            Case.objects.get(pk=other.pk).incident_id, case.incident_id, actor=stage.staff
        )
    return case


def planned(stage: Stage) -> Case:
    case = stage.begun()
    set_expected(case.incident_id, date(2026, 9, 14), actor=stage.staff)
    stage.later(days=1)
    text = "The whole street gets a new surface."
    closing = Closing(Outcome.PLANNED, text, detail="In the week of September 14.")
    close_incident(case.incident_id, closing, actor=stage.staff)
    return case


def fixed(stage: Stage) -> Case:
    return stage.fixed()


def not_ours(stage: Stage) -> Case:
    case = stage.seen()
    closing = Closing(
        Outcome.NOT_OURS,
        "This stretch is a state road. We sent your report on.",
        detail="State roads office, 404-555-0190",
    )
    close_incident(case.incident_id, closing, actor=stage.staff)
    return case


def disputed(stage: Stage) -> Case:
    case = stage.fixed()
    stage.later(days=1)
    request_dispute(case.pk, "The hole is still there.", actor=stage.staff)
    return case


def reopened(stage: Stage) -> Case:
    case = disputed(stage)
    stage.later(hours=4)
    (dispute,) = Case.objects.get(pk=case.pk).disputes.all()
    uphold_dispute_by_reopening(dispute.pk, "The asphalt did not hold.", actor=stage.staff)
    return case


STATES: tuple[tuple[str, Callable[[Stage], Case]], ...] = (
    ("Received", received),
    ("Seen by the department", acknowledged),
    ("In progress, with a day", in_progress),
    ("Waiting for somebody outside", waiting_third_party),
    ("Waiting for its turn", waiting_schedule),
    ("Waiting for the reporter's answer", question),
    ("Handed to another crew", transferred),
    ("The date moved, and the promise was missed", moved_and_late),
    ("Joined with two neighbors", joined),
    ("Closed: planned", planned),
    ("Closed: fixed, with proof", fixed),
    ("Closed: not ours", not_ours),
    ("The closing is questioned", disputed),
    ("Opened again", reopened),
)


def facts_in(case_id: int, city: Jurisdiction, language: str) -> dict[str, object]:
    """What the page of the case shows its reporter in a language."""
    with translation.override(language):
        view = case_view(city, case_id)
        return shared_facts(view.public, Visitor(city, language, None), Visibility.REPORTER)


def states_page(city: Jurisdiction, held: HeldClock) -> str:
    """The whole page."""
    staff, start, parts = staff_of(city), held.at, [_HEAD]
    for number, (title, reach) in enumerate(STATES, 1):
        held.move_to(start)
        case = reach(Stage(city, staff, held))
        facts = {language: facts_in(case.pk, city, language) for language in _LANGUAGES}
        parts.append("\n".join(_section(number, title, facts)))
        _forget(case)
    return "\n".join(parts)


def _forget(case: Case) -> None:
    """Take the report out of the way of the next one, which is about another hole."""
    Incident.objects.filter(cases=case).update(lon=-98.5, lat=39.7)


def _section(number: int, title: str, facts: dict[str, dict[str, object]]) -> Iterator[str]:
    yield f"## {number}. {title}\n"
    badges = " / ".join(f"*{one['badge'].label}*" for one in facts.values())
    yield f"{badges}\n"
    yield "| | English | Español |"
    yield "| --- | --- | --- |"
    columns = [tuple(_cells(one)) for one in facts.values()]
    for row, cells in zip(_ROWS, zip(*columns, strict=True), strict=True):
        yield f"| {row} | {' | '.join(cells)} |"
    yield ""


def _cells(facts: dict[str, object]) -> Iterator[str]:
    answer = facts["answer"]
    for words, note in (
        (answer.who, answer.who_note),
        (answer.next, answer.next_note),
        (answer.by, answer.by_note),
    ):
        yield f"**{words}** {note}".strip()
    last = [one for one in facts["history"] if one.at is not None][-1]
    said = " ".join(part for part in (last.title, last.text, last.note, last.verdict) if part)
    yield " ".join(said.split())
