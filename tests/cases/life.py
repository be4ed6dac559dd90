"""Everything that can happen to cases, each as a deed that picks whom it happens to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.db.models import QuerySet
from tests.cases.make import (
    NORTH,
    SOUTH,
    City,
    anybody,
    key_actor,
    make_account,
    make_case,
    make_city,
    resident_actor,
    staff_actor,
    the_system,
)

from hark311.access.links import LinkKind, token_for
from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.add_note import add_internal_note, add_public_note
from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.assign_incident import assign_incident
from hark311.cases.actions.change_service import change_service
from hark311.cases.actions.change_work_order import change_work_order
from hark311.cases.actions.claim_cases import claim_cases
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.correct_place import correct_place
from hark311.cases.actions.decline_dispute import decline_dispute
from hark311.cases.actions.lapse_question import lapse_question
from hark311.cases.actions.merge_incidents import OpenOrders, merge_incidents
from hark311.cases.actions.order_work import order_work
from hark311.cases.actions.record_contact_opened import record_contact_opened
from hark311.cases.actions.redact_case import redact_case
from hark311.cases.actions.relate_incidents import relate_incidents
from hark311.cases.actions.reopen_incident import reopen_incident
from hark311.cases.actions.resume_incident import resume_incident
from hark311.cases.actions.set_expected import set_expected
from hark311.cases.actions.set_severity import set_severity
from hark311.cases.actions.split_case import split_case
from hark311.cases.actions.start_work import start_work
from hark311.cases.actions.transfer_incident import transfer_incident
from hark311.cases.actions.unmerge_case import unmerge_case
from hark311.cases.actions.uphold_dispute import (
    uphold_dispute_apart,
    uphold_dispute_by_reopening,
)
from hark311.cases.actions.wait_incident import wait_incident
from hark311.cases.actions.withdraw_case import withdraw_case
from hark311.cases.ledger import columns_of
from hark311.cases.models import Case, Clock, Dispute, Follow, Incident, Question, WorkOrder
from hark311.cases.rebuild import TABLES
from hark311.cases.sweeps import sweep_clocks, sweep_questions
from hark311.domain.actor import Actor
from hark311.domain.closing import Closing
from hark311.domain.draft import ReplyDraft, ReplyKind
from hark311.domain.errors import HarkError
from hark311.domain.lifecycle import WaitingFor
from hark311.domain.vocabulary import Channel, Outcome, Severity, WorkOrderKind, WorkOrderState
from hark311.intake.reply import reply
from hark311.platform.clock import HeldClock

Columns = dict[tuple[str, int], dict[str, Any]]
SECRET = "deep hole"
OPEN = ("received", "acknowledged", "in_progress", "waiting")
FREE = {"state__in": OPEN, "merged_into": None, "is_sensitive": False}
WORKED_ON = {"incident__state__in": OPEN, "standing": "active"}
BROAD = {"incident__active_cases__gt": 1, "incident__state__in": OPEN, "standing": "active"}
CLOSED = {"incident__state": "closed", "standing": "active"}
MERGED = {"memberships__incident__merged_into__isnull": False, "standing": "active"}
_ORDER_STEPS = (
    WorkOrderState.SENT,
    WorkOrderState.DONE,
    WorkOrderState.FAILED,
    WorkOrderState.READY,
    WorkOrderState.CANCELLED,
)


@dataclass(slots=True)
class World:
    """A city, somebody who may do everything in it, and what was found to be wrong."""

    hands: HeldClock
    city: City = field(default_factory=make_city)
    wrong: list[str] = field(default_factory=list)
    digests: list[bytes] = field(default_factory=list)
    _serials: Any = field(default_factory=lambda: count(1))

    @property
    def staff(self) -> Actor:
        return self._staff

    _staff: Actor = field(init=False)

    def __post_init__(self) -> None:
        self._staff = staff_actor(self.city, queues=("desk", "streets", "parks", "care"))

    def say(self, case: Case, kind: ReplyKind, actor: Actor | None = None, **what: Any) -> None:
        """Let somebody reply about a case, by the one way in."""
        draft = ReplyDraft(
            jurisdiction_id=case.jurisdiction_id,
            channel=Channel.WEB,
            source_key=f"reply {next(self._serials)}",
            received_at=self.hands.at,
            kind=kind,
            **what,
        )
        reply(draft, case.pk, actor=actor or resident_actor(case))


def pick(rows: QuerySet[Any], number: int, **fitting: object) -> Any:
    """One of the rows, by any number: mostly one that fits. Raises LookupError if there are none.

    A number that five divides takes any row, so that what is refused is tried too.
    """
    fit = rows.filter(**fitting) if number % 5 else rows
    found = list((fit if fit.exists() else rows).distinct().order_by("pk"))
    if not found:
        raise LookupError
    return found[number // 5 % len(found)]


def report(world: World, service: str, *, joins: int | None, is_anonymous: bool) -> None:
    """A new case, of its own or joining; joining must leave every other promise where it was."""
    incident = pick(Incident.objects, joins, **FREE) if joins is not None else None
    before = _running()
    make_case(world.city, service=service, incident=incident, is_anonymous=is_anonymous)
    _compare_dues(world, before)


def _merge(world: World, a: int, b: int) -> None:
    before = _running()
    orders = OpenOrders.MOVE if b % 3 else OpenOrders.CANCEL
    merge_incidents(*(incident.pk for incident in _two(a, b)), actor=world.staff, orders=orders)
    _compare_dues(world, before)


def _merge_and_back(world: World, a: int, b: int) -> None:
    """Merge and unmerge every case: all that is left of it are memberships and events."""
    emptied, into = _two(a, b)
    cases = list(Case.objects.filter(incident=emptied, standing="active").order_by("pk"))
    before = everything()
    merge_incidents(emptied.pk, into.pk, actor=world.staff)
    world.hands.move_by(timedelta(hours=1))
    for case in cases:
        unmerge_case(case.pk, actor=world.staff)
    after = everything()
    world.wrong += [f"{key} is not given back" for key in before if before[key] != after[key]]


def _two(a: int, b: int) -> tuple[Incident, Incident]:
    first = pick(Incident.objects, a, **FREE)
    return first, pick(Incident.objects.exclude(pk=first.pk), b, **FREE)


def everything() -> Columns:
    """Every row of the ledger but memberships, without the instant of its last change."""
    rows: Columns = {}
    for table in TABLES:
        if table._meta.model_name == "membership":
            continue
        for row in table._default_manager.all():
            columns = columns_of(row)
            columns.pop("updated_at", None)
            rows[str(table._meta.model_name), row.pk] = columns
    return rows


def _running() -> dict[int, object]:
    return dict(Clock.objects.filter(state="running").values_list("pk", "due_at"))


def _compare_dues(world: World, before: Mapping[int, object]) -> None:
    after = dict(Clock.objects.values_list("pk", "due_at"))
    world.wrong += [f"clock {pk} moved" for pk, due in before.items() if after[pk] != due]


def _case(number: int, **fitting: object) -> Case:
    found: Case = pick(Case.objects.select_related("incident"), number, **fitting)
    return found


def _incident(number: int, **fitting: object) -> int:
    fitting = fitting or {"state__in": OPEN, "merged_into": None}
    return int(pick(Incident.objects, number, **fitting).pk)


def _dispute(number: int) -> int:
    return int(pick(Dispute.objects, number, state="requested").pk)


def _queue(world: World, number: int) -> int:
    return sorted(queue.pk for queue in world.city.queues.values())[number % 4]


def _close(world: World, a: int, b: int) -> None:
    outcome = (Outcome.FIXED, Outcome.NO_PROBLEM_FOUND, Outcome.NOT_OURS)[b % 3]
    closing = Closing(outcome, f"No {SECRET} any more.", detail="The state.")
    close_incident(_incident(a), closing, actor=world.staff)


def _wait(world: World, a: int, b: int) -> None:
    waiting_for = list(WaitingFor)[b % 2]
    wait_incident(_incident(a), waiting_for, "The gas company.", actor=world.staff)


def _order_step(world: World, a: int, b: int) -> None:
    order = pick(WorkOrder.objects, a, state__in=["ready", "sent", "failed"])
    change_work_order(order.pk, _ORDER_STEPS[b % 5], "Gate locked.", actor=world.staff)


def _answer(world: World, a: int, b: int) -> None:
    world.say(pick(Question.objects, a, state="open").case, ReplyKind.ANSWER, text="The left lane.")


def _lapse(world: World, a: int, b: int) -> None:
    world.hands.move_by(timedelta(days=5))
    lapse_question(pick(Question.objects, a, state="open").pk, actor=the_system(world.city))


def _follow(world: World, a: int, b: int) -> None:
    email = f"neighbor{b}@people.test"
    world.say(_case(a), ReplyKind.FOLLOW, actor=anybody(world.city), email=email)


def _unfollow(world: World, a: int, b: int) -> None:
    follow = pick(Follow.objects, a, to_at=None)
    token = token_for(LinkKind.FOLLOW, follow.pk)
    world.say(follow.case, ReplyKind.UNFOLLOW, actor=anybody(world.city), token=token)


def _claim(world: World, a: int, b: int) -> None:
    person = _case(a).person
    email = person.email if person else ""
    claim_cases(make_account().pk, email, actor=anybody(world.city))


def _status(world: World, a: int, b: int) -> None:
    status = ("open", "acknowledged", "in_progress", "closed", "fixed")[b % 5]
    key = key_actor(world.city)
    world.say(_case(a), ReplyKind.STATUS, actor=key, status=status, text="Seen.")


def _assign(world: World, a: int, b: int) -> None:
    account = world.staff.account_id if b % 2 else None
    assign_incident(_incident(a), account, actor=world.staff)


def _service(world: World, a: int, b: int) -> None:
    code = ("pothole", "graffiti", "wellbeing")[b % 3]
    change_service(_incident(a), code, actor=world.staff)


def _place(world: World, a: int, b: int) -> None:
    correct_place(_incident(a), (NORTH, SOUTH)[b % 2], "9 Oak Street", actor=world.staff)


def _order(world: World, a: int, b: int) -> None:
    kind, queue = list(WorkOrderKind)[b % 3], _queue(world, b)
    order_work(_incident(a), kind, queue, "Look at it.", actor=world.staff)


def _expect(world: World, a: int, b: int) -> None:
    day = None if b % 4 == 0 else date(2027, 1, 1 + b % 28)
    set_expected(_incident(a), day, actor=world.staff)


def _later(world: World, a: int, b: int) -> None:
    world.hands.move_by(timedelta(hours=(1, 30, 130)[b % 3]))
    while sweep_questions() + sweep_clocks():
        pass


Deed = Callable[[World, int, int], Any]
DEEDS: Mapping[str, Deed] = {
    "acknowledge": lambda w, a, b: acknowledge_incident(
        _incident(a, state="received"), actor=w.staff
    ),
    "answer": _answer,
    "ask": lambda w, a, b: ask_reporter(_case(a, **WORKED_ON).pk, "Which lane?", actor=w.staff),
    "assign": _assign,
    "change a work order": _order_step,
    "change the service": _service,
    "claim": _claim,
    "close": _close,
    "correct the place": _place,
    "decline": lambda w, a, b: decline_dispute(
        pick(Dispute.objects, a, state="requested").pk, "No.", actor=w.staff
    ),
    "dispute": lambda w, a, b: w.say(
        _case(a, incident__state="closed"), ReplyKind.DISPUTE, text="It is still there."
    ),
    "expect": _expect,
    "follow": _follow,
    "lapse": _lapse,
    "later": _later,
    "merge": _merge,
    "merge and back": _merge_and_back,
    "note": lambda w, a, b: add_internal_note(_incident(a), "Mind the dog.", actor=w.staff),
    "open contact": lambda w, a, b: record_contact_opened(_case(a).pk, actor=w.staff),
    "order": _order,
    "post a status": _status,
    "rate": lambda w, a, b: w.say(
        _case(a, incident__state="closed"), ReplyKind.RATE, rating=1 + b % 5
    ),
    "redact": lambda w, a, b: redact_case(_case(a).pk, SECRET, "A wish.", actor=w.staff),
    "relate": lambda w, a, b: relate_incidents(_incident(a), _incident(b), actor=w.staff),
    "reopen": lambda w, a, b: reopen_incident(
        _incident(a, state="closed"), "It came back.", actor=w.staff
    ),
    "resume": lambda w, a, b: resume_incident(_incident(a, state="waiting"), actor=w.staff),
    "set severity": lambda w, a, b: set_severity(
        _incident(a), list(Severity)[b % 4], actor=w.staff
    ),
    "split": lambda w, a, b: split_case(_case(a, **BROAD).pk, actor=w.staff),
    "start": lambda w, a, b: start_work(_incident(a), actor=w.staff),
    "tell": lambda w, a, b: add_public_note(_incident(a), f"A {SECRET}.", actor=w.staff),
    "transfer": lambda w, a, b: transfer_incident(
        _incident(a), _queue(w, b), "Trees.", actor=w.staff
    ),
    "unfollow": _unfollow,
    "unmerge": lambda w, a, b: unmerge_case(_case(a, **MERGED).pk, actor=w.staff),
    "uphold apart": lambda w, a, b: uphold_dispute_apart(_dispute(a), "Right.", actor=w.staff),
    "uphold by reopening": lambda w, a, b: uphold_dispute_by_reopening(
        _dispute(a), "Right.", actor=w.staff
    ),
    "wait": _wait,
    "withdraw": lambda w, a, b: w.say(_case(a, **WORKED_ON), ReplyKind.WITHDRAW),
    "withdraw for a caller": lambda w, a, b: withdraw_case(_case(a).pk, actor=w.staff),
    "words": lambda w, a, b: w.say(_case(a), ReplyKind.WORDS, text=f"The {SECRET} grew."),
}


# What is mostly done first, so that there is something to do the other thing to.
LEADS_TO: Mapping[str, tuple[str, ...]] = {
    "answer": ("ask",),
    "change a work order": ("order",),
    "decline": ("close", "dispute"),
    "dispute": ("close",),
    "lapse": ("ask",),
    "reopen": ("close",),
    "resume": ("wait",),
    "split": ("report",),
    "unfollow": ("follow",),
    "unmerge": ("merge", "ask"),
    "uphold apart": ("close", "dispute"),
    "uphold by reopening": ("close", "dispute"),
}


def attempt(deed: Callable[[], Any]) -> bool:
    """Do it; False if there is nobody to do it to, or a rule refuses it."""
    try:
        deed()
    except (LookupError, HarkError):
        return False
    return True
