"""The page of an incident, and the pages of what can be done with it."""

from tests.faces.town import CREW, SUPERVISOR, FacePage, Town


def incident(town: Town) -> str:
    return f"/staff/incidents/{town.report(contact=town.reporter()).incident_id}"


def closing(town: Town) -> str:
    return f"{incident(town)}/close"


PAGES = (
    FacePage("incident", incident, who=SUPERVISOR),
    FacePage("incident/crew", incident, who=CREW),
    FacePage("incident/close", closing, who=SUPERVISOR),
)
