"""Counts how often something happens, and refuses when it is too often."""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Sum
from django.utils.crypto import salted_hmac

from hark311.access.models import Allowance
from hark311.domain.errors import TooMany

_SPEND = """
INSERT INTO access_allowance (subject, minute, used) VALUES (%s, %s, 1)
ON CONFLICT (subject, minute) DO UPDATE SET used = access_allowance.used + 1
"""


def subject_of(what: str, who: str) -> str:
    """The name under which ``who`` is counted: a keyed digest, so that it names nobody."""
    return f"{what}:{salted_hmac('hark311.limits', who).hexdigest()[:40]}"


def spend(subject: str, *, at: datetime) -> None:
    """Count one use in the minute of ``at``."""
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, [subject, at.replace(second=0, microsecond=0)])


def require_left(subject: str, *, limit: int, within: timedelta, at: datetime) -> None:
    """Raises TooMany(retry_after_s) if ``limit`` uses were counted in the time before ``at``."""
    used = Allowance.objects.filter(subject=subject, minute__gt=at - within).aggregate(
        used=Sum("used")
    )["used"]
    if (used or 0) >= limit:
        raise TooMany(retry_after_s=int(within.total_seconds()))


def forget(subject: str) -> None:
    """Start counting anew, as after a right password."""
    Allowance.objects.filter(subject=subject).delete()
