"""Says that a disruption is over, and tells everyone who reported it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from hark311.cases.actions.add_note import add_public_note
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.disrupting.pen import lock_disruption, note
from hark311.cases.models import Attachment, Incident
from hark311.disruptions.models import Disruption
from hark311.domain.actor import Actor
from hark311.domain.closing import Closing
from hark311.domain.errors import MissingText
from hark311.domain.lifecycle import State
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import EventKind, Outcome
from hark311.platform import clock


@dataclass(frozen=True, slots=True)
class Ending:
    """What is said when it is over, by language.

    outcome: why the reports close with it; None leaves them open, and their people are told.
    """

    texts: Mapping[str, str]
    outcome: Outcome | None = None


@transaction.atomic
def end_disruption(
    disruption_id: int, ending: Ending, *, actor: Actor, version: int | None = None
) -> Disruption:
    """End a disruption. Its reports close together, or stay open: the supervisor chooses.

    This is the one way in which one decision closes the cases of many: they are one incident,
    each keeps its number, may be disputed, and its person is told in their language.

    Raises NotFound, NotAllowed, StaleForm, MissingText, DoesNotApply(reason="over"), and when
    closing MissingEvidence.
    """
    row = lock_disruption(disruption_id, actor, version=version)
    texts = {code: said.strip() for code, said in ending.texts.items() if said.strip()}
    if not texts:
        raise MissingText(field="text")
    now = clock.now()
    if (incident := open_incident_of(row)) is not None:
        _tell(incident, texts, ending.outcome, actor)
    row.ended_at = row.updated_at = now
    row.end_texts = texts
    row.version += 1
    row.save(update_fields=["ended_at", "updated_at", "end_texts", "version"])
    facts = {
        "texts": texts,
        "incident": row.incident_id,
        "outcome": ending.outcome.value if ending.outcome else None,
    }
    note(row, EventKind.DISRUPTION_ENDED, actor=actor, at=now, facts=facts)
    return row


def open_incident_of(row: Disruption) -> Incident | None:
    """The open incident that its reports belong to now, wherever a merge took them."""
    if row.incident_id is None:
        return None
    incident = Incident.objects.filter(pk=row.incident_id).first()
    while incident is not None and incident.merged_into_id is not None:
        incident = Incident.objects.get(pk=incident.merged_into_id)
    return incident if incident is not None and State(incident.state).is_open else None


def _tell(
    incident: Incident, texts: Mapping[str, str], outcome: Outcome | None, actor: Actor
) -> None:
    text = in_language(texts, "en")
    others = {code: said for code, said in texts.items() if said != text}
    if outcome is None:
        add_public_note(incident.pk, text, actor=actor, translations=others)
        return
    proof = Attachment.objects.filter(incident=incident, is_evidence=True)
    closing = Closing(
        outcome=outcome,
        text=text,
        evidence=tuple(proof.values_list("pk", flat=True)),
        translations=others,
    )
    close_incident(incident.pk, closing, actor=actor)
