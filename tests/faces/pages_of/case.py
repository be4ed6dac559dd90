"""The pages of a case, for anybody and for the one whose it is; the account."""

from tests.channels.web.walk import Walker
from tests.faces.town import AWKWARD, FacePage, Seen, Town, found, seen_by

from hark311.access.links import LinkKind, token_for
from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.close_incident import close_incident
from hark311.domain.closing import Closing
from hark311.domain.vocabulary import Outcome
from hark311.government.models import Account
from hark311.people.models import Person
from hark311.platform import clock


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


def asked(town: Town) -> Seen:
    case = town.report(contact=town.reporter("Cy Roe"), days_ago=1)
    ask_reporter(case.pk, "Which lane is the hole in?", actor=town.staff)
    return seen_by(town.walker().go(town.own_link(case)))


def everyones(town: Town) -> Seen:
    case = town.report(contact=town.reporter("Di Fox"), days_ago=1)
    walker = town.walker().go(town.own_link(case))
    return seen_by(walker, f"/track/{case.number}?as=everyone")


def survey(town: Town) -> str:
    case = town.report(service_code="streetlight", answers={}, contact=town.reporter("Ed Oak"))
    told = Closing(Outcome.INFORMATION_GIVEN, text="The lamp belongs to the power company.")
    close_incident(case.incident_id, told, actor=town.staff)
    return f"/track/{case.number}/survey?t={token_for(LinkKind.SURVEY, case.pk)}"


def account(town: Town) -> Seen:
    return seen_by(_signed_in(town), "/account")


def preferences(town: Town) -> Seen:
    return seen_by(_signed_in(town), "/account/preferences")


def _signed_in(town: Town) -> Walker:
    holder, _is_new = Account.objects.get_or_create(
        email="flo@people.test", defaults={"joined_at": clock.now()}
    )
    case = town.report(contact=town.reporter("Flo Ray"), days_ago=1)
    Person.objects.filter(pk=case.person_id).update(account=holder)
    walker = town.walker()
    walker.client.force_login(holder, backend="django.contrib.auth.backends.ModelBackend")
    return walker


PAGES = (
    FacePage("track", found("/track")),
    FacePage("track/refused", found("/track?number=12"), status=422),
    FacePage("track/unknown", found("/track/26-00009999-0"), status=404),
    FacePage("case", public),
    FacePage("case/own", own),
    FacePage("case/awkward", awkward, but_not=(("grade", "the words of a resident"),)),
    FacePage("case/closed", closed),
    FacePage("case/asked", asked),
    FacePage("case/everyones", everyones),
    FacePage("case/survey", survey),
    FacePage("account/sign_in", found("/account")),
    FacePage("account/status", account),
    FacePage("account/preferences", preferences),
)
