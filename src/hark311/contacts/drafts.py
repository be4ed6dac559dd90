"""Writes drafts: begun on a call or by an adapter, kept as typed, claimed, confirmed, put away."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from hark311.contacts.actions import Touch, open_interaction
from hark311.contacts.claims import require_free
from hark311.contacts.models import Draft, Interaction
from hark311.domain.actor import Actor
from hark311.domain.errors import Conflict, NotFound
from hark311.domain.vocabulary import Channel, DiscardReason
from hark311.platform import clock

# For so long one may look up what a draft said that was put away.
CONTENT_KEPT = timedelta(days=30)
_WAITING = frozenset({"open", "claimed"})
_STAYS = ("attachments",)

Content = Mapping[str, Any]


@transaction.atomic
def begin_draft(touch: Touch, content: Content, *, actor: Actor | None = None) -> Draft:
    """Open an interaction with a draft in it, held by ``actor`` if one is given.

    The same touch again (same channel and source key) gets the draft that it began.
    """
    interaction = open_interaction(touch).interaction
    is_held = actor is not None
    draft, _is_new = Draft.objects.get_or_create(
        interaction=interaction,
        defaults={
            "content": dict(content),
            "state": "claimed" if is_held else "open",
            "claimed_by_id": actor.account_id if actor else None,
            "claimed_at": touch.at if is_held else None,
            "created_at": touch.at,
        },
    )
    return draft


@transaction.atomic
def keep_draft(
    draft_id: int,
    content: Content,
    *,
    channel: Channel,
    language: str,
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> Draft:
    """Keep what was typed so far; it renews the claim of who holds the draft.

    version: what the window was made from; None keeps whatever came before it.

    Raises NotFound, Conflict if it is done or a colleague holds it, and Conflict with reason
    ``newer`` if another window has kept more since.
    """
    draft = lock_waiting(draft_id, actor=actor, at=at)
    if version is not None and version != draft.version:
        raise Conflict(reason="newer")
    draft.content, draft.version = dict(content), draft.version + 1
    draft.state, draft.claimed_by_id, draft.claimed_at = "claimed", actor.account_id, at
    draft.save()
    interaction = draft.interaction
    interaction.channel, interaction.language = channel.value, language
    interaction.save(update_fields=["channel", "language"])
    return draft


@transaction.atomic
def claim_draft(draft_id: int, *, actor: Actor, at: datetime) -> Draft:
    """Take a draft on oneself, so that two agents don't work on the same.

    Raises NotFound, and Conflict if a colleague holds it or it is done.
    """
    draft = lock_waiting(draft_id, actor=actor, at=at)
    draft.state, draft.claimed_by_id, draft.claimed_at = "claimed", actor.account_id, at
    draft.save(update_fields=["state", "claimed_by", "claimed_at"])
    return draft


@transaction.atomic
def release_draft(draft_id: int, *, actor: Actor, at: datetime) -> Draft:
    """Give a draft back to everybody. Raises as ``claim_draft``."""
    draft = lock_waiting(draft_id, actor=actor, at=at)
    draft.state, draft.claimed_by_id, draft.claimed_at = "open", None, None
    draft.save(update_fields=["state", "claimed_by", "claimed_at"])
    return draft


@transaction.atomic
def discard_draft(draft_id: int, reason: DiscardReason, *, actor: Actor, at: datetime) -> Draft:
    """Put a draft away: no case comes of it. What it says is forgotten after 30 days.

    Raises as ``claim_draft``.
    """
    draft = lock_waiting(draft_id, actor=actor, at=at)
    draft.reason = reason.value
    _finish(draft, "discarded", at)
    end_touch(draft.interaction, f"discarded_{reason.value}", at=at)
    draft.interaction.messages.filter(is_inbound=True, handled_at__isnull=True).update(
        handled_at=at, handled_by=actor.account_id
    )
    return draft


def confirm_locked(draft: Draft, *, actor: Actor, at: datetime) -> None:
    """Mark a draft as confirmed, and let go of what it said: the case has it from now on.

    Only which pictures came with it stays, so that the same form again is known as that.

    Call inside the transaction that opens the case, after ``lock_draft``.

    Raises Conflict if a colleague holds it or it is done.
    """
    _require_waiting(draft, actor=actor, at=at)
    draft.content = {name: draft.content[name] for name in _STAYS if name in draft.content}
    _finish(draft, "confirmed", at)
    draft.interaction.messages.filter(is_inbound=True, handled_at__isnull=True).update(
        handled_at=at, handled_by=actor.account_id
    )


def finish_without_case(draft: Draft, *, at: datetime) -> None:
    """Mark a locked draft as answered on the spot, and let go of what it said."""
    draft.content = {}
    _finish(draft, "answered", at)


def lock_waiting(draft_id: int, *, actor: Actor, at: datetime) -> Draft:
    """The draft, locked. Raises NotFound, and Conflict if it is done or a colleague holds it."""
    draft = lock_draft(draft_id, actor=actor)
    _require_waiting(draft, actor=actor, at=at)
    return draft


def lock_draft(draft_id: int, *, actor: Actor) -> Draft:
    """Raises NotFound for a draft of another jurisdiction."""
    draft = (
        Draft.objects.select_for_update(no_key=True, of=("self",))
        .select_related("interaction")
        .filter(pk=draft_id, interaction__jurisdiction_id=actor.jurisdiction_id)
        .first()
    )
    if draft is None:
        raise NotFound(what="draft")
    return draft


def end_touch(interaction: Interaction, outcome: str, *, at: datetime) -> None:
    """Note how an interaction ended, and when."""
    interaction.outcome, interaction.ended_at = outcome, at
    interaction.save(update_fields=["outcome", "ended_at"])


def forget_drafts() -> int:
    """Empty what finished drafts said, 30 days on; the rows stay. Return how many."""
    old = Draft.objects.filter(finished_at__lt=clock.now() - CONTENT_KEPT)
    return old.exclude(content={}).update(content={})


def _require_waiting(draft: Draft, *, actor: Actor, at: datetime) -> None:
    if draft.state not in _WAITING:
        raise Conflict(reason="draft_done")
    require_free(draft, actor=actor, at=at)


def _finish(draft: Draft, state: str, at: datetime) -> None:
    draft.state, draft.finished_at = state, at
    draft.save(update_fields=["state", "content", "reason", "finished_at"])
