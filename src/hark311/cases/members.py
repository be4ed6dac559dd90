"""Reads which cases belong to an incident; used by actions under the incident's lock."""

from hark311.cases.models import Case, Incident, Membership
from hark311.domain.vocabulary import Standing


def cases_of(incident: Incident) -> list[Case]:
    """Every case that belongs to the incident now, withdrawn ones included, oldest first."""
    return list(
        Case.objects.select_for_update(no_key=True).filter(incident=incident).order_by("id")
    )


def active_cases_of(incident: Incident) -> list[Case]:
    """The cases whose reporters still want it done, oldest first."""
    return list(
        Case.objects.select_for_update(no_key=True)
        .filter(incident=incident, standing=Standing.ACTIVE.value)
        .order_by("id")
    )


def membership_now(case: Case) -> Membership:
    """The row that says where the case belongs now."""
    return Membership.objects.select_for_update(no_key=True).get(case=case, to_at__isnull=True)
