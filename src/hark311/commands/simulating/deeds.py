"""Takes the steps of one life through ``intake`` and the actions of ``cases``."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.db import transaction

from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.add_note import add_internal_note, add_public_note
from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.assign_incident import assign_incident
from hark311.cases.actions.attach_evidence import attach_locked
from hark311.cases.actions.change_work_order import change_work_order
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.decline_dispute import decline_dispute
from hark311.cases.actions.merge_incidents import merge_incidents
from hark311.cases.actions.order_work import order_work
from hark311.cases.actions.resume_incident import resume_incident
from hark311.cases.actions.set_severity import set_severity
from hark311.cases.actions.start_work import start_work
from hark311.cases.actions.transfer_incident import transfer_incident
from hark311.cases.actions.uphold_dispute import (
    uphold_dispute_apart,
    uphold_dispute_by_reopening,
)
from hark311.cases.actions.wait_incident import wait_incident
from hark311.cases.locks import lock_incident
from hark311.cases.queries.simulated import (
    incident_of,
    is_public,
    newest_order_of,
    open_dispute_of,
    queue_of,
)
from hark311.commands.simulating.city import City
from hark311.commands.simulating.drafts import draft_of, reply_of, source_key
from hark311.commands.simulating.staff import Staff, resident
from hark311.commands.simulating.steps import Deed, Life, Step
from hark311.domain.actor import Actor
from hark311.domain.closing import Closing
from hark311.domain.lifecycle import WaitingFor
from hark311.domain.vocabulary import Outcome, Severity, WorkOrderKind, WorkOrderState
from hark311.intake.reply import reply
from hark311.intake.submit import submit


class Lived:
    """One life as far as it is told: its incidents, and its cases by number of the report."""

    def __init__(self, life: Life, city: City, staff: Staff, picture: str) -> None:
        self.life, self._city, self._staff, self._picture = life, city, staff, picture
        self._cases: dict[int, int] = {}
        self._things: dict[int, int] = {}
        self.numbers: dict[str, str] = {}

    def remembers(self, kept: Mapping[str, Mapping[str, Any]], steps: Iterable[Step]) -> bool:
        """Take up what earlier ``steps`` led to, by the receipts; False if one is missing."""
        for step in steps:
            if step.deed is Deed.APART:
                self._things[step.thing] = incident_of(self._cases[step.report])
            elif step.deed in {Deed.REPORT, Deed.JOIN}:
                report = self.life.reports[step.report]
                receipt = kept.get(source_key(report))
                if receipt is None:
                    return False
                self._cases[step.report] = receipt["case_id"]
                self._things.setdefault(step.thing, receipt["incident_id"])
                self.numbers[report.key] = receipt["number"]
        return True

    def report(self, step: Step) -> None:
        self._submit(step, None)

    def join(self, step: Step) -> None:
        self._submit(step, self._things[step.thing])

    def acknowledge(self, step: Step) -> None:
        acknowledge_incident(self._thing(step), actor=self._worker(step))

    def start(self, step: Step) -> None:
        start_work(self._thing(step), actor=self._worker(step))

    def note(self, step: Step) -> None:
        add_public_note(self._thing(step), step.text, actor=self._worker(step))

    def note_inside(self, step: Step) -> None:
        add_internal_note(self._thing(step), step.text, actor=self._worker(step))

    def raise_severity(self, step: Step) -> None:
        set_severity(self._thing(step), Severity.HIGH, actor=self._chief(step))

    def assign(self, step: Step) -> None:
        account_id = self._staff.assignee_of(queue_of(self._thing(step)))
        if account_id is not None:
            assign_incident(self._thing(step), account_id, actor=self._chief(step))

    def wait(self, step: Step) -> None:
        waiting_for = WaitingFor(step.choice)
        thing, by = self._thing(step), self._worker(step)
        wait_incident(thing, waiting_for, step.text, actor=by, expected_on=step.on)

    def resume(self, step: Step) -> None:
        resume_incident(self._thing(step), actor=self._worker(step))

    def transfer(self, step: Step) -> None:
        transfer_incident(self._thing(step), step.queue_id, step.text, actor=self._chief(step))

    def order(self, step: Step) -> None:
        kind, by = WorkOrderKind(step.choice), self._worker(step)
        order_work(self._thing(step), kind, step.queue_id, step.text, actor=by)

    def send_order(self, step: Step) -> None:
        self._change_order(step, WorkOrderState.SENT)

    def finish_order(self, step: Step) -> None:
        self._change_order(step, WorkOrderState.DONE)

    def ask(self, step: Step) -> None:
        ask_reporter(self._cases[step.report], step.text, actor=self._worker(step))

    def follow(self, step: Step) -> None:
        if is_public(self._cases[step.report]):
            self.reply(step)

    def merge(self, step: Step) -> None:
        into = self._things[step.other]
        merge_incidents(self._thing(step), into, actor=self._staff.system, text=step.text)

    def close(self, step: Step) -> None:
        thing, by = self._thing(step), self._worker(step)
        evidence = self._evidence(thing, step, by)
        closing = Closing(Outcome(step.choice), step.text, step.detail, evidence)
        close_incident(thing, closing, actor=by)

    def decline(self, step: Step) -> None:
        decline_dispute(self._dispute(step), step.text, actor=self._chief(step))

    def reopen(self, step: Step) -> None:
        uphold_dispute_by_reopening(self._dispute(step), step.text, actor=self._chief(step))

    def apart(self, step: Step) -> None:
        chief = self._staff.chief_of(queue_of(self._things[step.other]))
        uphold_dispute_apart(self._dispute(step), step.text, actor=chief)
        self._things[step.thing] = incident_of(self._cases[step.report])

    def _thing(self, step: Step) -> int:
        return self._things[step.thing]

    def _worker(self, step: Step) -> Actor:
        return self._staff.worker_of(queue_of(self._thing(step)))

    def _chief(self, step: Step) -> Actor:
        return self._staff.chief_of(queue_of(self._thing(step)))

    def _dispute(self, step: Step) -> int:
        return open_dispute_of(self._cases[step.report])

    def _change_order(self, step: Step, to: WorkOrderState) -> None:
        order = newest_order_of(self._thing(step))
        change_work_order(order, to, "", actor=self._worker(step))

    @transaction.atomic
    def _evidence(self, thing: int, step: Step, by: Actor) -> tuple[int, ...]:
        if "photo" not in self.life.service.evidence:
            return ()
        incident = lock_incident(thing, by)
        return (attach_locked(incident, self._picture, actor=by, at=step.at).pk,)

    def _submit(self, step: Step, join: int | None) -> None:
        jurisdiction, report = self._city.jurisdiction, self.life.reports[step.report]
        draft = draft_of(self.life, report, jurisdiction.pk, join=join)
        receipt = submit(draft, actor=resident(jurisdiction))
        if receipt.case_id is None or receipt.incident_id is None:
            raise AssertionError("a draft that joins or opens always gets a case")
        self._cases[step.report] = receipt.case_id
        self._things.setdefault(step.thing, receipt.incident_id)
        self.numbers[report.key] = receipt.number

    def reply(self, step: Step) -> None:
        """Whatever the reporter says later: ``drafts.reply_of`` says what it is."""
        jurisdiction, case_id = self._city.jurisdiction, self._cases[step.report]
        draft = reply_of(self.life.reports[step.report], step, jurisdiction.pk)
        reply(draft, case_id, actor=resident(jurisdiction, case_id))


DEEDS: Mapping[Deed, Callable[[Lived, Step], None]] = MappingProxyType(
    {
        Deed.REPORT: Lived.report,
        Deed.JOIN: Lived.join,
        Deed.ACKNOWLEDGE: Lived.acknowledge,
        Deed.START: Lived.start,
        Deed.NOTE: Lived.note,
        Deed.NOTE_INSIDE: Lived.note_inside,
        Deed.RAISE: Lived.raise_severity,
        Deed.ASSIGN: Lived.assign,
        Deed.WAIT: Lived.wait,
        Deed.RESUME: Lived.resume,
        Deed.TRANSFER: Lived.transfer,
        Deed.ORDER: Lived.order,
        Deed.SEND_ORDER: Lived.send_order,
        Deed.FINISH_ORDER: Lived.finish_order,
        Deed.ASK: Lived.ask,
        Deed.ANSWER: Lived.reply,
        Deed.WITHDRAW: Lived.reply,
        Deed.FOLLOW: Lived.follow,
        Deed.MERGE: Lived.merge,
        Deed.CLOSE: Lived.close,
        Deed.RATE: Lived.reply,
        Deed.DISPUTE: Lived.reply,
        Deed.DECLINE: Lived.decline,
        Deed.REOPEN: Lived.reopen,
        Deed.APART: Lived.apart,
    }
)
