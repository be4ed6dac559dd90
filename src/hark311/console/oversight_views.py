"""What supervisors watch: late work, disputes, messages that did not arrive, routing."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hark311.access.policy import Permission
from hark311.cases.queries.staff_oversight import (
    count_late,
    dry_run,
    late_rows,
    open_disputes,
    soon_rows,
)
from hark311.catalog.queries import routing_rules
from hark311.console.desk import Desk, staff_page
from hark311.console.wording import rule_sentences
from hark311.domain.routing import RoutingRule, conflicts
from hark311.notifications.queries import stuck_notices
from hark311.platform import clock

_SIZES = (100, 500, 1000)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule in words. covered_by: an earlier rule that takes everything it would, or ""."""

    rule: RoutingRule
    queue: str
    conditions: tuple[str, ...]
    covered_by: str
    is_left_out: bool


@require_safe
@staff_page(Permission.READ_CASES)
def late(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Late, soon late, disputes and messages that did not arrive, in the reader's queues."""
    now = clock.now()
    context = {
        "desk": desk,
        "here": "late",
        "late": late_rows(desk.actor, desk.names, now=now),
        "late_count": count_late(desk.actor, now=now),
        "soon": soon_rows(desk.actor, desk.names, now=now),
        "disputes": open_disputes(desk.actor, desk.names, now=now),
        "stuck": stuck_notices(desk.actor.jurisdiction_id, desk.actor.queues, now=now),
    }
    return render(request, "console/late.html", context)


@require_safe
@staff_page(Permission.READ_CASES)
def routing(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The rules in order, and what the last cases would say to them without some."""
    rules = routing_rules(desk.jurisdiction)
    left_out = set(request.GET.getlist("without"))
    size = request.GET.get("last", "")
    last = next((one for one in _SIZES if str(one) == size), None)
    kept = [rule for rule in rules if rule.name not in left_out]
    covered = {one.rule: one.covered_by for one in conflicts(rules)}
    names = desk.names
    context = {
        "desk": desk,
        "here": "routing",
        "rules": [
            RuleRow(
                rule,
                names.queue(names.organisation.queue_by_code(rule.queue).id),
                rule_sentences(rule, names),
                covered.get(rule.name, ""),
                rule.name in left_out,
            )
            for rule in rules
        ],
        "sizes": _SIZES,
        "last": last,
        "run": dry_run(kept, desk.actor, names, last=last) if last else None,
    }
    return render(request, "console/routing.html", context)
