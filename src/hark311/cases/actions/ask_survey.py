"""Asks the silent reporters of something that was closed whether it is fixed, once."""

from datetime import datetime

from hark311.cases.ledger import record
from hark311.cases.models import Case, Incident
from hark311.domain.actor import Actor
from hark311.domain.vocabulary import EventKind, Origin, Standing, Visibility


def ask_survey_locked(incident: Incident, *, actor: Actor, at: datetime) -> list[Case]:
    """Ask about a closed incident that is locked and due; return whose cases it is about.

    Left out: who took it back, has rated or questioned this closing, gave no name to ask by, or
    was imported. Where nobody is left, only staff read that the time came.
    """
    silent = _silent(incident)
    incident.survey_at = None
    record(
        incident,
        EventKind.SURVEY_ASKED,
        actor=actor,
        at=at,
        facts={"cases": [case.pk for case in silent]},
        rows=[incident],
        visibility=Visibility.REPORTER if silent else Visibility.STAFF,
    )
    return silent


def _silent(incident: Incident) -> list[Case]:
    active = Case.objects.filter(
        incident=incident,
        standing=Standing.ACTIVE.value,
        is_sensitive=False,
        person__isnull=False,
        origin=Origin.LIVE.value,
    )
    told = active.exclude(ratings__at__gte=incident.closed_at)
    return list(told.exclude(disputes__requested_at__gte=incident.closed_at).order_by("id"))
