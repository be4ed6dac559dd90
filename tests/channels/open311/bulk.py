"""Many cases at once, written straight into their tables: for lists, not for lives."""

from datetime import timedelta

from tests.cases.make import City

from hark311.cases.models import Case, Incident
from hark311.catalog.queries import active_services
from hark311.domain.numbers import format_number
from hark311.domain.vocabulary import Privacy
from hark311.platform import clock

_CODES = ("pothole", "graffiti", "inspection")


def insert_cases(city: City, count: int, *, over_days: int, serial: int = 0) -> None:
    """``count`` public cases spread evenly over the last days; every third is closed.

    They have no events and no clocks, so nothing can be done with them but listing.
    serial: where their numbers begin, which are none that the sequence gives.
    """
    offered = {one.code: one for one in active_services(city.jurisdiction)}
    now = clock.now()
    incidents, cases = [], []
    for index in range(count):
        service = offered[_CODES[index % len(_CODES)]]
        at = now - timedelta(days=over_days) * (index + 1) / (count + 1)
        is_closed = index % 3 == 0
        place = {"lon": -80.0 + index % 90 / 1000, "lat": 39.95, "precision": "point"}
        incident = Incident(
            jurisdiction=city.jurisdiction,
            service_id=service.id,
            service_version_id=service.version_id,
            state="closed" if is_closed else "received",
            outcome="fixed" if is_closed else "",
            closing_text="Done." if is_closed else "",
            department_id=service.department_id,
            queue_id=service.queue_id,
            opened_at=at,
            closed_at=at + timedelta(hours=1) if is_closed else None,
            updated_at=min(at + timedelta(hours=1), now) if is_closed else at,
            active_cases=1,
            **place,
        )
        incidents.append(incident)
        cases.append(
            Case(
                jurisdiction=city.jurisdiction,
                number=format_number(2000, serial + index + 1),
                incident=incident,
                service_version_id=service.version_id,
                channel="web",
                language="en",
                privacy=Privacy.PUBLIC.value,
                public_text=f"Number {index}",
                address="12 Elm Street",
                opened_at=at,
                updated_at=at,
                **place,
            )
        )
    Incident.objects.bulk_create(incidents, batch_size=500)
    Case.objects.bulk_create(cases, batch_size=500)
