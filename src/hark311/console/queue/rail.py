"""What stands beside a list: its usual cuts, kept views, and the queues of the reader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from hark311.cases.queries.staff_counts import QueueCount
from hark311.console.desk import Desk
from hark311.government.saved_views import View

EMPTY = QueueCount(open=0, late=0, soon=0, nobody=0, new=0, asked_again=0)


@dataclass(frozen=True, slots=True)
class RailLine:
    """One way to a list. count: None where none is told; is_all: it is not only "at least"."""

    key: str
    name: str
    url: str
    count: int | None = None
    is_all: bool = True
    is_current: bool = False
    is_sensitive: bool = False
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One queue of the reader with how much lies in it."""

    code: str
    name: str
    department: str
    url: str
    count: QueueCount
    is_sensitive: bool
    is_current: bool


def total(counts: Iterable[QueueCount]) -> QueueCount:
    """All of these together; "at least" as soon as one of them is."""
    every = list(counts)
    return QueueCount(
        open=sum(one.open for one in every),
        late=sum(one.late for one in every),
        soon=sum(one.soon for one in every),
        nobody=sum(one.nobody for one in every),
        new=sum(one.new for one in every),
        asked_again=sum(one.asked_again for one in every),
        is_all=all(one.is_all for one in every),
    )


def list_url(code: str, query: str = "") -> str:
    """The address of a list: of one queue, or of all the reader's where the code is empty."""
    path = reverse("console:queue", args=[code]) if code else reverse("console:queues")
    return f"{path}?{query}" if query else path


def cuts(code: str, count: QueueCount, here: str) -> tuple[RailLine, ...]:
    """The usual cuts through one list. here: what narrows it now, as narrowing() spells it."""
    told: tuple[tuple[str, str, dict[str, str], int | None], ...] = (
        ("open", _("All open"), {}, count.open),
        ("late", _("Late"), {"due": "late"}, count.late),
        ("soon", _("Soon late"), {"due": "soon"}, count.soon),
        ("nobody", _("Nobody has it"), {"with": "nobody"}, count.nobody),
        ("new", _("New"), {"state": "received"}, count.new),
        ("asked", _("Asked again"), {"mark": "asked"}, count.asked_again),
        ("mine", _("Given to me"), {"with": "me"}, None),
        ("disputed", _("Asked to open again"), {"mark": "disputed"}, None),
    )
    return tuple(
        RailLine(
            key=key,
            name=name,
            url=list_url(code, urlencode(query) or "all=1"),
            count=number,
            is_all=count.is_all,
            is_current=urlencode(query) == here,
        )
        for key, name, query, number in told
    )


def queue_lines(desk: Desk, counts: Mapping[int, QueueCount], code: str) -> list[QueueLine]:
    """The reader's queues by department and name."""
    names = desk.names
    lines = [
        QueueLine(
            code=one.code,
            name=names.queue(one.id),
            department=names.department(one.department_id),
            url=list_url(one.code),
            count=counts.get(one.id, EMPTY),
            is_sensitive=one.is_sensitive,
            is_current=one.code == code,
        )
        for one in names.organisation.queues.values()
        if one.id in desk.actor.queues
    ]
    return sorted(lines, key=lambda one: (one.department.casefold(), one.name.casefold()))


def kept_lines(
    views: Iterable[View], code: str, here: str, *, department_id: int | None = None
) -> tuple[RailLine, ...]:
    """Kept views of one owner; None is the reader."""
    return tuple(
        RailLine(
            key=f"view-{one.id}",
            name=one.name,
            url=list_url(one.queue_code, one.query or "all=1"),
            is_current=bool(here) and (one.queue_code, one.query) == (code, here),
            is_default=one.is_default,
        )
        for one in views
        if one.department_id == department_id
    )
