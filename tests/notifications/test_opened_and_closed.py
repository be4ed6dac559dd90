"""A reporter is told by mail that a report arrived, and how it ended."""

import pytest
from tests.cases.make import FIXED, make_case, make_person, the_city, the_system
from tests.notifications.life import html_of, tell, text_of

from hark311.access.links import LinkKind, token_for
from hark311.cases.actions.close_incident import close_incident
from hark311.catalog.models import ServiceVersion
from hark311.catalog.queries import service_version
from hark311.domain.closing import Closing
from hark311.domain.vocabulary import Outcome
from hark311.notifications.models import Notice

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_reports_is_told_who_has_it_what_is_next_and_by_when(post):
    case = make_case(person=make_person(email="ada@people.test"))

    tell()

    [mail] = post.to("ada@people.test")
    assert mail["Subject"] == f"We have your report: {case.number}"
    assert mail["From"] == "Testville 311 <311@post.test>"
    for body in (text_of(mail), html_of(mail)):
        assert "Works" in body
        assert "Works will look at your report next." in body
        assert "Promised by" in body
        link = f"https://311.test/track/{case.number}?t={token_for(LinkKind.CASE, case.pk)}"
        assert link in body


def test_who_reported_is_told_how_it_ended_and_where_to_object(post):
    case = make_case(person=make_person(email="ada@people.test"))
    tell()
    close_incident(case.incident_id, FIXED, actor=the_system())

    tell()

    mail = post.to("ada@people.test")[-1]
    assert mail["Subject"] == f"Your report is closed: {case.number}"
    link = f"https://311.test/track/{case.number}?t={token_for(LinkKind.CASE, case.pk)}#dispute"
    for body in (text_of(mail), html_of(mail)):
        assert "Works closed it: Fixed." in body
        assert "Filled this morning." in body
        assert link in body


def test_in_spanish_every_sentence_is_spanish(post):
    person = make_person(email="ada@people.test")
    person.language = "es"
    person.save()
    case = make_case(person=person)
    close_incident(case.incident_id, FIXED, actor=the_system())

    tell()

    opened, closed = post.to("ada@people.test")
    assert opened["Subject"] == f"Recibimos su reporte: {case.number}"
    assert "Quién lo tiene: Works" in text_of(opened)
    assert f"https://311.test/es/track/{case.number}?t=" in text_of(opened)
    assert '<html lang="es" dir="ltr">' in html_of(opened)
    assert "Works lo cerró: Arreglado." in text_of(closed)
    assert "Filled this morning." in text_of(closed)


def test_the_notice_keeps_what_became_of_it(post):
    make_case(person=make_person(email="ada@people.test"))

    tell()

    notice = Notice.objects.get()
    [mail] = post.to("ada@people.test")
    assert (notice.state, notice.kind, notice.attempts) == ("sent", "opened", 1)
    assert notice.sent_at is not None
    assert mail["Message-ID"] == notice.message_id
    assert mail["Reply-To"].startswith(f"reply+{notice.pk}-")
    assert the_city().jurisdiction.pk == notice.jurisdiction_id


def test_the_services_own_closing_words_are_told_once_in_the_readers_language(post):
    person = make_person(email="ada@people.test")
    person.language = "es"
    person.save()
    _have_closing_text({"en": "We filled the hole.", "es": "Rellenamos el hoyo."})
    case = make_case(person=person)
    tell()
    said = Closing(outcome=Outcome.FIXED, text="We filled the hole.")
    close_incident(case.incident_id, said, actor=the_system())

    tell()

    body = text_of(post.to("ada@people.test")[-1])
    assert body.count("Rellenamos el hoyo.") == 1
    assert "We filled the hole." not in body


def _have_closing_text(texts: dict[str, str]) -> None:
    version = ServiceVersion.objects.get(service__code="pothole")
    version.content = {**version.content, "closing_texts": {"fixed": texts}}
    version.save()
    service_version.cache_clear()
