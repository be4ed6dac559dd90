"""Returns a case to the incident that it came from by a merge."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hark311.access.policy import Permission
from hark311.cases import clocks
from hark311.cases.actions.close_incident import close_emptied
from hark311.cases.actions.request_dispute import has_open_dispute
from hark311.cases.bodies import facts_of
from hark311.cases.endings import emptied_text, lapsed_questions
from hark311.cases.kept_clocks import given_back
from hark311.cases.ledger import Json, record
from hark311.cases.locks import lock_incidents, refuse_stale, require_active, require_here
from hark311.cases.models import Case, Clock, Event, Incident, LedgerRow, WorkOrder
from hark311.cases.moves import move_case
from hark311.domain.actor import Actor
from hark311.domain.errors import Conflict, DoesNotApply, NotFound
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import EventKind, Outcome, Standing, StreamKind, Target
from hark311.government.queries import organisation_of
from hark311.platform import clock
from hark311.privacy.text import mask_text


@dataclass(frozen=True, slots=True)
class _Return:
    """A case on its way from ``other`` back ``home``, which it left at ``since``."""

    case: Case
    other: Incident
    home: Incident
    since: datetime
    merge: Mapping[str, Json]


@transaction.atomic
def unmerge_case(
    case_id: int, *, actor: Actor, text: str = "", seen: int | None = None
) -> Incident:
    """Return a case to the incident it came from, in the state that one had; return that.

    Its clocks say what they would have said had it never left. Work orders that moved
    and cases withdrawn meanwhile return with the first case that does. An open incident that
    is left without active cases goes back to where it had been merged, if it holds no case at
    all and had been; else it closes with the outcome ``withdrawn``.

    Raises NotFound, NotAllowed, StaleForm, Conflict if the case moves meanwhile, and
    DoesNotApply with reason ``withdrawn``, ``not_merged``, ``home_merged``, ``home_withdrawn``
    or ``dispute_open``.
    """
    back = _lock(case_id, actor, seen)
    now, is_first = clock.now(), back.home.merged_into_id is not None
    words = mask_text(text.strip())
    back.home.merged_into = None
    back.home.updated_at = back.other.updated_at = back.case.updated_at = now
    back.other.asked_again = max(0, back.other.asked_again - _asked_by(back, is_first))
    record(
        back.home,
        EventKind.UNMERGED_BACK,
        actor=actor,
        at=now,
        facts={"from": back.other.pk, "number": back.case.number, "text": words},
        rows=[*_returning_rows(back, is_first, now), back.home],
        case=back.case,
    )
    _leave(back, words, actor, now)
    return back.home


def _leave(back: _Return, words: str, actor: Actor, at: datetime) -> None:
    """Write on the stream of the other incident that the case has left, and what that leaves."""
    other = back.other
    is_emptied = State(other.state).is_open and other.active_cases == 1
    if is_emptied and not Case.objects.filter(incident=other).exists():
        other.merged_into_id = _merged_before(other)
    closes = is_emptied and other.merged_into_id is None
    record(
        other,
        EventKind.UNMERGED_OUT,
        actor=actor,
        at=at,
        facts={"to": back.home.pk, "number": back.case.number, "text": words},
        rows=[] if closes else [other],
        case=back.case,
    )
    if closes:
        close_emptied(other, emptied_text(other.jurisdiction), actor=actor, at=at)


def _merged_before(incident: Incident) -> int | None:
    """The incident that this one was last merged into; None if it never was."""
    last = (
        Event.objects.filter(
            stream_kind=StreamKind.INCIDENT, stream_id=incident.pk, kind=EventKind.MERGED_INTO
        )
        .order_by("-sequence")
        .first()
    )
    return int(facts_of(last)["into"]) if last else None


def _lock(case_id: int, actor: Actor, seen: int | None) -> _Return:
    """Lock both incidents in order, then the case, and find the merge that brought it.

    The home is found before the locks are held, so it is compared again under them.
    """
    at = Case.objects.filter(pk=case_id).values_list("incident", flat=True).first()
    if at is None:
        raise NotFound(what="case")
    merge = _last_merge(case_id, at)
    facts = facts_of(merge) if merge else {}
    # A case that no merge brought has no home but where it is.
    other, home = lock_incidents([at, facts.get("from", at)], actor)
    require_here(actor, Permission.MERGE, other)
    if seen is not None:
        refuse_stale(other, actor, seen)
    case = Case.objects.select_for_update(no_key=True).get(pk=case_id)
    if case.incident_id != at or _last_merge(case_id, at) != merge:
        raise Conflict(what="case_moved")
    if merge is None:
        raise DoesNotApply(reason="not_merged")
    _require_returnable(case, home, other)
    return _Return(case, other, home, merge.at, facts)


def _require_returnable(case: Case, home: Incident, other: Incident) -> None:
    require_active(case)
    if home.merged_into_id not in {None, other.pk}:
        raise DoesNotApply(reason="home_merged")
    if home.outcome == Outcome.WITHDRAWN.value:
        raise DoesNotApply(reason="home_withdrawn")
    if has_open_dispute(case):
        raise DoesNotApply(reason="dispute_open")


def _last_merge(case_id: int, incident_id: int) -> Event | None:
    """The latest merge that brought the case to this incident; None if none did."""
    events = Event.objects.filter(
        stream_kind=StreamKind.INCIDENT, stream_id=incident_id, kind=EventKind.MERGED_FROM
    ).order_by("-sequence")
    return next((event for event in events if case_id in facts_of(event)["cases"]), None)


def _returning_rows(back: _Return, is_first: bool, at: datetime) -> list[LedgerRow]:
    organisation = organisation_of(back.home.jurisdiction)
    rows: list[LedgerRow] = [
        *given_back(back.case, back.merge["clocks"], since=back.since, organisation=organisation)
    ]
    live = [row for row in rows if isinstance(row, Clock) and row.state != "met"]
    clocks.agree_with(back.home, live, at, organisation)
    if not State(back.home.state).is_open:
        clocks.meet(live, list(Target), back.home.closed_at or at)
        rows += lapsed_questions([back.case], at)
    rows += move_case(back.case, back.home, at)
    if is_first:
        rows += _orders_back(back)
        rows += [row for case in _withdrawn(back) for row in move_case(case, back.home, at)]
    return rows


def _orders_back(back: _Return) -> list[WorkOrder]:
    orders = list(
        WorkOrder.objects.select_for_update(no_key=True)
        .filter(pk__in=back.merge["orders"], incident=back.other)
        .order_by("id")
    )
    for order in orders:
        order.incident = back.home
    return orders


def _withdrawn(back: _Return) -> list[Case]:
    return list(
        Case.objects.select_for_update(no_key=True)
        .filter(
            pk__in=back.merge["cases"],
            incident=back.other,
            standing=Standing.WITHDRAWN.value,
        )
        .order_by("id")
    )


def _asked_by(back: _Return, is_first: bool) -> int:
    """What a merge had added to how often people asked, and this return takes away."""
    return 1 + (back.home.asked_again if is_first else 0)
