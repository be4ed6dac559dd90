"""Reads what people ask for most."""

from django.db import connection

from hark311.government.models import Jurisdiction

# A few thousand rows from an index, however many cases there are.
_LOOKED_AT = 2000
_MOST_ASKED = """
SELECT s.code FROM (
  SELECT service_version_id, count(*) AS asked FROM (
    SELECT service_version_id FROM cases_case
    WHERE jurisdiction_id = %s AND privacy = 'public'
    ORDER BY opened_at DESC, id DESC LIMIT %s
  ) AS newest GROUP BY service_version_id
) AS counted
JOIN catalog_serviceversion v ON v.id = counted.service_version_id
JOIN catalog_servicedefinition s ON s.id = v.service_id
GROUP BY s.code, s.position ORDER BY sum(asked) DESC, s.position LIMIT %s
"""


def most_asked(jurisdiction: Jurisdiction, *, at_most: int) -> tuple[str, ...]:
    """Codes of the services that the newest 2,000 public cases ask for, most asked first."""
    with connection.cursor() as cursor:
        cursor.execute(_MOST_ASKED, [jurisdiction.pk, _LOOKED_AT, at_most])
        return tuple(code for (code,) in cursor.fetchall())
