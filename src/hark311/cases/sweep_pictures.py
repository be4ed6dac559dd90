"""Deletes pictures that were sent and never became part of anything."""

from datetime import timedelta
from itertools import islice

from hark311.cases.models import Attachment
from hark311.platform import media

# A report that is being written may wait so long for its end.
KEPT = timedelta(days=3)
LIMIT = 500


def sweep_pictures(limit: int = LIMIT) -> int:
    """Settle at most so many pictures sent three days ago or earlier; return how many.

    What nothing points at is deleted.
    """
    keys = list(islice(media.waiting_longer_than(KEPT.total_seconds()), limit))
    found = Attachment.objects.filter(storage_key__in=keys)
    needed = frozenset(found.values_list("storage_key", flat=True))
    for key in keys:
        if key not in needed:
            media.delete(key)
        media.settle(key)
    return len(keys)
