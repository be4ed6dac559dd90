"""The pages of a case, for anybody and for the one whose it is; the account."""

from tests.faces.town import AWKWARD, FacePage, Seen, Town, found, seen_by

from hark311.cases.actions.close_incident import close_incident
from hark311.domain.closing import Closing
from hark311.domain.vocabulary import Outcome


def public(town: Town) -> str:
    return f"/track/{town.report(days_ago=2).number}"


def own(town: Town) -> Seen:
    case = town.report(contact=town.reporter(), days_ago=1)
    return seen_by(town.walker().go(town.own_link(case)))


def awkward(town: Town) -> str:
    return f"/track/{town.report(description=AWKWARD).number}"


def closed(town: Town) -> Seen:
    case = town.report(service_code="streetlight", answers={}, contact=town.reporter("Bo Lee"))
    told = Closing(Outcome.INFORMATION_GIVEN, text="The lamp belongs to the power company.")
    close_incident(case.incident_id, told, actor=town.staff)
    return seen_by(town.walker().go(town.own_link(case)))


PAGES = (
    FacePage("track", found("/track")),
    FacePage("track/refused", found("/track?number=12"), status=422),
    FacePage("track/unknown", found("/track/26-00009999-0"), status=404),
    FacePage("case", public),
    FacePage("case/own", own),
    FacePage("case/awkward", awkward, but_not=(("grade", "the words of a resident"),)),
    FacePage("case/closed", closed),
    FacePage("account/sign_in", found("/account")),
)
