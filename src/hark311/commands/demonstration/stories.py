"""What becomes of the reports of a demonstration: short stories, told by the actions themselves.

A story is a generator: it yields the instant of its next step, and takes that step when it is
resumed with the clock held there. No story touches the incident of another one.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.add_note import add_internal_note, add_public_note
from hark311.cases.actions.answer_question import answer_question
from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.assign_incident import assign_incident
from hark311.cases.actions.change_work_order import change_work_order
from hark311.cases.actions.follow_incident import follow_incident
from hark311.cases.actions.merge_incidents import merge_incidents
from hark311.cases.actions.order_work import order_work
from hark311.cases.actions.resume_incident import resume_incident
from hark311.cases.actions.set_severity import set_severity
from hark311.cases.actions.start_work import start_work
from hark311.cases.actions.transfer_incident import transfer_incident
from hark311.cases.actions.wait_incident import wait_incident
from hark311.cases.actions.withdraw_case import withdraw_case
from hark311.commands.demonstration.accounts import DOMAIN
from hark311.commands.demonstration.cast import Cast
from hark311.commands.demonstration.endings import ends
from hark311.commands.demonstration.reports import Report, Reporters
from hark311.commands.demonstration.telling import Told, told_of
from hark311.commands.demonstration.words import said
from hark311.domain.draft import Contact
from hark311.domain.lifecycle import WaitingFor
from hark311.domain.vocabulary import Severity, WorkOrderKind, WorkOrderState
from hark311.people.actions import note_person
from hark311.platform import clock

Steps = Iterator[datetime]


def story_of(report: Report, reporters: Reporters, cast: Cast) -> Steps:
    """The story of one report from its first instant on; one told before ends at once."""
    yield report.at
    told = told_of(report, cast)
    if told is None:
        return
    plots = _QUIET if report.service.is_sensitive else _PLOTS
    plot = told.rng.choices(list(plots), list(plots.values()))[0]
    yield from plot(told, reporters)


def _routine(told: Told, _reporters: Reporters) -> Steps:
    yield from _taken_up(told)
    yield from _begun(told)
    yield from ends(told)


def _forgotten(told: Told, _reporters: Reporters) -> Steps:
    yield told.later(hours=1)


def _seen_only(told: Told, _reporters: Reporters) -> Steps:
    yield from _taken_up(told)


def _endless(told: Told, _reporters: Reporters) -> Steps:
    yield from _taken_up(told)
    yield from _begun(told)
    yield told.at_work(told.work_hours / 2)
    add_public_note(told.incident_id, said("notes.public", told.rng), actor=told.worker)


def _noted(told: Told, reporters: Reporters) -> Steps:
    yield from _taken_up(told)
    yield told.at_work(6)
    add_internal_note(told.incident_id, said("notes.internal", told.rng), actor=told.worker)
    if told.rng.random() < 0.5:
        yield told.later(hours=1)
        set_severity(told.incident_id, Severity.HIGH, actor=told.chief)
    yield from _begun(told)
    yield told.at_work(told.work_hours / 2)
    add_public_note(told.incident_id, said("notes.public", told.rng), actor=told.worker)
    yield from ends(told)


def _assigned(told: Told, _reporters: Reporters) -> Steps:
    yield from _taken_up(told)
    yield told.later(hours=1)
    account_id = told.cast.crew.account_id
    if told.worker == told.cast.crew:
        assign_incident(told.incident_id, account_id, actor=told.chief)
    yield from _begun(told)
    yield from ends(told)


def _waiting(told: Told, _reporters: Reporters) -> Steps:
    yield from _taken_up(told)
    yield from _begun(told)
    yield told.at_work(8)
    waiting_for = told.rng.choice([WaitingFor.THIRD_PARTY, WaitingFor.SCHEDULE])
    days = told.rng.randint(5, 30)
    wait_incident(
        told.incident_id,
        waiting_for,
        said(f"waits.{waiting_for.value}", told.rng),
        actor=told.worker,
        expected_on=(clock.now() + timedelta(days=days)).date(),
    )
    yield told.at_work(days * 24)
    resume_incident(told.incident_id, actor=told.worker)
    yield from ends(told)


def _asked(told: Told, _reporters: Reporters) -> Steps:
    yield from _taken_up(told)
    if told.has_contact:
        yield told.at_work(1)
        words = said("questions", told.rng, told.language)
        question = ask_reporter(told.case_id, words, actor=told.worker)
        yield told.later(hours=told.rng.randint(24, 100))
        if told.rng.random() < 0.6:
            words = said("replies", told.rng, told.language)
            answer_question(question.pk, words, actor=told.resident)
        else:
            # Nobody answers: the question lapses by itself.
            yield told.later(hours=150)
    yield from _begun(told)
    yield from ends(told)


def _withdrawn(told: Told, _reporters: Reporters) -> Steps:
    yield told.later(hours=told.rng.randint(2, 30))
    withdraw_case(told.case_id, actor=told.resident)


def _transferred(told: Told, _reporters: Reporters) -> Steps:
    yield from _taken_up(told)
    yield told.at_work(2)
    queue_id = told.cast.other_queue(told.queue_id, told.rng)
    if queue_id is not None:
        words = said("transfers", told.rng)
        transfer_incident(told.incident_id, queue_id, words, actor=told.chief)
        told.stands_in(queue_id)
        yield from _taken_up(told)
    yield from _begun(told)
    yield from ends(told)


def _ordered(told: Told, _reporters: Reporters) -> Steps:
    yield from _taken_up(told)
    yield from _begun(told)
    kind = told.rng.choice(list(WorkOrderKind))
    words = said("orders", told.rng)
    yield told.later(hours=1)
    order = order_work(told.incident_id, kind, told.queue_id, words, actor=told.worker)
    yield told.later(hours=2)
    change_work_order(order.pk, WorkOrderState.SENT, "", actor=told.worker)
    yield told.at_work(told.work_hours / 2)
    change_work_order(order.pk, WorkOrderState.DONE, "", actor=told.worker)
    yield from ends(told)


def _followed(told: Told, reporters: Reporters) -> Steps:
    yield told.later(hours=told.rng.randint(1, 20))
    if told.is_public:
        key = told.report.draft.source_key.removeprefix("demo:").replace(":", "-")
        person = note_person(
            Contact(email=f"follower-{key}@{DOMAIN}"),
            told.cast.jurisdiction,
            language=told.language,
            at=clock.now(),
        )
        if person is not None:
            follow_incident(told.case_id, person.pk, actor=told.cast.passer_by)
    yield from _routine(told, reporters)


def _joined(told: Told, reporters: Reporters) -> Steps:
    for number in range(told.rng.randint(1, 3)):
        beside = reporters.beside(told.report, told.since_opening(1 + 2 * number), number)
        yield told.later(until=beside.at)
        told_of(beside, told.cast, join=told.incident_id)
    yield from _routine(told, reporters)


def _merged(told: Told, reporters: Reporters) -> Steps:
    beside = reporters.beside(told.report, told.since_opening(2), 0)
    yield told.later(until=beside.at)
    other = told_of(beside, told.cast)
    if other is not None:
        yield told.at_work(1)
        words = said("merges", told.rng)
        merge_incidents(other.incident_id, told.incident_id, actor=told.chief, text=words)
    yield from _routine(told, reporters)


def _taken_up(told: Told) -> Steps:
    yield told.at_work(told.rng.uniform(0.2, 5))
    incident = acknowledge_incident(told.incident_id, actor=told.worker)
    told.stands_in(incident.queue_id)


def _begun(told: Told) -> Steps:
    yield told.at_work(told.work_hours * told.rng.uniform(0.2, 0.6))
    start_work(told.incident_id, actor=told.worker)


_Plot = Callable[[Told, Reporters], Steps]
_QUIET: dict[_Plot, int] = {_routine: 6, _forgotten: 1, _seen_only: 1}
_PLOTS: dict[_Plot, int] = {
    _routine: 50,
    _forgotten: 3,
    _seen_only: 2,
    _endless: 2,
    _noted: 6,
    _assigned: 5,
    _waiting: 8,
    _asked: 11,
    _withdrawn: 3,
    _transferred: 3,
    _ordered: 3,
    _followed: 3,
    _joined: 5,
    _merged: 3,
}
