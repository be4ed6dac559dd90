"""Opens a case that a disruption takes up: all of them belong to its one incident."""

from django.db import transaction

from hark311.cases.actions.open_case import Opening, join_case, open_case
from hark311.cases.disrupting.end_disruption import open_incident_of
from hark311.cases.disrupting.pen import note
from hark311.cases.models import Case
from hark311.disruptions.models import Disruption
from hark311.domain.actor import Actor
from hark311.domain.errors import CannotMerge, NotFound
from hark311.domain.vocabulary import EventKind, Visibility


@transaction.atomic
def open_under_disruption(opening: Opening, disruption_id: int, *, actor: Actor) -> Case:
    """Open a case that joins the disruption's incident; the first of them opens it.

    Where that incident was closed meanwhile, the case opens the next one. The number, the
    person and the promise are the case's own. Locks the disruption before any incident.

    Raises what open_case and join_case raise.
    """
    row = Disruption.objects.select_for_update(no_key=True).get(pk=disruption_id)
    incident = open_incident_of(row) if row.ended_at is None else None
    if incident is not None:
        try:
            with transaction.atomic():
                return join_case(opening, incident.pk, actor=actor)
        except (CannotMerge, NotFound):
            return open_case(opening, actor=actor)
    case = open_case(opening, actor=actor)
    if row.ended_at is None:
        row.incident_id = case.incident_id
        row.save(update_fields=["incident_id"])
        facts = {"incident": case.incident_id, "case": case.pk}
        note(
            row,
            EventKind.DISRUPTION_TIED,
            actor=actor,
            at=opening.opened_at,
            facts=facts,
            visibility=Visibility.STAFF,
        )
    return case
