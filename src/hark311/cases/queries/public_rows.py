"""Reads what public records are made of: one statement for any number of cases, kept planned.

Says nothing about who may see a case; ``cases.queries.public`` does.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from hark311.platform import planned


class Found(NamedTuple):
    """What stands in a case's row, its incident's and its clocks'; the columns in this order."""

    id: int
    number: str
    standing: str
    privacy: str
    public_text: str
    lon: float
    lat: float
    precision: str
    address: str
    address_id: str
    areas: list[str]
    media_urls: list[str]
    answers: dict[str, list[str]]
    opened_at: datetime
    updated_at: datetime
    incident_id: int
    service_version_id: int
    department_id: int
    queue_id: int
    state: str
    waiting_for: str
    outcome: str
    outcome_detail: str
    closing_text: str
    public_note: str
    closed_at: datetime | None
    expected_on: date | None
    due_at: datetime | None
    is_paused: bool | None
    look_by: datetime | None
    answer_by: datetime | None
    has_open_question: bool
    public_others: int


_COLUMNS = """
c.id, c.number, c.standing, c.privacy, c.public_text, c.lon, c.lat, c.precision, c.address,
c.address_id, c.areas, c.media_urls, c.answers, c.opened_at,
GREATEST(c.updated_at, i.updated_at),
i.id, i.service_version_id, i.department_id, i.queue_id, i.state, i.waiting_for, i.outcome,
i.outcome_detail, i.closing_text, i.public_note, i.closed_at, i.expected_on,
clock.due_at, clock.is_paused, clock.look_by,
(SELECT min(d.answer_by) FROM cases_dispute d WHERE d.case_id = c.id AND d.state = 'requested'),
EXISTS (SELECT 1 FROM cases_question q WHERE q.case_id = c.id AND q.state = 'open'),
(SELECT count(*) FROM cases_case o WHERE o.incident_id = c.incident_id AND o.id <> c.id
  AND o.privacy = 'public' AND o.standing = 'active')
"""
# No case has two of one target that are live.
_CLOCK = """
SELECT min(k.due_at) FILTER (WHERE k.target = 'resolve') AS due_at,
  bool_or(k.paused_at IS NOT NULL) FILTER (WHERE k.target = 'resolve') AS is_paused,
  min(k.due_at) FILTER (WHERE k.target = 'acknowledge') AS look_by
FROM cases_clock k WHERE k.case_id = c.id AND k.state IN ('running', 'paused')
"""


def found(conditions: Sequence[str], values: Mapping[str, Any], *, end: str = "") -> list[Found]:
    """The cases that fit; c is the case in a condition, i its incident.

    conditions, end: constants of the code, with places named as ``values`` are; ``end`` says
    the order and how many. One statement.
    """
    statement = (
        f"SELECT {_COLUMNS} FROM cases_case c JOIN cases_incident i ON i.id = c.incident_id"  # noqa: S608
        f" CROSS JOIN LATERAL ({_CLOCK}) AS clock WHERE {' AND '.join(conditions)} {end}"
    )
    return [Found(*row) for row in planned.fetch(statement, values)]
