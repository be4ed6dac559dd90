"""The page of an incident, and the pages of what can be done with it."""

from tests.faces.town import AWKWARD, CREW, SUPERVISOR, FacePage, Town

from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.add_note import add_internal_note, add_public_note
from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.order_work import order_work
from hark311.cases.models import Incident
from hark311.domain.vocabulary import WorkOrderKind

_TYPED = (("grade", "the words of a resident"),)


def incident(town: Town) -> str:
    return f"/staff/incidents/{town.report(contact=town.reporter()).incident_id}"


def full(town: Town) -> str:
    """An incident with something in each of its parts, and words that never break."""
    case = town.report(contact=town.reporter(), description=AWKWARD, days_ago=2)
    row = Incident.objects.get(pk=case.incident_id)
    acknowledge_incident(row.pk, actor=town.staff)
    add_internal_note(row.pk, AWKWARD, actor=town.staff)
    add_public_note(row.pk, "A crew comes on Tuesday.", actor=town.staff)
    ask_reporter(case.pk, "Which lane is it in?", actor=town.staff)
    order_work(row.pk, WorkOrderKind.REPAIR, row.queue_id, AWKWARD, actor=town.staff)
    return f"/staff/incidents/{row.pk}"


def deed(code: str):
    return lambda town: f"{incident(town)}/{code}"


PAGES = (
    FacePage("incident", incident, who=SUPERVISOR),
    FacePage("incident/full", full, who=SUPERVISOR, but_not=_TYPED),
    FacePage("incident/crew", incident, who=CREW),
    FacePage("incident/close", deed("close"), who=SUPERVISOR),
    FacePage("incident/news", deed("news"), who=SUPERVISOR),
    FacePage("incident/ask", deed("ask"), who=SUPERVISOR),
    FacePage("incident/transfer", deed("transfer"), who=SUPERVISOR),
    FacePage("incident/order", deed("order"), who=SUPERVISOR),
    FacePage("incident/merge", deed("merge"), who=SUPERVISOR),
    FacePage("texts", lambda _town: "/staff/texts", who=SUPERVISOR),
    FacePage("texts/new", lambda _town: "/staff/texts/new", who=SUPERVISOR),
)
