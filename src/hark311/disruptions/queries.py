"""Reads disruptions into frozen records: what is wrong now, and what touches a place."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hark311.disruptions.models import Disruption
from hark311.domain.disruptions import DisruptionState, Gravity, Reach, state_at
from hark311.domain.errors import NotFound
from hark311.domain.place import Point
from hark311.domain.texts import in_language
from hark311.government.models import Jurisdiction
from hark311.platform import planned

# How long what is over still stands on the list.
STILL_LISTED = timedelta(days=14)
_AT_MOST = 50


@dataclass(frozen=True, slots=True)
class Alert:
    """One disruption as it stood when it was read."""

    id: int
    version: int
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    gravity: Gravity
    reach: Reach
    starts_at: datetime
    until_at: datetime | None
    ended_at: datetime | None
    end_texts: Mapping[str, str]
    incident_id: int | None
    is_sample: bool
    created_at: datetime
    updated_at: datetime

    def title(self, language: str) -> str:
        return in_language(self.titles, language)

    def text(self, language: str) -> str:
        return in_language(self.texts, language)

    def end_text(self, language: str) -> str:
        return in_language(self.end_texts, language)

    def state(self, now: datetime) -> DisruptionState:
        return state_at(now, starts_at=self.starts_at, ended_at=self.ended_at)

    def is_overdue(self, now: datetime) -> bool:
        """True if it should be over, and nobody has said that it is."""
        return self.ended_at is None and self.until_at is not None and self.until_at < now


def touching(
    jurisdiction: Jurisdiction,
    *,
    at: datetime,
    point: Point | None = None,
    areas: Collection[str] = (),
    service_code: str = "",
) -> tuple[Alert, ...]:
    """What is live at an instant for a place and a service, the gravest first; one statement.

    areas: keys of those that the place lies in. Of a place of which nothing is known only
    what is all over the city is told. service_code: "" for all, else only what takes it up.
    """
    return tuple(
        alert
        for alert in live_alerts(jurisdiction, at=at)
        if alert.reach.holds(point, areas) and (not service_code or alert.reach.takes(service_code))
    )


def live_alerts(jurisdiction: Jurisdiction, *, at: datetime) -> tuple[Alert, ...]:
    """All that is live, the gravest first, then the newest; one statement."""
    rows = planned.rows(
        Disruption,
        "jurisdiction_id = %s AND ended_at IS NULL AND starts_at <= %s",
        [jurisdiction.pk, at],
        end=f"ORDER BY starts_at DESC LIMIT {_AT_MOST}",
    )
    return _gravest_first([_record(row) for row in rows])


def listed_alerts(jurisdiction: Jurisdiction, *, now: datetime) -> tuple[Alert, ...]:
    """Live ones, then what is coming, then what ended in the last two weeks; one statement."""
    rows = Disruption.objects.filter(jurisdiction=jurisdiction).exclude(
        ended_at__lt=now - STILL_LISTED
    )
    alerts = [_record(row) for row in rows.order_by("-starts_at")[: 4 * _AT_MOST]]
    by_state: dict[DisruptionState, list[Alert]] = {state: [] for state in DisruptionState}
    for alert in alerts:
        by_state[alert.state(now)].append(alert)
    return (
        *_gravest_first(by_state[DisruptionState.LIVE]),
        *reversed(by_state[DisruptionState.SCHEDULED]),
        *by_state[DisruptionState.OVER],
    )


def alert_by_id(jurisdiction: Jurisdiction, alert_id: int) -> Alert:
    """Raises NotFound, also for another government's."""
    row = Disruption.objects.filter(jurisdiction=jurisdiction, pk=alert_id).first()
    if row is None:
        raise NotFound(what="alert")
    return _record(row)


def alert_of_incident(incident_id: int) -> Alert | None:
    """The disruption, over or not, whose reports belong to this incident; one statement."""
    row = Disruption.objects.filter(incident_id=incident_id).order_by("-id").first()
    return _record(row) if row else None


def _gravest_first(alerts: Sequence[Alert]) -> tuple[Alert, ...]:
    return tuple(sorted(alerts, key=lambda alert: -alert.gravity.rank))


def _record(row: Disruption) -> Alert:
    center = None if row.lon is None or row.lat is None else Point(row.lon, row.lat)
    return Alert(
        id=row.pk,
        version=row.version,
        titles=row.titles,
        texts=row.texts,
        gravity=Gravity(row.gravity),
        reach=Reach(frozenset(row.areas), center, row.radius_m, frozenset(row.services)),
        starts_at=row.starts_at,
        until_at=row.until_at,
        ended_at=row.ended_at,
        end_texts=row.end_texts,
        incident_id=row.incident_id,
        is_sample=row.is_sample,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
