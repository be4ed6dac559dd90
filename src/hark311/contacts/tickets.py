"""Writes tickets: taken at the kiosk, called to a desk, served, or given up."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from hark311.contacts.actions import Touch, end_interaction, open_interaction
from hark311.contacts.drafts import end_touch
from hark311.contacts.models import Draft, Interaction, Ticket
from hark311.domain.actor import Actor
from hark311.domain.errors import Conflict, NotFound
from hark311.domain.tickets import Need
from hark311.platform.live import announce

LONGEST_COUNTER = 20
_LOCK = 311_008


def tickets_topic(jurisdiction_id: int) -> str:
    """What pages that show the queue of a jurisdiction listen to."""
    return f"tickets:{jurisdiction_id}"


@transaction.atomic
def take_ticket(touch: Touch, need: Need, *, interpreter: str = "") -> Ticket:
    """A place at the end of today's queue. The same touch again gets the same place.

    touch: on the desk's channel; its time is local.
    """
    opened = open_interaction(touch)
    if opened.is_repeat:
        return Ticket.objects.get(interaction=opened.interaction)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, touch.jurisdiction_id])
    today = Ticket.objects.filter(jurisdiction_id=touch.jurisdiction_id, day=touch.at.date())
    last = today.aggregate(last=Max("place"))["last"] or 0
    announce([tickets_topic(touch.jurisdiction_id)])
    return Ticket.objects.create(
        jurisdiction_id=touch.jurisdiction_id,
        interaction=opened.interaction,
        day=touch.at.date(),
        place=last + 1,
        need=need.value,
        interpreter=interpreter,
        taken_at=touch.at,
    )


@transaction.atomic
def call_next(counter: str, *, actor: Actor, at: datetime, need: Need | None = None) -> Ticket:
    """Call whoever waits longest to a counter; whom the actor served before is done.

    need: only those who come for that. Two who call at once call two people.

    Raises NotFound if nobody waits.
    """
    finish_own(actor=actor, at=at)
    rows = Ticket.objects.select_for_update(no_key=True, skip_locked=True).filter(
        jurisdiction_id=actor.jurisdiction_id, day=at.date(), state="waiting"
    )
    if need is not None:
        rows = rows.filter(need=need.value)
    ticket = rows.order_by("place").first()
    if ticket is None:
        raise NotFound(what="ticket")
    ticket.state, ticket.called_at = "called", at
    ticket.counter, ticket.called_by_id = counter.strip()[:LONGEST_COUNTER], actor.account_id
    ticket.save(update_fields=["state", "called_at", "counter", "called_by"])
    announce([tickets_topic(actor.jurisdiction_id)])
    return ticket


@transaction.atomic
def serve_ticket(ticket_id: int, *, actor: Actor, at: datetime) -> Draft:
    """Begin what its holder came for, as a draft that the actor holds; twice gives the same.

    Raises NotFound, and Conflict if a colleague called it or it is over.
    """
    ticket = _lock(ticket_id, actor, states=("called", "serving"))
    ticket.state = "serving"
    ticket.save(update_fields=["state"])
    interaction = ticket.interaction
    Interaction.objects.filter(pk=interaction.pk).update(handler=actor.account_id)
    draft, is_new = Draft.objects.get_or_create(
        interaction=interaction,
        defaults={
            "content": {},
            "state": "claimed",
            "claimed_by_id": actor.account_id,
            "claimed_at": at,
            "created_at": at,
        },
    )
    if is_new:
        announce([tickets_topic(actor.jurisdiction_id)])
    return draft


@transaction.atomic
def miss_ticket(ticket_id: int, *, actor: Actor, at: datetime) -> Ticket:
    """Note that nobody came when they were called. Raises as ``serve_ticket``."""
    ticket = _lock(ticket_id, actor, states=("called",))
    _end(ticket, "no_show", at)
    end_touch(ticket.interaction, "no_show", at=at)
    announce([tickets_topic(actor.jurisdiction_id)])
    return ticket


@transaction.atomic
def finish_own(*, actor: Actor, at: datetime) -> int:
    """Note that the actor is done with whom they called; return how many that were.

    One who came and needed no case is logged as answered.
    """
    mine = Ticket.objects.select_for_update(no_key=True, of=("self",)).filter(
        jurisdiction_id=actor.jurisdiction_id,
        called_by=actor.account_id,
        state__in=("called", "serving"),
    )
    done = list(mine.select_related("interaction"))
    for ticket in done:
        interaction = ticket.interaction
        if not interaction.outcome and not Draft.objects.filter(interaction=interaction).exists():
            end_interaction(interaction, at=at, case_number="", outcome="answered", receipt=None)
        _end(ticket, "served", at)
    if done:
        announce([tickets_topic(actor.jurisdiction_id)])
    return len(done)


def _lock(ticket_id: int, actor: Actor, *, states: tuple[str, ...]) -> Ticket:
    ticket = (
        Ticket.objects.select_for_update(no_key=True, of=("self",))
        .select_related("interaction")
        .filter(pk=ticket_id, jurisdiction_id=actor.jurisdiction_id)
        .first()
    )
    if ticket is None:
        raise NotFound(what="ticket")
    if ticket.called_by_id != actor.account_id or ticket.state not in states:
        raise Conflict(reason="ticket_done")
    return ticket


def _end(ticket: Ticket, state: str, at: datetime) -> None:
    ticket.state, ticket.ended_at = state, at
    ticket.save(update_fields=["state", "ended_at"])
