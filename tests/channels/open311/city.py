"""A small city with services of every kind that Open311 can tell apart, and clients for it."""

from typing import Any
from uuid import uuid4

from django.test import Client
from tests.cases.make import City, make_city

from hark311.access.keys import Scope, create_key
from hark311.catalog.models import ServiceDefinition, ServiceVersion
from hark311.domain.vocabulary import Privacy, ServiceKind
from hark311.platform import clock

HERE = {"lat": "39.95", "long": "-80.0"}

QUESTIONS = [
    {
        "code": "depth",
        "kind": "number",
        "order": 20,
        "texts": {"en": "How deep is it?", "es": "¿Qué profundidad tiene?"},
        "hints": {"en": "In inches"},
    },
    {
        "code": "notice",
        "kind": "text",
        "order": 10,
        "variable": False,
        "required": True,
        "texts": {"en": "Stay away from wires."},
    },
    {
        "code": "kind",
        "kind": "singlevaluelist",
        "order": 30,
        "required": True,
        "texts": {"en": "What is it?"},
        "choices": [
            {"key": "hole", "names": {"en": "Hole", "es": "Hoyo"}},
            {"key": "bump", "names": {"en": "Bump"}},
        ],
    },
    {
        "code": "sides",
        "kind": "multivaluelist",
        "order": 40,
        "texts": {"en": "Which sides?"},
        "choices": [
            {"key": "n", "names": {"en": "North"}},
            {"key": "s", "names": {"en": "South"}},
        ],
    },
    {"code": "since", "kind": "datetime", "order": 50, "texts": {"en": "Since when?"}},
    {"code": "sign", "kind": "string", "order": 60, "texts": {"en": "What does the sign say?"}},
    {"code": "story", "kind": "text", "order": 70, "texts": {"en": "Anything else?"}},
]


def make_open_city(key: str = "testville") -> City:
    """The usual city with six more services: see ``add_service`` below."""
    city = make_city(key)
    add_service(city, "inspection", questions=QUESTIONS)
    add_service(city, "bulky", kind=ServiceKind.BATCH)
    add_service(city, "tip", kind=ServiceKind.BLACKBOX)
    add_service(city, "quiet", privacy=Privacy.PRIVATE)
    add_service(city, "by_phone", channels=["phone"])
    return city


def add_service(
    city: City,
    code: str,
    *,
    kind: ServiceKind = ServiceKind.REALTIME,
    privacy: Privacy = Privacy.PUBLIC,
    questions: list[dict[str, Any]] | None = None,
    channels: list[str] | None = None,
) -> None:
    queue = city.queues["streets"]
    service = ServiceDefinition.objects.create(
        jurisdiction=city.jurisdiction, code=code, position=50
    )
    service.current = ServiceVersion.objects.create(
        service=service,
        version=1,
        department=queue.department,
        queue=queue,
        kind=kind.value,
        privacy=privacy.value,
        content={
            "names": {"en": code.replace("_", " ").title(), "es": f"{code} (es)"},
            "descriptions": {"en": f"About {code}."},
            "group": {"en": "Streets", "es": "Calles"},
            "keywords": {"en": ["road", "street"]},
            "next_step": {"en": "A crew looks at it.", "es": "Una brigada lo revisa."},
            "questions": questions or [],
            "match": {"radius_m": 30, "window_days": 30},
            "channels": channels or [],
        },
        digest=uuid4().hex,
        created_at=clock.now(),
    )
    service.save()
    city.jurisdiction.pack_digest = uuid4().hex
    city.jurisdiction.save()


def secret_of(city: City | None = None, *, scopes: frozenset[Scope] = frozenset(Scope)) -> str:
    """The secret of a new key, for one city or for all."""
    return create_key(city.jurisdiction if city else None, "test client", scopes, 100_000)[1]


class ApiClient:
    """Asks the real application as another system would."""

    def __init__(self, secret: str = "", *, host: str = "localhost") -> None:
        self.secret = secret
        self._client = Client(headers={"host": host})

    def get(self, path: str, *, headers: dict[str, str] | None = None, **query: object) -> Any:
        return self._client.get(f"/open311/v2/{path}", query, headers=headers)

    def json(self, path: str, **query: object) -> Any:
        answer = self.get(path, **query)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def post(
        self,
        path: str = "requests.json",
        *,
        headers: dict[str, str] | None = None,
        **fields: object,
    ) -> Any:
        """Post a multipart form; ``urlencoded`` sends the other kind."""
        body = {"api_key": self.secret, **fields}
        return self._client.post(f"/open311/v2/{path}", body, headers=headers)

    def urlencoded(self, body: bytes | str, path: str = "requests.json") -> Any:
        return self._client.post(
            f"/open311/v2/{path}", body, content_type="application/x-www-form-urlencoded"
        )

    def options(self, path: str) -> Any:
        return self._client.options(f"/open311/v2/{path}")

    def send(self, method: str, path: str, **extra: Any) -> Any:
        return self._client.generic(method, f"/open311/v2/{path}", **extra)

    def report(self, service: str = "pothole", **fields: object) -> str:
        """Post a request and return its number."""
        answer = self.post(service_code=service, **{**HERE, **fields})
        assert answer.status_code == 201, answer.content
        number: str = answer.json()[0]["service_request_id"]
        return number


def error_of(answer: Any, status: int) -> dict[str, Any]:
    """The one error of a refusal, whose status must be this."""
    assert answer.status_code == status, (answer.status_code, answer.content)
    (error,) = answer.json()
    assert error["code"] == str(status)
    assert error["description"]
    found: dict[str, Any] = error
    return found
