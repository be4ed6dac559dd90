"""Texts kept ready for staff: which fit an incident, and the changes that departments make."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import Q

from hark311.catalog.models import KeptText
from hark311.domain.canned import TextUse
from hark311.domain.errors import NotFound
from hark311.domain.lifecycle import State
from hark311.government.models import Jurisdiction

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReadyText:
    """One text as it stands now. department_id: whose it is; None for one of the city's pack."""

    id: int
    code: str
    version: int
    department_id: int | None
    names: Texts
    texts: Texts
    uses: tuple[TextUse, ...]
    services: tuple[str, ...]
    states: tuple[State, ...]
    made_at: datetime

    def fits(self, service_code: str, state: State) -> bool:
        """True if it is for this service in this state."""
        for_service = not self.services or service_code in self.services
        return for_service and (not self.states or state in self.states)


@dataclass(frozen=True, slots=True)
class TextDraft:
    """What a department writes down as one of its texts."""

    names: Texts
    texts: Texts
    uses: tuple[TextUse, ...]
    services: tuple[str, ...] = ()
    states: tuple[State, ...] = ()


def ready_texts(
    jurisdiction: Jurisdiction, department_ids: frozenset[int]
) -> tuple[ReadyText, ...]:
    """The current texts of the pack and of these departments; one statement.

    Those of departments come first, then in order of their codes.
    """
    rows = KeptText.objects.filter(jurisdiction=jurisdiction, is_current=True).filter(
        Q(department__isnull=True) | Q(department__in=department_ids)
    )
    return tuple(_record(row) for row in rows.order_by("department_id", "code"))


def ready_text(jurisdiction: Jurisdiction, text_id: int) -> ReadyText:
    """Raises NotFound, also for an older version."""
    row = KeptText.objects.filter(jurisdiction=jurisdiction, is_current=True, pk=text_id).first()
    if row is None:
        raise NotFound(what="text")
    return _record(row)


def add_text(
    jurisdiction: Jurisdiction,
    draft: TextDraft,
    *,
    department_id: int,
    account_id: int,
    at: datetime,
) -> ReadyText:
    """Keep a new text of a department; whoever calls has checked that the account may."""
    row = KeptText.objects.create(
        jurisdiction=jurisdiction,
        code=f"team-{uuid4().hex[:12]}",
        department_id=department_id,
        made_by_id=account_id,
        made_at=at,
        **_columns(draft),
    )
    return _record(row)


@transaction.atomic
def change_text(text: ReadyText, draft: TextDraft, *, account_id: int, at: datetime) -> ReadyText:
    """A new version of a department's text; the older one is kept.

    Raises NotFound if a colleague changed or retired it meanwhile.
    """
    row = _lock(text)
    row.is_current = False
    row.save(update_fields=["is_current"])
    newer = KeptText.objects.create(
        jurisdiction_id=row.jurisdiction_id,
        code=row.code,
        version=row.version + 1,
        department_id=row.department_id,
        made_by_id=account_id,
        made_at=at,
        **_columns(draft),
    )
    return _record(newer)


@transaction.atomic
def retire_text(text: ReadyText) -> None:
    """No longer offer a department's text. Raises NotFound if it is gone already."""
    row = _lock(text)
    row.is_current = False
    row.save(update_fields=["is_current"])


def _lock(text: ReadyText) -> KeptText:
    rows = KeptText.objects.select_for_update(no_key=True)
    row = rows.filter(pk=text.id, is_current=True, department__isnull=False).first()
    if row is None:
        raise NotFound(what="text")
    return row


def _columns(draft: TextDraft) -> dict[str, object]:
    return {
        "names": dict(draft.names),
        "texts": dict(draft.texts),
        "uses": [use.value for use in draft.uses],
        "services": list(draft.services),
        "states": [state.value for state in draft.states],
    }


def _record(row: KeptText) -> ReadyText:
    return ReadyText(
        id=row.pk,
        code=row.code,
        version=row.version,
        department_id=row.department_id,
        names=row.names,
        texts=row.texts,
        uses=tuple(TextUse(use) for use in row.uses),
        services=tuple(row.services),
        states=tuple(State(state) for state in row.states),
        made_at=row.made_at,
    )
