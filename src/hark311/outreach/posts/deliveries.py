"""What becomes of a message on each network: due, there, failed, or taken back."""

from datetime import datetime, timedelta

from django.db import transaction

from hark311.domain.social import Network, PostState
from hark311.outreach.posts.models import PostDelivery, PostStep

# A network that is away is asked again for about a day.
TRIES = 10
_LEASE = timedelta(minutes=5)
_DUE = ("waiting", "leaving")


@transaction.atomic
def claim_due(at: datetime) -> list[PostDelivery]:
    """Deliveries whose time has come, at most 20; nobody else gets them for five minutes."""
    due = list(
        PostDelivery.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(state__in=_DUE, next_try_at__lte=at)
        .select_related("post")
        .order_by("next_try_at")[:20]
    )
    for one in due:
        one.attempts, one.next_try_at = one.attempts + 1, at + _LEASE
        one.save(update_fields=["attempts", "next_try_at"])
    return due


@transaction.atomic
def note_published(delivery: PostDelivery, key: str, address: str, *, at: datetime) -> None:
    """It stands on the network; if it was taken back meanwhile, it leaves again."""
    delivery.key, delivery.address, delivery.failure = key[:400], address[:500], ""
    is_leaving = _state_now(delivery) in {"leaving", "taken_back"}
    delivery.state = "leaving" if is_leaving else "published"
    delivery.next_try_at = at
    delivery.save(update_fields=["key", "address", "failure", "state", "next_try_at"])
    post = delivery.post
    if not is_leaving and post.state == PostState.APPROVED.value:
        post.state = PostState.PUBLISHED.value
        post.save(update_fields=["state"])
    _note(delivery, "published", at)


@transaction.atomic
def note_taken_back(delivery: PostDelivery, *, at: datetime) -> None:
    """It is gone from the network."""
    delivery.state, delivery.failure = "taken_back", ""
    delivery.save(update_fields=["state", "failure"])
    _note(delivery, "removed", at)


@transaction.atomic
def note_failed(delivery: PostDelivery, reason: str, *, is_final: bool, at: datetime) -> None:
    """It did not work; unless that is final it is tried again, ever more seldom."""
    is_over = is_final or delivery.attempts >= TRIES
    delivery.state = "failed" if is_over else _state_now(delivery)
    delivery.failure = reason[:40]
    delivery.next_try_at = at + timedelta(minutes=2 ** min(delivery.attempts, 8))
    delivery.save(update_fields=["state", "failure", "next_try_at"])
    if is_over:
        _note(delivery, "failed", at, reason)


def _state_now(delivery: PostDelivery) -> str:
    rows = PostDelivery.objects.select_for_update(no_key=True).filter(pk=delivery.pk)
    return rows.values_list("state", flat=True)[0]


def _note(delivery: PostDelivery, kind: str, at: datetime, reason: str = "") -> None:
    name = Network(delivery.network).value
    note = f"{name}: {reason}" if reason else name
    PostStep.objects.create(post=delivery.post, kind=kind, at=at, note=note[:500])
