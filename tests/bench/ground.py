"""What a bench may ask for in a data folder: real numbers, places, queues and words of it."""

import random
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection
from django.test import Client

from hark311.access.keys import Scope, create_key
from hark311.catalog.queries import Service, active_services
from hark311.domain.actor import Role
from hark311.domain.vocabulary import Channel, Privacy, ServiceKind
from hark311.government.models import Account, Jurisdiction, StaffRole
from hark311.platform import clock

_WORDS = ("pothole", "dark lamp", "couch", "stop sign", "Peachtree", "water", "1655", "basura")
_SAMPLE = 2000


class Ground:
    """Draws addresses; the same seed draws the same."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self.jurisdiction = Jurisdiction.objects.order_by("-is_default", "pk")[0]

    @staticmethod
    def counted() -> int:
        """How many cases there are."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM cases_case")
            (value,) = cursor.fetchone()
        return int(value)

    def supervisor(self) -> Account:
        """Somebody who sees every queue; made if there is none."""
        account, _is_new = Account.objects.get_or_create(
            email="bench@city.example", defaults={"name": "Bench", "joined_at": clock.now()}
        )
        StaffRole.objects.get_or_create(
            account=account, jurisdiction=self.jurisdiction, role=Role.ADMIN.value
        )
        return account

    def cookie_of(self, account: Account) -> str:
        """The cookie of somebody who is signed in."""
        client = Client()
        client.force_login(account)
        return (
            f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        )

    def reports(self) -> Iterator[str]:
        """Bodies of posted requests: a service that asks nothing, somewhere things happen."""
        _key, secret = create_key(None, "bench", frozenset({Scope.REPORT}), 10_000_000)
        codes = [one.code for one in active_services(self.jurisdiction) if _is_plain(one)]
        points = self._points()
        while True:
            lon, lat = self._rng.choice(points)
            yield urlencode(
                {
                    "api_key": secret,
                    "service_code": self._rng.choice(codes),
                    "lat": f"{lat:.6f}",
                    "long": f"{lon:.6f}",
                    "description": f"A large {self._rng.choice(_WORDS)} in the right lane near the"
                    " corner, growing since the storm.",
                    "address_string": f"{self._rng.randint(1, 9999)} Peachtree Street",
                    "email": f"user{self._rng.randint(1, 10**9)}@example.org",
                    "first_name": "Maria",
                    "last_name": "Gonzalez",
                }
            )

    def always(self, address: str) -> Callable[[], Iterator[str]]:
        def addresses() -> Iterator[str]:
            while True:
                yield address

        return addresses

    def public_cases(self, form: str) -> Callable[[], Iterator[str]]:
        return self._each(
            form,
            "SELECT number FROM cases_case TABLESAMPLE SYSTEM (5)"
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
        return lambda: self._drawn(form, [quote(word) for word in _WORDS])

    def windows(self, form: str, side_km: float) -> Callable[[], Iterator[str]]:
        """Squares around the points of cases, as west,south,east,north."""
        points = self._points()
        half = side_km / 2 / 111.32
        boxes = [
            ",".join(
                f"{side:.5f}"
                for side in (lon - half * 1.2, lat - half, lon + half * 1.2, lat + half)
            )
            for lon, lat in points
        ]
        return lambda: self._drawn(form, boxes)

    def _points(self) -> Sequence[tuple[float, float]]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT lon, lat FROM cases_case TABLESAMPLE SYSTEM (5)"
                " WHERE precision = 'point' LIMIT %s",
                [_SAMPLE],
            )
            return list(cursor.fetchall())

    def _each(self, form: str, statement: str) -> Callable[[], Iterator[str]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, [_SAMPLE])
            values = [str(value) for (value,) in cursor.fetchall()]
        return lambda: self._drawn(form, values)

    def _drawn(self, form: str, values: Sequence[str]) -> Iterator[str]:
        while values:
            yield form.format(self._rng.choice(values))


def _is_plain(service: Service) -> bool:
    """A public service that another system may use without answering anything."""
    return (
        service.privacy is Privacy.PUBLIC
        and service.kind is ServiceKind.REALTIME
        and not any(question.required for question in service.questions)
        and (not service.channels or Channel.OPEN311 in service.channels)
    )
