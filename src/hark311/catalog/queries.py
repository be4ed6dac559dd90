"""Reads the catalog into frozen records; a version never changes, so it is kept once read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

from hark311.catalog.models import RoutingRule, ServiceDefinition, ServiceVersion
from hark311.domain import routing
from hark311.domain.errors import UnknownService
from hark311.domain.promises import SlaTarget
from hark311.domain.questions import Choice, Condition, Question
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import (
    Channel,
    Counting,
    Outcome,
    Privacy,
    QuestionType,
    ServiceKind,
    Target,
)
from hark311.government.models import Jurisdiction

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Service:
    """One version of a catalog entry: what it asks, promises and says."""

    id: int
    version_id: int
    version: int
    code: str
    jurisdiction_id: int
    kind: ServiceKind
    privacy: Privacy
    department_id: int
    queue_id: int
    names: Texts
    descriptions: Texts
    group: Texts
    keywords: Mapping[str, tuple[str, ...]]
    questions: tuple[Question, ...]
    targets: tuple[SlaTarget, ...]
    calendar: str
    promise_text: Texts
    next_step: Texts
    closing_texts: Mapping[Outcome, Texts]
    radius_m: float
    window: timedelta
    channels: frozenset[Channel]
    evidence: frozenset[str]
    # "required", "optional" or "none": whether a report says where.
    place: str
    phrases: Mapping[str, tuple[str, ...]]
    is_sample: bool

    @property
    def is_sensitive(self) -> bool:
        return self.privacy is Privacy.SENSITIVE

    @property
    def asks_anything(self) -> bool:
        return bool(self.questions)


def active_services(jurisdiction: Jurisdiction) -> tuple[Service, ...]:
    """All services on offer, in the catalog's order; read once per load of the pack."""
    return _active_services(jurisdiction.pk, jurisdiction.pack_digest)


def service_by_code(jurisdiction: Jurisdiction, code: str) -> Service:
    """The current version of a service on offer.

    Raises UnknownService.
    """
    for service in active_services(jurisdiction):
        if service.code == code:
            return service
    raise UnknownService(code=code[:80])


@lru_cache(maxsize=4096)
def service_version(version_id: int) -> Service:
    """The service as it was in one version: what an old case was given."""
    return _service(
        ServiceVersion.objects.select_related("service").get(pk=version_id),
    )


def service_names(jurisdiction: Jurisdiction, language: str) -> Mapping[int, str]:
    """The name of every service that has ever been here, by its id; one query."""
    rows = ServiceDefinition.objects.filter(jurisdiction=jurisdiction, current__isnull=False)
    return {
        key: in_language(content.get("names", {}), language)
        for key, content in rows.values_list("pk", "current__content")
    }


def routing_rules(jurisdiction: Jurisdiction) -> tuple[routing.RoutingRule, ...]:
    """The active rules in order; read once per load of the pack."""
    return _routing_rules(jurisdiction.pk, jurisdiction.pack_digest)


def routing_rule(row: RoutingRule) -> routing.RoutingRule:
    conditions = row.conditions
    minutes = conditions.get("minutes")
    return routing.RoutingRule(
        position=row.position,
        name=row.name,
        queue=row.queue_code,
        services=frozenset(conditions.get("services", ())),
        areas=frozenset(conditions.get("areas", ())),
        weekdays=frozenset(conditions.get("weekdays", ())),
        minutes=(minutes[0], minutes[1]) if minutes else None,
        answers={code: frozenset(keys) for code, keys in conditions.get("answers", {}).items()},
        channels=frozenset(conditions.get("channels", ())),
    )


@lru_cache(maxsize=64)
def _active_services(jurisdiction_id: int, pack_digest: str) -> tuple[Service, ...]:
    rows = (
        ServiceDefinition.objects.filter(
            jurisdiction_id=jurisdiction_id, is_active=True, current__isnull=False
        )
        .select_related("current__service")
        .order_by("position", "id")
    )
    return tuple(_service(row.current) for row in rows if row.current is not None)


@lru_cache(maxsize=64)
def _routing_rules(jurisdiction_id: int, pack_digest: str) -> tuple[routing.RoutingRule, ...]:
    rows = RoutingRule.objects.filter(jurisdiction_id=jurisdiction_id, is_active=True)
    return tuple(routing_rule(row) for row in rows.order_by("position"))


def _service(row: ServiceVersion) -> Service:
    content = row.content
    promise = content.get("promise", {})
    match = content.get("match", {})
    return Service(
        id=row.service_id,
        version_id=row.pk,
        version=row.version,
        code=row.service.code,
        jurisdiction_id=row.service.jurisdiction_id,
        kind=ServiceKind(row.kind),
        privacy=Privacy(row.privacy),
        department_id=row.department_id,
        queue_id=row.queue_id,
        names=content["names"],
        descriptions=content.get("descriptions", {}),
        group=content.get("group", {}),
        keywords={code: tuple(words) for code, words in content.get("keywords", {}).items()},
        questions=tuple(_question(item) for item in content.get("questions", ())),
        targets=tuple(
            SlaTarget(Target(item["target"]), item["hours"], Counting(item["counting"]))
            for item in promise.get("targets", ())
        ),
        calendar=promise.get("calendar", ""),
        promise_text=promise.get("text", {}),
        next_step=content.get("next_step", {}),
        closing_texts={
            Outcome(outcome): texts for outcome, texts in content.get("closing_texts", {}).items()
        },
        radius_m=match.get("radius_m", 0),
        window=timedelta(days=match.get("window_days", 0)),
        channels=frozenset(Channel(channel) for channel in content.get("channels", ())),
        evidence=frozenset(content.get("evidence", ())),
        place=content.get("place", "required"),
        phrases={code: tuple(said) for code, said in content.get("phrases", {}).items()},
        is_sample=content.get("is_sample", False),
    )


def _question(item: Mapping[str, Any]) -> Question:
    choices: Any = item.get("choices") or ()
    when: Any = item.get("when")
    return Question(
        code=str(item["code"]),
        kind=QuestionType(str(item["kind"])),
        required=bool(item.get("required", False)),
        variable=bool(item.get("variable", True)),
        order=item["order"],
        choices=tuple(Choice(key=choice["key"], names=choice["names"]) for choice in choices),
        texts=item.get("texts") or {},
        hints=item.get("hints") or {},
        when=Condition(when["question"], frozenset(when["answers"])) if when else None,
    )
