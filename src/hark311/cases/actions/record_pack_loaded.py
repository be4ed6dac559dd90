"""Notes in the ledger of a jurisdiction that its pack was loaded, and what changed."""

from collections.abc import Sequence

from hark311.cases.ledger import record
from hark311.domain.actor import Actor
from hark311.domain.vocabulary import EventKind, Visibility
from hark311.government.models import Jurisdiction
from hark311.platform import clock


def record_pack_loaded(
    jurisdiction: Jurisdiction, digest: str, changes: Sequence[str], *, actor: Actor
) -> None:
    """Write PACK_LOADED on the administration stream; call inside the load's transaction."""
    locked = Jurisdiction.objects.select_for_update(no_key=True).get(pk=jurisdiction.pk)
    record(
        locked,
        EventKind.PACK_LOADED,
        actor=actor,
        at=clock.now(),
        facts={"digest": digest, "changes": list(changes)},
        visibility=Visibility.STAFF,
    )
