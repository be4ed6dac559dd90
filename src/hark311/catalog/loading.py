"""Loads services and routing rules from a pack; a service that changed gets a new version."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from hark311.catalog.models import KeptText, RoutingRule, ServiceDefinition, ServiceVersion
from hark311.catalog.pack.pack_format import Pack
from hark311.catalog.pack.pack_format import RoutingRule as PackRule
from hark311.catalog.pack.plain import plain
from hark311.catalog.pack.service_format import Question, Service
from hark311.domain.chain import canonical
from hark311.domain.vocabulary import Target
from hark311.government.models import Department, Jurisdiction, Queue
from hark311.platform.rows import RowChange, bring


def load_services(jurisdiction: Jurisdiction, pack: Pack, *, at: datetime) -> list[RowChange]:
    """Bring the catalog up to date; versions that cases were given stay as they were."""
    departments = {row.code: row for row in Department.objects.filter(jurisdiction=jurisdiction)}
    queues = {row.code: row for row in Queue.objects.filter(jurisdiction=jurisdiction)}
    changes: list[RowChange] = []
    for position, service in enumerate(pack.services):
        row, change = bring(
            ServiceDefinition,
            {"jurisdiction": jurisdiction, "code": str(service.code)},
            {"position": position, "is_active": True},
            f"service {service.code}",
        )
        newer = _load_version(
            row, service, pack, departments[service.department], queues[service.queue], at
        )
        changes += [one for one in (change or newer,) if one]
    gone = ServiceDefinition.objects.filter(jurisdiction=jurisdiction, is_active=True).exclude(
        code__in=[str(service.code) for service in pack.services]
    )
    changes += [RowChange("retire", f"service {row.code}") for row in gone]
    gone.update(is_active=False)
    return changes


def load_routing(jurisdiction: Jurisdiction, pack: Pack) -> list[RowChange]:
    """Bring the rules up to date, in the order of the pack."""
    changes = []
    for position, rule in enumerate(pack.routing):
        _row, change = bring(
            RoutingRule,
            {"jurisdiction": jurisdiction, "name": str(rule.code)},
            {
                "position": position,
                "queue_code": str(rule.queue),
                "conditions": _conditions(rule),
                "is_active": True,
            },
            f"rule {rule.code}",
        )
        changes.append(change)
    gone = RoutingRule.objects.filter(jurisdiction=jurisdiction, is_active=True).exclude(
        name__in=[str(rule.code) for rule in pack.routing]
    )
    retired = [RowChange("retire", f"rule {row.name}") for row in gone]
    gone.update(is_active=False)
    return [*(change for change in changes if change), *retired]


def load_texts(jurisdiction: Jurisdiction, pack: Pack, *, at: datetime) -> list[RowChange]:
    """Bring the texts of the pack up to date; those that departments added stay as they are."""
    changes = []
    for kept in pack.texts:
        values = {
            "names": plain(kept.names),
            "texts": plain(kept.texts),
            "uses": plain(kept.uses),
            "services": plain(kept.services),
            "states": plain(kept.states),
        }
        changes.append(_load_text(jurisdiction, str(kept.code), values, at))
    gone = KeptText.objects.filter(
        jurisdiction=jurisdiction, department__isnull=True, is_current=True
    ).exclude(code__in=[str(kept.code) for kept in pack.texts])
    retired = [RowChange("retire", f"text {row.code}") for row in gone]
    gone.update(is_current=False)
    return [*(change for change in changes if change), *retired]


def _load_text(
    jurisdiction: Jurisdiction, code: str, values: Mapping[str, Any], at: datetime
) -> RowChange | None:
    versions = KeptText.objects.filter(jurisdiction=jurisdiction, code=code)
    last = versions.order_by("-version").first()
    if last is None:
        KeptText.objects.create(jurisdiction=jurisdiction, code=code, made_at=at, **values)
        return RowChange("add", f"text {code}")
    differing = tuple(name for name, value in values.items() if getattr(last, name) != value)
    if last.is_current and not differing:
        return None
    versions.update(is_current=False)
    KeptText.objects.create(
        jurisdiction=jurisdiction, code=code, version=last.version + 1, made_at=at, **values
    )
    return RowChange("change", f"text {code}", differing)


def _load_version(
    row: ServiceDefinition,
    service: Service,
    pack: Pack,
    department: Department,
    queue: Queue,
    at: datetime,
) -> RowChange | None:
    content = content_of(service, pack)
    said = {
        "department": department.pk,
        "queue": queue.pk,
        "kind": service.kind.value,
        "privacy": service.privacy.value,
        "content": content,
    }
    digest = sha256(canonical(said)).hexdigest()
    last = row.versions.order_by("-version").first()
    if last is not None and last.digest == digest:
        return None
    row.current = ServiceVersion.objects.create(
        service=row,
        version=last.version + 1 if last else 1,
        department=department,
        queue=queue,
        kind=service.kind.value,
        privacy=service.privacy.value,
        content=content,
        digest=digest,
        created_at=at,
    )
    row.save(update_fields=["current"])
    if last is None:
        return None
    differing = tuple(key for key, value in content.items() if last.content.get(key) != value)
    return RowChange("change", f"service {service.code}", differing or ("queue",))


def content_of(service: Service, pack: Pack) -> dict[str, Any]:
    """What a version keeps of a service, as ``catalog.queries`` reads it."""
    groups = {group.code: group for group in pack.groups}
    group = groups.get(service.group)
    return {
        "names": plain(service.names),
        "descriptions": plain(service.descriptions),
        "group": plain(group.names) if group else {},
        "keywords": plain(service.keywords or {}),
        "phrases": plain(service.phrases or {}),
        "questions": [
            _question(question, order) for order, question in enumerate(service.questions, 1)
        ],
        "promise": _promise(service, pack),
        "next_step": plain(service.next_step),
        "closing_texts": {
            **{outcome.value: plain(own.texts) for outcome, own in pack.outcomes.items()},
            **plain(service.closing_texts),
        },
        "match": plain(service.match) if service.match else {},
        "channels": [channel.value for channel in service.channels],
        "evidence": [kind.value for kind in service.evidence],
        "place": service.place.value,
        "is_sample": service.sample or bool(service.promise and service.promise.sample),
    }


def _question(question: Question, order: int) -> dict[str, Any]:
    return {
        "code": str(question.code),
        "kind": question.type.value,
        "required": question.required,
        "variable": question.variable,
        "order": order,
        "texts": plain(question.texts),
        "hints": plain(question.hints or {}),
        "choices": [
            {"key": str(choice.code), "names": plain(choice.names)} for choice in question.choices
        ],
        "when": plain(question.when) if question.when else None,
    }


def _promise(service: Service, pack: Pack) -> dict[str, Any]:
    if service.promise is None:
        return {}
    calendars = {calendar.code: calendar for calendar in pack.calendars}
    queues = {queue.code: queue for queue in pack.queues}
    calendar = calendars[service.calendar or queues[service.queue].calendar]
    given = {target: getattr(service.promise, target.value) for target in Target}
    return {
        "calendar": str(calendar.code),
        "text": plain(service.promise.texts),
        "targets": [
            {
                "target": target.value,
                "hours": float(span.hours_on(calendar)),
                "counting": span.counting.value,
            }
            for target, span in given.items()
            if span is not None
        ],
    }


def _conditions(rule: PackRule) -> Mapping[str, Any]:
    hours = rule.hours or ()
    return {
        "title": str(rule.name),
        "services": plain(rule.services),
        "areas": plain(rule.areas),
        "weekdays": plain(rule.weekdays or ()),
        "minutes": list(hours[0]) if hours else None,
        "answers": plain(rule.answers or {}),
        "channels": plain(rule.channels),
    }
