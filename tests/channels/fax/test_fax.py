"""A fax becomes a draft beside the pictures of its pages, and none is ever lost."""

import shutil

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.cases.make import City, make_city
from tests.channels.fax.paper import FINE, STANDARD, faxed, filled_in, hand_in, letter
from tests.channels.fax.paper import SECRET as FAX_SECRET

from hark311.catalog.queries import active_services
from hark311.channels.fax import hook
from hark311.channels.fax.forms import form_pdf
from hark311.channels.fax.jobs import take_kept
from hark311.contacts.models import Draft, IncomingFile, Message, Tally
from hark311.platform import media

pytestmark = pytest.mark.django_db
needs_eyes = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="no tesseract is installed (Debian: tesseract-ocr)"
)
VALUES = {
    "description": "Deep pothole in the right lane\nbefore the school",
    "address": "120 Elm Street",
    "name": "Ada Poe",
    "phone": "404 555 0123",
}


@pytest.fixture
def city(db, frozen_clock, settings) -> City:
    settings.ALLOWED_HOSTS, settings.FAX_SECRET = ["*"], FAX_SECRET
    return make_city()


def work_off() -> None:
    for job in ProcrastinateJob.objects.filter(queue_name="fax").order_by("id"):
        take_kept(**job.args)


def handed_in(client: Client, content: bytes, **more: str) -> Draft:
    assert hand_in(client, content, **more).status_code == 204
    work_off()
    return Draft.objects.latest("id")


def form_of(city: City) -> bytes:
    service = next(one for one in active_services(city.jurisdiction) if one.code == "pothole")
    return form_pdf(service, city.jurisdiction, "en")


@needs_eyes
@pytest.mark.parametrize(
    ("dots", "turned"),
    [
        pytest.param(FINE, 0, id="fine"),
        pytest.param(STANDARD, 0, id="standard"),
        pytest.param(FINE, 1.5, id="slipped"),
    ],
)
def test_our_own_form_is_read_box_by_box(client, city, dots, turned):
    page = filled_in(form_of(city), VALUES, turned=turned)
    content = handed_in(client, faxed([page], dots)).content

    assert content["service_code"] == "pothole"
    assert "pothole in the right lane" in content["description"]
    assert "120 Elm Street" in content["address_text"]
    assert content["contact"]["name"] == "Ada Poe"


@needs_eyes
def test_a_free_letter_is_read_whole(client, city):
    pages = [letter("To the city:\nthere is a deep pothole"), letter("on the second page")]
    draft = handed_in(client, faxed(pages))

    assert "deep pothole" in draft.content["description"]
    assert "second page" in draft.content["description"]
    assert draft.content["service_code"] == "pothole"
    assert draft.content["contact"]["phone"] == "+14045550199"


def test_the_pages_stand_beside_the_draft(client, city):
    draft = handed_in(client, faxed([letter("One"), letter("Two")]))

    pages = IncomingFile.objects.filter(interaction=draft.interaction, kind="page")
    assert [media.read(one.storage_key)[:4] for one in pages] == [b"\x89PNG", b"\x89PNG"]


@pytest.mark.parametrize(
    "content", [pytest.param(b"no fax at all", id="neither"), pytest.param(b"II*\x00", id="torn")]
)
def test_what_cannot_be_opened_reaches_a_person_and_is_kept(client, city, content):
    draft = handed_in(client, content)

    message = Message.objects.get(interaction=draft.interaction)
    assert media.read(message.original_key) == content
    assert "could not be opened" in draft.content["notes"]


def test_more_than_the_limit_is_refused_and_kept(client, city, monkeypatch):
    monkeypatch.setattr(hook, "LARGEST_BYTES", 10)
    monkeypatch.setattr("hark311.platform.pages.LARGEST_BYTES", 10)
    answer = hand_in(client, b"II*\x00 too large")
    work_off()

    assert answer.status_code in {400, 413, 422}
    assert "over 20 MB" in Draft.objects.get().content["notes"]


def test_of_a_long_fax_fifty_pages_are_shown_and_all_is_kept(client, city, monkeypatch):
    monkeypatch.setattr("hark311.channels.fax.taking.words_on", lambda *_given: "")
    small = letter("x").resize((432, 573))
    draft = handed_in(client, faxed([small] * 52))

    assert IncomingFile.objects.filter(kind="page").count() == 50
    assert "first 50 pages" in draft.content["notes"]


def test_a_fax_that_is_handed_in_again_gives_nothing_twice(client, city):
    content = faxed([letter("One")])
    first, second = hand_in(client, content), hand_in(client, content)
    work_off()
    work_off()

    assert (first.status_code, second.status_code) == (204, 403)
    assert Draft.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        pytest.param({"secret": "guess"}, "signature", id="wrong"),
        pytest.param({"at": "1000"}, "old", id="old"),
        pytest.param({"at": "soon"}, "old", id="no time"),
    ],
)
def test_what_is_not_proved_is_refused_and_counted(client, city, more, reason):
    assert hand_in(client, b"II*\x00", **more).status_code == 403
    assert dict(Tally.objects.values_list("name", "count")) == {f"refused:{reason}": 1}


def test_another_file_than_was_signed_is_refused(client, city):
    assert hand_in(client, b"II*\x00", sha256="0" * 64).status_code == 400


def test_without_a_secret_no_fax_is_taken(client, city, settings):
    settings.FAX_SECRET = ""

    assert hand_in(client, b"II*\x00", secret="").status_code == 403


@pytest.mark.parametrize("prefix", ["", "/es", "/ar"])
def test_the_form_of_a_service_is_there_to_print(client, city, prefix):
    answer = client.get(f"{prefix}/fax/pothole.pdf")

    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")


def test_there_is_no_form_of_an_unknown_service(client, city):
    assert client.get("/fax/nothing.pdf").status_code == 404
