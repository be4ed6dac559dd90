"""Writes a note on an incident: for colleagues, or for everybody."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from hark311.access.policy import Permission
from hark311.cases import clocks
from hark311.cases.ledger import record
from hark311.cases.locks import lock_incident, require_here, require_in_queue
from hark311.cases.members import active_cases_of
from hark311.cases.models import Incident
from hark311.cases.translated import translated
from hark311.domain.actor import Actor
from hark311.domain.vocabulary import EventKind, Visibility
from hark311.domain.words import required_words
from hark311.government.queries import organisation_of
from hark311.platform import clock
from hark311.privacy.text import mask_text


@transaction.atomic
def add_internal_note(
    incident_id: int, text: str, *, actor: Actor, seen: int | None = None
) -> Incident:
    """Note something for colleagues; nobody outside ever reads it, and no clock moves.

    Raises NotFound, NotAllowed, StaleForm, MissingText, DoesNotApply(reason="merged").
    """
    incident = lock_incident(incident_id, actor, seen=seen)
    require_here(actor, Permission.NOTE, incident)
    require_in_queue(incident)
    record(
        incident,
        EventKind.NOTED,
        actor=actor,
        at=clock.now(),
        facts={"text": required_words(text)},
        visibility=Visibility.STAFF,
    )
    return incident


@transaction.atomic
def add_public_note(
    incident_id: int,
    text: str,
    *,
    actor: Actor,
    translations: Mapping[str, str] = MappingProxyType({}),
    seen: int | None = None,
) -> Incident:
    """Tell everyone who reported it something, masked; the promise of an update counts anew.

    translations: the same words for readers of other languages, by language.

    Raises NotFound, NotAllowed, StaleForm, MissingText, DoesNotApply(reason="merged").
    """
    incident = lock_incident(incident_id, actor, seen=seen)
    require_here(actor, Permission.NOTE, incident)
    require_in_queue(incident)
    return note_publicly_locked(
        incident, text, actor=actor, at=clock.now(), translations=translations
    )


def note_publicly_locked(
    incident: Incident,
    text: str,
    *,
    actor: Actor,
    at: datetime,
    translations: Mapping[str, str] = MappingProxyType({}),
) -> Incident:
    """The same for an incident whose lock is held and for which the right was checked."""
    incident.public_note = mask_text(required_words(text))
    incident.updated_at = at
    live = clocks.live_clocks(active_cases_of(incident))
    restarted = clocks.restart_update(live, at, organisation_of(incident.jurisdiction))
    record(
        incident,
        EventKind.NOTED,
        actor=actor,
        at=at,
        facts={"text": incident.public_note, **translated(translations)},
        rows=[*restarted, incident],
    )
    return incident
