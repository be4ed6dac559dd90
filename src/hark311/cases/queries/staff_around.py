"""What stands around an incident for staff: how the public sees it, links, clocks, ratings."""

from dataclasses import dataclass

from hark311.cases.models import Case, Follow
from hark311.cases.queries import staff_parts as parts
from hark311.cases.queries.public import PublicCase, record_of, with_parts
from hark311.cases.queries.staff_incident import StaffIncident
from hark311.cases.queries.staff_known import Names
from hark311.domain.actor import Actor
from hark311.domain.vocabulary import Privacy, Standing
from hark311.government.models import Jurisdiction


@dataclass(frozen=True, slots=True)
class Around:
    """What the page of an incident shows beside its cases and its history."""

    targets: tuple[parts.TargetLine, ...]
    ratings: parts.RatingSum
    linked: tuple[parts.LinkedIncident, ...]
    followers: int


def around(incident: StaffIncident, actor: Actor, names: Names) -> Around:
    """A fixed number of statements; the incident is one that the actor knows."""
    here = incident.incident_id
    leads_to = {
        **({incident.merged_into_id: "merged_into"} if incident.merged_into_id else {}),
        **({incident.follows_id: "follows"} if incident.follows_id else {}),
    }
    return Around(
        targets=parts.target_lines(here),
        ratings=parts.rating_sum(here),
        linked=parts.linked_incidents(here, leads_to, actor, names),
        followers=Follow.objects.filter(incident=here, to_at__isnull=True).count(),
    )


def shown_case(incident_id: int, jurisdiction: Jurisdiction) -> PublicCase | None:
    """The case by which people see an incident: its oldest public one that was not taken back.

    Where none is public, the oldest that was not taken back, which only its reporter sees;
    ``privacy`` tells which. None if it has no case any more. Four statements.
    """
    rows = Case.objects.filter(incident=incident_id, standing=Standing.ACTIVE.value)
    # The oldest comes last, so it is what stays.
    ids = dict(rows.order_by("-id").values_list("privacy", "id"))
    chosen = ids.get(Privacy.PUBLIC.value) or min(ids.values(), default=None)
    if chosen is None:
        return None
    row = with_parts(Case.objects.filter(pk=chosen)).get()
    return record_of(row, jurisdiction)
