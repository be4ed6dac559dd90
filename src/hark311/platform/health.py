"""Whether this deployment lives, is ready for people, and what it counted."""

import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db.utils import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache

from hark311.platform import database
from hark311.platform.views import Audience, open_to


@dataclass(frozen=True, slots=True)
class Metric:
    """One number for the monitoring, as a name, its labels and a value."""

    name: str
    about: str
    value: float
    labels: tuple[tuple[str, str], ...] = ()
    kind: str = "gauge"


MetricSource = Callable[[], Iterable[Metric]]


@dataclass(slots=True)
class _Readiness:
    """Migrations are looked up until they are complete, then never again by this process."""

    is_migrated: bool = field(default=False)


_readiness = _Readiness()


@open_to(Audience.PUBLIC)
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer that this process takes requests; says nothing of the database."""
    return HttpResponse("ok\n", "text/plain")


@open_to(Audience.PUBLIC)
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 once pages can be served, else 503 with what is missing."""
    try:
        missing = () if _readiness.is_migrated else database.missing_migrations()
        reachable = database.is_reachable()
    except DatabaseError:
        missing, reachable = (), False
    _readiness.is_migrated = reachable and not missing
    checks = {"database": reachable, "migrations": _readiness.is_migrated}
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


@open_to(Audience.OPERATOR)
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with the counts of settings.METRIC_SOURCES in the form that Prometheus reads."""
    if settings.METRICS_TOKEN and not _knows_token(request):
        return HttpResponse("a token is needed\n", "text/plain", 401)
    found = [metric for path in settings.METRIC_SOURCES for metric in import_string(path)()]
    return HttpResponse(exposition(found), "text/plain; version=0.0.4; charset=utf-8")


def exposition(metrics: Iterable[Metric]) -> str:
    """Return the numbers as text, those of one name together under its description."""
    by_name: dict[str, list[Metric]] = {}
    for metric in metrics:
        by_name.setdefault(metric.name, []).append(metric)
    lines = []
    for name, group in by_name.items():
        lines += [f"# HELP {name} {group[0].about}", f"# TYPE {name} {group[0].kind}"]
        lines += [f"{name}{_labels(metric)} {metric.value:g}" for metric in group]
    return "".join(f"{line}\n" for line in lines)


def build_info() -> Iterable[Metric]:
    """The one metric of the platform itself: that it is up."""
    yield Metric("hark311_up", "1 while this deployment answers.", 1)


def _labels(metric: Metric) -> str:
    if not metric.labels:
        return ""
    escaped = (
        (name, value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n"))
        for name, value in metric.labels
    )
    return "{" + ",".join(f'{name}="{value}"' for name, value in escaped) + "}"


def _knows_token(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "")
    expected = f"Bearer {settings.METRICS_TOKEN}"
    return hmac.compare_digest(given.encode(), expected.encode())
