"""What supervisors watch: late work, disputes, messages that did not arrive, routing."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hark311.access.policy import Permission
from hark311.cases.queries.staff_counts import queue_counts
from hark311.cases.queries.staff_oversight import (
    COUNTED,
    closed_without_proof,
    count_disputes,
    dry_run,
    open_disputes,
)
from hark311.cases.queries.staff_queue import QueueRow, queue_page
from hark311.cases.queries.worklist import Due, Mark, QueueFilter, Span
from hark311.catalog.queries import routing_rules
from hark311.console.desk import Desk, staff_page
from hark311.console.queue.bulk_deeds import BULK_DEEDS
from hark311.console.wording import rule_sentences
from hark311.domain.routing import RoutingRule, conflicts
from hark311.notifications.queries import count_stuck, stuck_notices
from hark311.notifications.retry import retry_notice
from hark311.platform import clock

# Of each list the first so many; the rest is one link away.
_SHOWN = 8
_SIZES = (100, 500, 1000)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule in words. covered_by: an earlier rule that takes everything it would, or ""."""

    rule: RoutingRule
    queue: str
    conditions: tuple[str, ...]
    covered_by: str
    is_left_out: bool


@dataclass(frozen=True, slots=True)
class Watched:
    """One list of open incidents: how many, since when, the first of them, and all of them.

    is_all: False where there may be more than the count says. query: narrows the queues to it.
    """

    code: str
    count: int
    is_all: bool
    rows: tuple[QueueRow, ...]
    oldest: datetime | None
    query: str


@require_safe
@staff_page(Permission.READ_CASES)
def oversight(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What needs a supervisor: late, soon late, asked again, disputed, unproved, undelivered.

    Of incidents, never of persons. A fixed number of statements, each along an index.
    """
    now = clock.now()
    actor, names = desk.actor, desk.names
    waiting = count_disputes(actor)
    context = {
        "desk": desk,
        "here": "oversight",
        "lists": _lists(desk, now),
        "disputes": open_disputes(actor, names, now=now, at_most=_SHOWN),
        "dispute_count": waiting,
        "disputes_told": f"{COUNTED}+" if waiting > COUNTED else str(waiting),
        "unproved": closed_without_proof(actor, names, now=now, at_most=_SHOWN + 1),
        "shown": _SHOWN,
        "stuck": stuck_notices(actor.jurisdiction_id, actor.queues, now=now, at_most=_SHOWN),
        "stuck_count": count_stuck(actor.jurisdiction_id, actor.queues, now=now),
        "may_oversee": desk.may(Permission.OVERSEE),
        "deeds": [BULK_DEEDS[code] for code in ("assign", "transfer") if _may(desk, code)],
        "back": request.get_full_path(),
    }
    return render(request, "console/oversight.html", context)


@require_POST
@staff_page(Permission.OVERSEE)
def retry(request: HttpRequest, desk: Desk, notice_id: int) -> HttpResponse:
    """Let a message that failed be sent once more."""
    retry_notice(notice_id, actor=desk.actor)
    messages.success(request, _("It is sent once more."))
    return HttpResponseRedirect(reverse("console:oversight"))


@require_safe
@staff_page(Permission.READ_CASES)
def late(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Where this page was before."""
    return HttpResponsePermanentRedirect(reverse("console:oversight"))


def _lists(desk: Desk, now: datetime) -> list[Watched]:
    """Late, soon late and asked again; four statements."""
    counts = queue_counts(desk.actor, now=now).values()
    is_all = all(one.is_all for one in counts)
    totals = {
        "late": sum(one.late for one in counts),
        "soon": sum(one.soon for one in counts),
        "asked": sum(one.asked_again for one in counts),
    }
    span = Span(_SHOWN)
    wanted = {
        "late": (QueueFilter(due=Due.LATE, span=span), "due=late"),
        "soon": (QueueFilter(due=Due.SOON, span=span), "due=soon"),
        "asked": (QueueFilter(mark=Mark.ASKED_AGAIN, span=span), "mark=asked"),
    }
    found = []
    for code, (narrowed, query) in wanted.items():
        rows = queue_page(desk.actor, narrowed, desk.names, now=now).rows
        oldest = min((row.opened_at for row in rows), default=None)
        found.append(Watched(code, totals[code], is_all, rows, oldest, query))
    return found


def _may(desk: Desk, code: str) -> bool:
    return desk.may(BULK_DEEDS[code].permission)


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
