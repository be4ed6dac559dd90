"""Reads the queue of people who walked in: who waits, who is called, how long it takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hark311.contacts.models import Ticket
from hark311.domain.errors import NotFound
from hark311.domain.tickets import Need, expected_wait, label

_SHOWN_AS_CALLED = 6
_CALLED_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Place:
    """One ticket. wait: how long it may still take; zero once it is called."""

    ticket_id: int
    interaction_id: int
    label: str
    need: Need
    language: str
    interpreter: str
    state: str
    counter: str
    taken_at: datetime
    ahead: int
    wait: timedelta


@dataclass(frozen=True, slots=True)
class Line:
    """The queue of one day. mine: what the account asked about has called and not finished."""

    waiting: tuple[Place, ...]
    called: tuple[Place, ...]
    mine: Place | None
    served: int
    gone: int


def line_of(
    jurisdiction_id: int, day: date, *, at: datetime, account_id: int | None = None
) -> Line:
    """Today's queue, whoever waits longest first; one statement.

    called: the newest first, as a screen shows them.
    """
    rows = Ticket.objects.filter(jurisdiction_id=jurisdiction_id, day=day)
    tickets = list(rows.select_related("interaction").order_by("place"))
    waiting = [one for one in tickets if one.state == "waiting"]
    active = [one for one in tickets if one.state in {"called", "serving"}]
    desks = len({one.called_by_id for one in active})
    took = _took(tickets)
    shown = sorted(active, key=_called_at, reverse=True)
    mine = next((one for one in shown if one.called_by_id == account_id), None)
    return Line(
        waiting=tuple(_place(one, n, desks, took) for n, one in enumerate(waiting)),
        called=tuple(
            _place(one, 0, desks, took)
            for one in shown
            if one.called_at is not None and at - one.called_at < _CALLED_FOR
        )[:_SHOWN_AS_CALLED],
        mine=_place(mine, 0, desks, took) if mine and account_id is not None else None,
        served=sum(one.state == "served" for one in tickets),
        gone=sum(one.state == "no_show" for one in tickets),
    )


def place_of(ticket_id: int, jurisdiction_id: int, *, at: datetime) -> Place:
    """One ticket with how many are ahead of it. Raises NotFound, also for another day's."""
    day = at.date()
    line = line_of(jurisdiction_id, day, at=at)
    for place in (*line.waiting, *line.called):
        if place.ticket_id == ticket_id:
            return place
    ticket = (
        Ticket.objects.filter(pk=ticket_id, jurisdiction_id=jurisdiction_id, day=day)
        .select_related("interaction")
        .first()
    )
    if ticket is None:
        raise NotFound(what="ticket")
    return _place(ticket, 0, 1, ())


def _took(tickets: Sequence[Ticket]) -> list[timedelta]:
    return [
        one.ended_at - one.called_at
        for one in tickets
        if one.state == "served" and one.ended_at is not None and one.called_at is not None
    ]


def _called_at(ticket: Ticket) -> datetime:
    return ticket.called_at or ticket.taken_at


def _place(ticket: Ticket, ahead: int, desks: int, took: Sequence[timedelta]) -> Place:
    need = Need(ticket.need)
    is_waiting = ticket.state == "waiting"
    return Place(
        ticket_id=ticket.pk,
        interaction_id=ticket.interaction_id,
        label=label(need, ticket.place),
        need=need,
        language=ticket.interaction.language,
        interpreter=ticket.interpreter,
        state=ticket.state,
        counter=ticket.counter,
        taken_at=ticket.taken_at,
        ahead=ahead,
        wait=expected_wait(ahead + 1, desks, took) if is_waiting else timedelta(),
    )
