"""Prints lives with ``cases.press``: each step as the living writer would take it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from hark311.cases.actions.open_case import Opening, Spot
from hark311.cases.endings import withdrawn_text
from hark311.cases.press import moves, openings, sweeps, voices, work
from hark311.cases.press.keys import CountedKeys
from hark311.cases.press.paper import Line, Paper, Said, Texts, said_by
from hark311.cases.press.standing import Held, Printed, office_of
from hark311.cases.salts import Salts
from hark311.commands.simulating.city import City
from hark311.commands.simulating.rounds import SWEEP_EVERY
from hark311.commands.simulating.staff import Staff, resident
from hark311.commands.simulating.steps import Deed, Life, Report, Step
from hark311.commands.simulating.touches import SERIAL, TouchPrinter, hazard_in
from hark311.domain.closing import Closing
from hark311.domain.lifecycle import WaitingFor
from hark311.domain.vocabulary import (
    InteractionKind,
    LocationPrecision,
    Outcome,
    Privacy,
    Severity,
    WorkOrderKind,
    WorkOrderState,
)

_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)
_AN_INSTANT = timedelta(microseconds=1)
Json = Any


@dataclass(slots=True)
class Told:
    """One life as far as it is printed: its incidents, and its cases by number of the report."""

    life: Life
    things: dict[int, Printed] = field(default_factory=dict)
    cases: dict[int, Held] = field(default_factory=dict)
    orders: dict[int, Line] = field(default_factory=dict)
    # Up to when the sweeps have looked.
    at: datetime = _BEFORE_ALL

    def thing(self, step: Step) -> Printed:
        return self.things[step.thing]

    def case(self, step: Step) -> Held:
        return self.cases[step.report]

    def report(self, step: Step) -> Report:
        return self.life.reports[step.report]


class Printer:
    """Prints one batch of lives up to ``until``; what comes later has not happened yet.

    first_keys: the key of the first row of each table; SERIAL among them is the first number of
    a case or touch.
    picture: the columns of the picture that proves work. numbers: of the cases printed, by the
    key of their report.
    """

    def __init__(
        self,
        city: City,
        staff: Staff,
        picture: Mapping[str, Json],
        *,
        until: datetime,
        first_keys: Mapping[str, int],
        salts: Salts,
    ) -> None:
        self.city, self._staff, self._picture, self._until = city, staff, picture, until
        keys = dict(first_keys)
        serial = keys.pop(SERIAL)
        self._keys = CountedKeys(keys)
        self.paper = Paper(city.jurisdiction.pk, self._keys, salts)
        self.touches = TouchPrinter(self.paper, city, serial)
        self._office = office_of(city.organisation, city.timetables)
        self._system = said_by(staff.system)
        self._resident = said_by(resident(city.jurisdiction))
        self._emptied = withdrawn_text(city.jurisdiction)
        self.numbers: dict[str, str] = {}

    def next_key(self, table: str) -> int:
        """The key, or for SERIAL the number, that would be given next."""
        return self.touches.serial if table == SERIAL else self._keys.next_of(table)

    def texts(self) -> Texts:
        """All that was printed; the keys of events are given now."""
        return {**self.paper.rows(), **self.paper.fed_events()}

    def print(self, lives: Iterable[Life]) -> None:
        for life in lives:
            told = Told(life)
            for step in life.steps:
                if step.at > self._until:
                    break
                self._sweep(told, step.at)
                _DEEDS[step.deed](self, told, step)
            self._sweep(told, self._until + _AN_INSTANT)
            self.paper.settle()

    def _sweep(self, told: Told, until: datetime) -> None:
        for printed in told.things.values():
            sweeps.sweep(
                self.paper,
                printed,
                self._office,
                told.at,
                until,
                every=SWEEP_EVERY,
                by=self._system,
            )
        told.at = until

    def report(self, told: Told, step: Step) -> None:
        touch = self.touches.first(told.report(step))
        opening = self._opening(told.life, told.report(step), touch)
        printed = openings.open_case(self.paper, opening, self._office, by=self._resident)
        told.things[step.thing] = printed
        told.cases[step.report] = printed.cases[-1]
        self.opened(told, step, touch)

    def join(self, told: Told, step: Step) -> None:
        touch = self.touches.first(told.report(step))
        opening = self._opening(told.life, told.report(step), touch)
        told.cases[step.report] = openings.join_case(
            self.paper, opening, told.thing(step), self._office, by=self._resident
        )
        self.opened(told, step, touch)

    def opened(self, told: Told, step: Step, touch: Line) -> None:
        """Called after each report. Its key and receipt are let go of at once, as ``contacts``
        does after 30 days: what is printed was never sent, so nobody sends it again.
        """

    def replied(self, told: Told, step: Step, touch: Line) -> None:
        """The same after whatever a reporter says later."""

    def acknowledge(self, told: Told, step: Step) -> None:
        thing = told.thing(step)
        work.acknowledge(self.paper, thing, by=self._worker(thing), at=step.at)

    def start(self, told: Told, step: Step) -> None:
        thing = told.thing(step)
        work.start_work(self.paper, thing, by=self._worker(thing), at=step.at)

    def note(self, told: Told, step: Step) -> None:
        thing = told.thing(step)
        work.note_publicly(self.paper, thing, step.text, by=self._worker(thing), at=step.at)

    def note_inside(self, told: Told, step: Step) -> None:
        thing = told.thing(step)
        work.note_inside(self.paper, thing, step.text, by=self._worker(thing), at=step.at)

    def raise_severity(self, told: Told, step: Step) -> None:
        thing = told.thing(step)
        work.set_severity(self.paper, thing, Severity.HIGH, by=self._chief(thing), at=step.at)

    def assign(self, told: Told, step: Step) -> None:
        thing = told.thing(step)
        account_id = self._staff.assignee_of(thing.line["queue_id"])
        if account_id is not None:
            work.assign(self.paper, thing, account_id, by=self._chief(thing), at=step.at)

    def wait(self, told: Told, step: Step) -> None:
        thing = told.thing(step)
        work.wait(
            self.paper,
            thing,
            WaitingFor(step.choice),
            step.text,
            step.on or step.at.date(),
            by=self._worker(thing),
            at=step.at,
        )

    def resume(self, told: Told, step: Step) -> None:
        thing = told.thing(step)
        work.resume(self.paper, thing, by=self._worker(thing), at=step.at)

    def transfer(self, told: Told, step: Step) -> None:
        thing, queues = told.thing(step), self.city.organisation.queues
        before = queues[thing.line["queue_id"]]
        work.transfer(
            self.paper,
            thing,
            before,
            queues[step.queue_id],
            step.text,
            by=self._chief(thing),
            at=step.at,
        )

    def order(self, told: Told, step: Step) -> None:
        thing = told.thing(step)
        told.orders[step.thing] = work.order_work(
            self.paper,
            thing,
            WorkOrderKind(step.choice),
            self.city.organisation.queues[step.queue_id],
            step.text,
            by=self._worker(thing),
            at=step.at,
        )

    def send_order(self, told: Told, step: Step) -> None:
        self._change_order(told, step, WorkOrderState.SENT)

    def finish_order(self, told: Told, step: Step) -> None:
        self._change_order(told, step, WorkOrderState.DONE)

    def _change_order(self, told: Told, step: Step, to: WorkOrderState) -> None:
        thing, order = told.thing(step), told.orders[step.thing]
        work.change_order(self.paper, thing, order, to, by=self._worker(thing), at=step.at)

    def ask(self, told: Told, step: Step) -> None:
        thing, case = told.thing(step), told.case(step)
        voices.ask(self.paper, thing, case, step.text, by=self._worker(thing), at=step.at)

    def answer(self, told: Told, step: Step) -> None:
        touch = self._touch(told, step, InteractionKind.REQUEST)
        thing, case = told.thing(step), told.case(step)
        voices.answer(self.paper, thing, case, step.text, by=self._resident, at=step.at)
        self.replied(told, step, touch)

    def withdraw(self, told: Told, step: Step) -> None:
        touch = self._touch(told, step, InteractionKind.REQUEST)
        thing, case = told.thing(step), told.case(step)
        voices.withdraw(self.paper, thing, case, self._emptied, by=self._resident, at=step.at)
        self.replied(told, step, touch)

    def follow(self, told: Told, step: Step) -> None:
        case = told.case(step)
        if case.line["privacy"] != Privacy.PUBLIC.value:
            return
        touch = self._touch(told, step, InteractionKind.STATUS_CHECK)
        report = told.report(step)
        person = self.touches.person(step.detail, report.language, step.at)
        if person is not None:
            thing = told.thing(step)
            voices.follow(self.paper, thing, case, person, by=self._resident, at=step.at)
            self.replied(told, step, touch)

    def merge(self, told: Told, step: Step) -> None:
        emptied, into = told.thing(step), told.things[step.other]
        moves.merge(self.paper, emptied, into, step.text, by=self._system, at=step.at)

    def close(self, told: Told, step: Step) -> None:
        thing, by = told.thing(step), self._worker(told.thing(step))
        evidence: tuple[int, ...] = ()
        if "photo" in told.life.service.evidence:
            photo = work.attach_evidence(self.paper, thing, self._picture, by=by, at=step.at)
            evidence = (photo.key,)
        closing = Closing(Outcome(step.choice), step.text, step.detail, evidence)
        work.close(self.paper, thing, closing, by=by, at=step.at)

    def rate(self, told: Told, step: Step) -> None:
        touch = self._touch(told, step, InteractionKind.FEEDBACK)
        voices.rate(
            self.paper,
            told.thing(step),
            told.case(step),
            step.stars,
            step.text,
            self._office,
            by=self._resident,
            at=step.at,
        )
        self.replied(told, step, touch)

    def dispute(self, told: Told, step: Step) -> None:
        touch = self._touch(told, step, InteractionKind.FEEDBACK)
        voices.dispute(
            self.paper,
            told.thing(step),
            told.case(step),
            step.text,
            self._office,
            by=self._resident,
            at=step.at,
        )
        self.replied(told, step, touch)

    def decline(self, told: Told, step: Step) -> None:
        thing, case = told.thing(step), told.case(step)
        voices.decline(self.paper, thing, case, step.text, by=self._chief(thing), at=step.at)

    def reopen(self, told: Told, step: Step) -> None:
        thing = told.thing(step)
        work.reopen(self.paper, thing, step.text, by=self._chief(thing), at=step.at)

    def apart(self, told: Told, step: Step) -> None:
        closed = told.things[step.other]
        told.things[step.thing] = moves.take_apart(
            self.paper, closed, told.case(step), step.text, by=self._chief(closed), at=step.at
        )

    def _worker(self, thing: Printed) -> Said:
        return said_by(self._staff.worker_of(thing.line["queue_id"]))

    def _chief(self, thing: Printed) -> Said:
        return said_by(self._staff.chief_of(thing.line["queue_id"]))

    def _touch(self, told: Told, step: Step, kind: InteractionKind) -> Line:
        number = told.case(step).line["number"]
        return self.touches.reply(told.report(step), number, step, kind)

    def _opening(self, life: Life, report: Report, touch: Line) -> Opening:
        service, place, number = life.service, report.place, str(touch["case_number"])
        self.numbers[report.key] = number
        return Opening(
            number=number,
            service=service,
            organisation=self.city.organisation,
            routed=self.city.routed(
                service, place, report.at, report.answers, report.channel.value
            ),
            spot=Spot(
                point=place.point,
                precision=LocationPrecision.POINT,
                address=place.address,
                areas=place.areas,
            ),
            opened_at=report.at,
            channel=report.channel,
            language=report.language,
            privacy=service.privacy,
            description=report.text,
            public_text=report.text,
            answers=report.answers,
            person_id=self.touches.person(report.email, report.language, report.at),
            interaction_id=touch.key,
            hazard=hazard_in(report.essence, report.language).kind,
        )


_DEEDS: Mapping[Deed, Callable[[Printer, Told, Step], None]] = MappingProxyType(
    {
        Deed.REPORT: Printer.report,
        Deed.JOIN: Printer.join,
        Deed.ACKNOWLEDGE: Printer.acknowledge,
        Deed.START: Printer.start,
        Deed.NOTE: Printer.note,
        Deed.NOTE_INSIDE: Printer.note_inside,
        Deed.RAISE: Printer.raise_severity,
        Deed.ASSIGN: Printer.assign,
        Deed.WAIT: Printer.wait,
        Deed.RESUME: Printer.resume,
        Deed.TRANSFER: Printer.transfer,
        Deed.ORDER: Printer.order,
        Deed.SEND_ORDER: Printer.send_order,
        Deed.FINISH_ORDER: Printer.finish_order,
        Deed.ASK: Printer.ask,
        Deed.ANSWER: Printer.answer,
        Deed.WITHDRAW: Printer.withdraw,
        Deed.FOLLOW: Printer.follow,
        Deed.MERGE: Printer.merge,
        Deed.CLOSE: Printer.close,
        Deed.RATE: Printer.rate,
        Deed.DISPUTE: Printer.dispute,
        Deed.DECLINE: Printer.decline,
        Deed.REOPEN: Printer.reopen,
        Deed.APART: Printer.apart,
    }
)
