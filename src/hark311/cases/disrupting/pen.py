"""What every change of a disruption needs: the right, the lock, what is said, the event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hark311.access.policy import Permission, require
from hark311.cases.ledger import record
from hark311.disruptions.models import Disruption
from hark311.domain.actor import Actor
from hark311.domain.disruptions import Gravity, Reach
from hark311.domain.errors import BadPlace, DoesNotApply, MissingText, NotFound, StaleForm
from hark311.domain.vocabulary import EventKind, Visibility


@dataclass(frozen=True, slots=True)
class DisruptionDraft:
    """What staff say of a disruption; titles and texts by language.

    until_at: by when it should be over, None if nobody can say.
    """

    titles: Mapping[str, str]
    texts: Mapping[str, str]
    gravity: Gravity
    reach: Reach
    starts_at: datetime
    until_at: datetime | None = None
    is_sample: bool = False


def require_alerting(actor: Actor) -> None:
    """Raises NotAllowed."""
    require(actor, Permission.MANAGE_ALERTS)


def lock_disruption(disruption_id: int, actor: Actor, *, version: int | None = None) -> Disruption:
    """The disruption under lock, for somebody who may change it.

    version: the one that the form was made from; None where no form was shown.

    Raises NotFound, NotAllowed, StaleForm, and DoesNotApply(reason="over").
    """
    require_alerting(actor)
    rows = Disruption.objects.select_for_update(no_key=True)
    row = rows.filter(pk=disruption_id, jurisdiction_id=actor.jurisdiction_id).first()
    if row is None:
        raise NotFound(what="alert")
    if row.ended_at is not None:
        raise DoesNotApply(reason="over")
    if version is not None and row.version != version:
        raise StaleForm(changes=(EventKind.DISRUPTION_CHANGED.value,))
    return row


def check(draft: DisruptionDraft) -> None:
    """Raises MissingText, BadPlace(reason="no_radius"), and DoesNotApply(reason="ends_early")."""
    for field, words in (("title", draft.titles), ("text", draft.texts)):
        if not any(said.strip() for said in words.values()):
            raise MissingText(field=field)
    if draft.reach.center is not None and draft.reach.radius_m <= 0:
        raise BadPlace(reason="no_radius")
    if draft.until_at is not None and draft.until_at <= draft.starts_at:
        raise DoesNotApply(reason="ends_early")


def write(row: Disruption, draft: DisruptionDraft, *, at: datetime) -> None:
    """Put what is said into the row and save it."""
    center = draft.reach.center
    row.titles = _said(draft.titles)
    row.texts = _said(draft.texts)
    row.gravity = draft.gravity.value
    row.services = sorted(draft.reach.services)
    row.areas = sorted(draft.reach.areas)
    row.lon, row.lat = (center.lon, center.lat) if center else (None, None)
    row.radius_m = draft.reach.radius_m if center else 0
    row.starts_at, row.until_at = draft.starts_at, draft.until_at
    row.is_sample = draft.is_sample
    row.updated_at = at
    row.save()


def note(
    row: Disruption,
    kind: EventKind,
    *,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    visibility: Visibility = Visibility.PUBLIC,
) -> None:
    """Write the fact on the disruption's own stream, with the version that it leads to."""
    record(
        row,
        kind,
        actor=actor,
        at=at,
        facts={"version": row.version, **(facts or {})},
        visibility=visibility,
    )


def in_words(row: Disruption) -> dict[str, Any]:
    """The whole version, as its event keeps it."""
    return {
        "titles": row.titles,
        "texts": row.texts,
        "gravity": row.gravity,
        "services": row.services,
        "areas": row.areas,
        "circle": [row.lon, row.lat, row.radius_m] if row.lon is not None else None,
        "starts_at": row.starts_at.isoformat(),
        "until_at": row.until_at.isoformat() if row.until_at else None,
        "sample": row.is_sample,
    }


def _said(words: Mapping[str, str]) -> dict[str, str]:
    return {language: said.strip() for language, said in words.items() if said.strip()}
