"""Tries a message once more that was given up: the address is right again, or the server is."""

from django.db import transaction

from hark311.access.policy import Permission, require
from hark311.domain.actor import Actor
from hark311.domain.errors import DoesNotApply, NotFound
from hark311.notifications.models import Notice
from hark311.platform import clock


@transaction.atomic
def retry_notice(notice_id: int, *, actor: Actor) -> Notice:
    """Let a failed message wait to be sent again, with all its tries.

    Raises NotFound for one about an incident outside the actor's queues, NotAllowed, and
    DoesNotApply with reason ``unchanged`` if it has not failed.
    """
    require(actor, Permission.OVERSEE)
    notice = (
        Notice.objects.select_for_update(no_key=True, of=("self",))
        .filter(
            pk=notice_id,
            jurisdiction_id=actor.jurisdiction_id,
            case__incident__queue_id__in=actor.queues,
        )
        .first()
    )
    if notice is None:
        raise NotFound(what="notice")
    if notice.state != "failed":
        raise DoesNotApply(reason="unchanged")
    notice.state, notice.reason, notice.attempts = "waiting", "", 0
    notice.next_try_at = clock.now()
    notice.save(update_fields=["state", "reason", "attempts", "next_try_at"])
    return notice
