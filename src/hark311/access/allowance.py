"""Limits how often something may happen, counted in the database so that all processes agree."""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Sum
from django.utils.crypto import salted_hmac

from hark311.access.models import Allowance
from hark311.domain.errors import TooMany
from hark311.platform import clock, planned

# No limit looks further back than an hour.
KEPT = timedelta(hours=2)

# One statement: racing uses queue on the row, and none is lost.
_COUNT = """
INSERT INTO access_allowance (subject, minute, used) VALUES (%s, %s, 1)
ON CONFLICT (subject, minute) DO UPDATE SET used = access_allowance.used + 1
RETURNING used
"""
# By itself it need not wait for the disk: a crash may lose the last moments of counting.
_COUNT_ALONE = """
WITH lazily AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true) AS told)
INSERT INTO access_allowance (subject, minute, used) SELECT %s, %s::timestamptz, 1 FROM lazily
WHERE told IS NOT NULL
ON CONFLICT (subject, minute) DO UPDATE SET used = access_allowance.used + 1
RETURNING used
"""


def subject_of(what: str, whom: str) -> str:
    """The name under which ``whom`` is counted: a keyed digest, so that it names nobody."""
    digest = salted_hmac(f"hark311.allowance.{what}", whom.lower(), algorithm="sha256").hexdigest()
    return f"{what}:{digest[:32]}"


def count(subject: str, *, now: datetime) -> int:
    """Count one use and return how many there were in this minute."""
    # Within a transaction nothing may be said about its commit: what else it wrote must last.
    statement = _COUNT if connection.in_atomic_block else _COUNT_ALONE
    ((used,),) = planned.fetch(statement, [subject, now.replace(second=0, microsecond=0)])
    return int(used)


def spend(what: str, whom: str, *, at_most: int, within: timedelta, now: datetime) -> None:
    """Count one use of ``what`` by ``whom``; refused uses count as well.

    whom: an address of mail or network. within: at most an hour.

    Raises TooMany if this is more than ``at_most`` in the time up to ``now``.
    """
    subject = subject_of(what, whom)
    count(subject, now=now)
    if _used(subject, now - within) > at_most:
        raise _too_many(within)


def require_left(subject: str, *, limit: int, within: timedelta, now: datetime) -> None:
    """Raises TooMany if ``limit`` uses were counted in the time before ``now``."""
    if _used(subject, now - within) >= limit:
        raise _too_many(within)


def forget(subject: str) -> None:
    """Start counting anew, as after a right password."""
    Allowance.objects.filter(subject=subject).delete()


def sweep() -> int:
    """Forget what no limit looks at any more; return how many minutes."""
    return Allowance.objects.filter(minute__lt=clock.now() - KEPT).delete()[0]


def _used(subject: str, since: datetime) -> int:
    found = Allowance.objects.filter(subject=subject, minute__gt=since)
    return found.aggregate(total=Sum("used"))["total"] or 0


def _too_many(within: timedelta) -> TooMany:
    seconds = int(within.total_seconds())
    return TooMany(retry_after_s=seconds, minutes=seconds // 60)
