"""What a bench may ask for in a data folder: real numbers, places, queues and words of it."""

import random
from collections.abc import Callable, Iterator, Sequence

from django.db import connection

from hark311.domain.actor import Role
from hark311.government.models import Account, Jurisdiction, StaffRole
from hark311.platform import clock

_WORDS = ("pothole", "dark lamp", "couch", "stop sign", "Peachtree", "water", "1655", "basura")
_SAMPLE = 2000


class Ground:
    """Draws addresses; the same seed draws the same."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self.jurisdiction = Jurisdiction.objects.order_by("-is_default", "pk")[0]
        self.cases = self._one("SELECT count(*) FROM cases_case")

    def supervisor(self) -> Account:
        """Somebody who sees every queue; made if there is none."""
        account, _is_new = Account.objects.get_or_create(
            email="bench@city.example", defaults={"name": "Bench", "joined_at": clock.now()}
        )
        StaffRole.objects.get_or_create(
            account=account, jurisdiction=self.jurisdiction, role=Role.ADMIN.value
        )
        return account

    def always(self, address: str) -> Callable[[], Iterator[str]]:
        def addresses() -> Iterator[str]:
            while True:
                yield address

        return addresses

    def public_cases(self, form: str) -> Callable[[], Iterator[str]]:
        return self._each(
            form,
            "SELECT number FROM cases_case TABLESAMPLE SYSTEM (1)"
            " WHERE privacy = 'public' LIMIT %s",
        )

    def incidents(self, form: str) -> Callable[[], Iterator[str]]:
        return self._each(
            form,
            "SELECT id FROM cases_incident WHERE NOT is_sensitive AND state <> 'closed'"
            " ORDER BY id DESC LIMIT %s",
        )

    def services(self, form: str) -> Callable[[], Iterator[str]]:
        return self._each(
            form, "SELECT code FROM catalog_servicedefinition WHERE is_active ORDER BY 1 LIMIT %s"
        )

    def areas(self, form: str) -> Callable[[], Iterator[str]]:
        return self._each(form, "SELECT layer || ':' || code FROM places_area ORDER BY 1 LIMIT %s")

    def queues(self, form: str) -> Callable[[], Iterator[str]]:
        return self._each(
            form,
            "SELECT code FROM government_queue WHERE is_active AND NOT is_sensitive"
            " ORDER BY 1 LIMIT %s",
        )

    def words(self, form: str) -> Callable[[], Iterator[str]]:
        return lambda: self._drawn(form, _WORDS)

    def windows(self, form: str, side_km: float) -> Callable[[], Iterator[str]]:
        """Squares around the points of cases, as west,south,east,north."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT lon, lat FROM cases_case TABLESAMPLE SYSTEM (1)"
                " WHERE precision = 'point' LIMIT %s",
                [_SAMPLE],
            )
            points = cursor.fetchall()
        half = side_km / 2 / 111.32
        boxes = [
            ",".join(
                f"{side:.5f}"
                for side in (lon - half * 1.2, lat - half, lon + half * 1.2, lat + half)
            )
            for lon, lat in points
        ]
        return lambda: self._drawn(form, boxes)

    def _each(self, form: str, statement: str) -> Callable[[], Iterator[str]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, [_SAMPLE])
            values = [str(value) for (value,) in cursor.fetchall()]
        return lambda: self._drawn(form, values)

    def _drawn(self, form: str, values: Sequence[str]) -> Iterator[str]:
        while values:
            yield form.format(self._rng.choice(values))

    def _one(self, statement: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            (value,) = cursor.fetchone()
        return int(value)
