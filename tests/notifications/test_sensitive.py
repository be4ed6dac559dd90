"""What is mailed about a sensitive case gives nothing away to whoever reads along."""

from collections.abc import Callable

import pytest
from tests.cases.make import (
    make_case,
    make_person,
    resident_actor,
    staff_actor,
    the_city,
    the_system,
)
from tests.notifications.life import html_of, tell, text_of

from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.add_note import add_public_note
from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.change_service import change_service
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.decline_dispute import decline_dispute
from hark311.cases.actions.reopen_incident import reopen_incident
from hark311.cases.actions.request_dispute import request_dispute
from hark311.cases.models import Case
from hark311.catalog.models import ServiceVersion
from hark311.catalog.pack.pack_format import PLACEHOLDERS
from hark311.catalog.queries import service_version
from hark311.domain.closing import Closing
from hark311.domain.vocabulary import Outcome
from hark311.government.models import Queue
from hark311.notifications.kinds import Kind
from hark311.notifications.models import Notice
from hark311.people.models import Person

pytestmark = pytest.mark.django_db

ADA = "ada@people.test"
SAID = "We knocked at the blue door."
# The service, its queue and department, its texts, and the report itself.
SECRETS = ("Wellbeing", "Care", "Community", "Visits", "knocked", "blue door", "bruises")
ENDED = Closing(Outcome.NOT_OURS, SAID, detail="The hospital with the blue door")


def _closed(case: Case) -> None:
    close_incident(case.incident_id, ENDED, actor=the_system())


def _reopened(case: Case) -> None:
    _closed(case)
    reopen_incident(case.incident_id, SAID, actor=the_system())


def _answered(case: Case) -> None:
    _closed(case)
    dispute = request_dispute(case.pk, "Her bruises are new.", actor=resident_actor(case))
    decline_dispute(dispute.pk, SAID, actor=staff_actor(queues=("care",)))


HAPPENS: dict[Kind, Callable[[Case], object]] = {
    Kind.OPENED: lambda case: case,
    Kind.QUESTION: lambda case: ask_reporter(case.pk, SAID, actor=the_system()),
    Kind.UPDATE: lambda case: (
        acknowledge_incident(case.incident_id, actor=the_system()),
        add_public_note(case.incident_id, SAID, actor=the_system()),
    ),
    Kind.CLOSED: _closed,
    Kind.REOPENED: _reopened,
    Kind.DISPUTE_ANSWERED: _answered,
}


@pytest.fixture
def case(frozen_clock) -> Case:
    """A sensitive case in a city that words everything itself."""
    city = the_city().jurisdiction
    city.contact = "311 or 555-0100"
    city.settings["messages"] = {
        kind.value: {
            "subjects": {"en": " ".join(f"{{{name}}}" for name in sorted(names))},
            "texts": {"en": " ".join(f"{{{name}}}" for name in sorted(names))},
        }
        for kind, names in PLACEHOLDERS.items()
    }
    city.save()
    Queue.objects.filter(code="care").update(names={"en": "Care visits", "es": "Care"})
    version = ServiceVersion.objects.get(service__code="wellbeing")
    version.content["next_step"] = {"en": "Visits are made by day.", "es": "Visits"}
    version.content["closing_texts"] = {"not_ours": {"en": "Visits end.", "es": "Visits"}}
    version.save()
    service_version.cache_clear()
    person = make_person(email=ADA)
    return make_case(service="wellbeing", person=person, description="Bruises; the blue door.")


def test_every_kind_of_notice_that_one_case_can_get_is_tried():
    # A sensitive matter is never joined with another, so nobody's case is moved; and nobody is
    # asked how it went.
    assert set(HAPPENS) == set(Kind) - {Kind.MOVED, Kind.SURVEY}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", HAPPENS)
def test_it_says_only_that_there_is_news_and_who_to_call(post, case, kind, language):
    Person.objects.filter(email=ADA).update(language=language)
    HAPPENS[kind](case)

    tell()

    sent = {"en": "There is news about your case", "es": "Hay noticias sobre su caso"}
    assert kind.value in set(Notice.objects.filter(state="sent").values_list("kind", flat=True))
    for mail in post.to(ADA):
        assert mail["Subject"] == f"{sent[language]}: {case.number}"
        for body in (text_of(mail), html_of(mail)):
            assert sent[language] in body
            assert case.number in body
            assert "311 or 555-0100" in body
            assert "https://" not in body
            for secret in SECRETS:
                assert secret.lower() not in body.lower()


def test_a_case_that_became_sensitive_before_its_mail_left_gives_nothing_away(post, case):
    other = make_case(person=make_person(email="eve@people.test"), description="The blue door.")
    add_public_note(other.incident_id, SAID, actor=the_system())
    change_service(other.incident_id, "wellbeing", actor=the_system())

    tell()

    for mail in post.to("eve@people.test"):
        assert "Pothole" not in text_of(mail) + html_of(mail) + mail["Subject"]
        assert SAID not in text_of(mail) + html_of(mail)
    assert len(post.to("eve@people.test")) == 3
