"""A city's own words replace the built-in ones, and everything they name is filled in."""

from pathlib import Path

import pytest
from django.conf import settings
from tests.cases.make import (
    FIXED,
    anybody,
    make_case,
    make_person,
    resident_actor,
    staff_actor,
    the_city,
    the_system,
)
from tests.notifications.life import html_of, tell, text_of

from hark311.cases.actions.add_note import add_public_note
from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.decline_dispute import decline_dispute
from hark311.cases.actions.follow_incident import follow_incident
from hark311.cases.actions.reopen_incident import reopen_incident
from hark311.cases.actions.request_dispute import request_dispute
from hark311.cases.models import Case
from hark311.catalog.models import ServiceVersion
from hark311.catalog.pack.pack_format import PLACEHOLDERS, NoticeKind
from hark311.catalog.queries import service_version
from hark311.commands.load_city import load_city
from hark311.government.models import Jurisdiction
from hark311.notifications.models import Notice
from hark311.notifications.wording import filled
from hark311.people.models import Person

pytestmark = pytest.mark.django_db

ADA = "ada@people.test"
PACKS = sorted(Path(settings.PACKAGE).parents[1].glob("cities/*/"))


def have_words(words: dict[NoticeKind, tuple[str, str]], language: str = "en") -> None:
    city = the_city().jurisdiction
    city.settings["messages"] = {
        kind.value: {"subjects": {language: subject}, "texts": {language: text}}
        for kind, (subject, text) in words.items()
    }
    city.save()


def live_a_life(case: Case) -> None:
    """Everything that a person is told of: opened, update, question, closed, answer, reopened."""
    crew = staff_actor()
    add_public_note(case.incident_id, "The crew comes Monday.", actor=crew)
    tell()
    ask_reporter(case.pk, "Which lane?", actor=crew)
    tell()
    close_incident(case.incident_id, FIXED, actor=the_system())
    dispute = request_dispute(case.pk, "Still there.", actor=resident_actor(case))
    decline_dispute(dispute.pk, "We measured it.", actor=crew)
    tell()
    reopen_incident(case.incident_id, "It broke again.", actor=crew)
    tell()


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_placeholder_of_every_notice_is_filled(post, language):
    every = {
        kind: (
            "{number}",
            "".join(f"<{name}={{{name}}}>" for name in sorted(names)),
        )
        for kind, names in PLACEHOLDERS.items()
    }
    have_words(every, language)
    person = make_person(email=ADA)
    Person.objects.filter(pk=person.pk).update(language=language)

    live_a_life(make_case(person=person))

    told = {Notice.objects.get(message_id=mail["Message-ID"]).kind: mail for mail in post.to(ADA)}
    assert set(told) == {kind.value for kind in NoticeKind}
    for kind, names in PLACEHOLDERS.items():
        text = text_of(told[kind.value]).replace("\n", " ")
        empty = [name for name in names if f"<{name}=>" in text or f"<{name}=" not in text]
        assert empty == [], f"{kind} leaves these empty: {text}"
        assert "{" not in text


def test_words_in_another_language_than_the_readers_are_not_used(post):
    have_words({NoticeKind.OPENED: ("Bonjour", "Bonjour {number}")}, "fr")
    case = make_case(person=make_person(email=ADA))

    tell()

    [mail] = post.to(ADA)
    assert mail["Subject"] == f"We have your report: {case.number}"


def test_the_number_stands_in_every_subject_and_the_links_in_every_closing(post):
    have_words({NoticeKind.CLOSED: ("We are done", "{closing} Thank you.")})
    case = make_case(person=make_person(email=ADA))
    close_incident(case.incident_id, FIXED, actor=the_system())

    tell()

    mail = post.to(ADA)[-1]
    assert mail["Subject"] == f"We are done ({case.number})"
    for body in (text_of(mail), html_of(mail)):
        assert "Filled this morning. Thank you." in body
        assert f"/track/{case.number}?t=" in body
        assert "#dispute" in body


def test_what_staff_wrote_stays_text_in_the_citys_words(post):
    have_words({NoticeKind.UPDATE: ("News {number}", "{update} See {link}")})
    case = make_case(person=make_person(email=ADA))
    add_public_note(case.incident_id, "<script>alert(1)</script>", actor=staff_actor())

    tell()

    mail = post.to(ADA)[-1]
    assert "<script" not in html_of(mail)
    assert f'<a href="https://311.test/track/{case.number}' in html_of(mail)


def test_followers_get_the_built_in_words(post):
    have_words({NoticeKind.CLOSED: ("Yours {number}", "{closing} {dispute_link}")})
    case = make_case()
    follow_incident(case.pk, make_person(email=ADA).pk, actor=anybody())
    close_incident(case.incident_id, FIXED, actor=the_system())

    tell()

    [mail] = post.to(ADA)
    assert mail["Subject"] == f"A report you follow is closed: {case.number}"


def test_the_phrase_of_the_service_stands_beside_the_words_of_staff(post):
    person = make_person(email=ADA)
    Person.objects.filter(pk=person.pk).update(language="es")
    case = make_case(person=person)
    version = ServiceVersion.objects.get(pk=case.service_version_id)
    version.content["closing_texts"] = {"fixed": {"en": "It is filled.", "es": "Está tapado."}}
    version.save()
    service_version.cache_clear()
    close_incident(case.incident_id, FIXED, actor=the_system())

    tell()

    text = text_of(post.to(ADA)[-1])
    assert "Está tapado." in text
    assert "Palabras del departamento:\nFilled this morning." in text


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_words_of_each_pack_that_comes_along_can_be_filled(folder, language):
    loaded: Jurisdiction = load_city(folder)[0]
    messages = loaded.settings["messages"]

    for kind, message in messages.items():
        facts = {name: f"({name})" for name in PLACEHOLDERS[NoticeKind(kind)]}
        text = filled(message["texts"][language], facts)
        assert "{" not in text
        assert "(" in text
    assert messages


def test_blanks_that_an_empty_fact_leaves_are_closed():
    assert filled("{a} {b} {c}\n{{x}}", {"a": "one", "c": "three"}) == "one three\n{x}"


@pytest.mark.parametrize(("language", "label"), [("en", "All sorted"), ("es", "Todo listo")])
def test_the_outcome_is_called_as_the_city_calls_it(post, language, label):
    city = the_city().jurisdiction
    city.settings["outcomes"] = {"fixed": {"names": {"en": "All sorted", "es": "Todo listo"}}}
    city.save()
    person = make_person(email=ADA)
    Person.objects.filter(pk=person.pk).update(language=language)
    case = make_case(person=person)
    close_incident(case.incident_id, FIXED, actor=the_system())

    tell()

    mail = post.to(ADA)[-1]
    assert label in text_of(mail)
    assert label in html_of(mail)
