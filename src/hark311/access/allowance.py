"""Limits how often something may happen, counted in the database so that all processes agree."""

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


def spend(what: str, whom: str, *, at_most: int, within: timedelta, now: datetime) -> None:
    """Count one use of ``what`` by ``whom``; refused uses count as well.

    whom: an address of mail or network; only its keyed digest is stored. within: at most an
    hour, since older counts are swept.

    Raises TooMany if this is more than ``at_most`` in the time up to ``now``.
    """
    digest = salted_hmac(f"hark311.allowance.{what}", whom.lower(), algorithm="sha256").hexdigest()
    subject = f"{what}:{digest[:32]}"
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, [subject, now.replace(second=0, microsecond=0)])
    used = Allowance.objects.filter(subject=subject, minute__gt=now - within).aggregate(
        total=Sum("used")
    )["total"]
    if (used or 0) > at_most:
        raise TooMany(what=what, minutes=int(within.total_seconds() // 60))
