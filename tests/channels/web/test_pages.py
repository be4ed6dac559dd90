"""What holds of every page: languages, refusals, whom to call, and no words lost or leaked."""

import re
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.test import Client
from PIL import Image
from tests.channels.web.cases import make_report
from tests.channels.web.walk import Walker

from hark311.cases.models import Case
from hark311.government.models import Jurisdiction
from hark311.platform.mail import OutboxBackend

pytestmark = pytest.mark.django_db

PAGES = ["/", "/report", "/track", "/cases", "/answers/which-number", "/account"]


@pytest.fixture
def walker(city, client) -> Walker:
    return Walker(client)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["", "/es"])
def test_every_page_begins_with_whom_to_call_and_says_its_language(walker, page, language):
    walker.go(f"{language}{page}")

    assert walker.status == 200
    assert walker.text.index("tel:911") < walker.text.index("<h1")
    assert f'<html lang="{language[1:] or "en"}" dir="ltr">' in walker.text


@pytest.mark.parametrize("page", PAGES)
def test_no_style_or_script_stands_inside_a_page(walker, page):
    walker.go(page)

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", walker.text)
    assert set(re.findall(r"<script[^>]*>([^<]*)", walker.text)) == {""}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_in_spanish_has_no_english_sentence_of_ours(walker, page):
    walker.go(f"/es{page}")

    for sentence in ("Who has it", "Skip to", "What others", "Which number", "Next", "Sign in"):
        assert sentence not in walker.words


def test_languages_without_pages_are_named_but_not_linked(walker):
    walker.go("/")

    assert "Kreyòl ayisyen" in walker.text
    assert 'hreflang="ht"' not in walker.text
    assert 'dir="rtl">العربية' in walker.text


def test_the_browsers_language_is_offered_once_and_never_forced(walker):
    walker.go("/", **{"accept-language": "es-MX,es;q=0.9"})
    assert "Esta página también está en español." in walker.words
    assert 'lang="en"' in walker.text

    walker.go("/", **{"accept-language": "es-MX,es;q=0.9"})
    assert "Esta página también" not in walker.words


def test_the_hue_of_the_city_comes_as_a_style_sheet(walker, city):
    answer = walker.client.get("/brand.css")

    assert answer.content.decode() == f":root{{--hue:{city.hue}}}\n"
    assert answer.headers["Content-Type"].startswith("text/css")


@pytest.mark.parametrize("language", ["", "/es"])
def test_an_address_that_is_none_gets_a_page(walker, language):
    walker.go(f"{language}/nowhere")

    assert walker.status == 404
    assert ("Aquí no hay nada" if language else "There is nothing here") in walker.words


def test_a_fault_of_ours_shows_no_trace(city, monkeypatch):
    def fail(*_args: object, **_named: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("hark311.channels.web.home.public_list", fail)
    answer = Client(raise_request_exception=False).get("/")

    assert answer.status_code == 500
    assert b"Our fault, not yours" in answer.content
    assert b"secret detail" not in answer.content


def test_the_pages_of_one_city_show_nothing_of_another(walker, city):
    case = make_report(city)
    Jurisdiction.objects.create(
        key="otherville", names={"en": "Otherville"}, hosts=["other.localhost"], center_lon=0,
        center_lat=0,
    )  # fmt: skip

    page = walker.client.get("/cases", headers={"host": "other.localhost"})
    gate = walker.client.get(f"/track/{case.number}", headers={"host": "other.localhost"})

    assert "Otherville" in page.content.decode()
    assert case.number not in page.content.decode()
    assert gate.status_code == 404


def test_the_questions_lead_to_a_number_or_a_report(walker):
    walker.go("/answers/which-number")

    assert "Someone is in danger" in walker.words
    assert 'href="tel:911"' in walker.text
    assert "/report?service=other" in walker.text
    assert walker.go("/answers/which-number?at=nonsense").status == 200


def test_the_mail_of_a_demonstration_is_readable_and_of_no_other_place(walker, settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path)
    OutboxBackend().send_messages(
        [EmailMessage("Hello", "See http://testserver/track", to=["ada@people.test"])]
    )
    settings.DEMO = False
    assert walker.go("/demo/outbox").status == 404

    settings.DEMO = True
    assert "Hello" in walker.go("/demo/outbox").words
    name = next(tmp_path.glob("*.eml")).name
    assert 'href="http://testserver/track"' in walker.go(f"/demo/outbox/{name}").text
    assert walker.go("/demo/outbox/..%2f..%2fsecret.key").status == 404


def picture(color: str = "red") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (40, 30), color).save(content, "JPEG")
    return SimpleUploadedFile("hole.jpg", content.getvalue(), "image/jpeg")


def to_details(walker: Walker) -> Walker:
    walker.go("/report").send(description="Hole.", service="pothole")
    return walker.send(lat="39.75", lon="-98.55")


def test_photos_from_the_device_go_with_the_report(walker):
    form = to_details(walker).form()
    data = {**form.values, "q-size": "plate", "pictures": [picture(), picture("blue")]}
    walker.page = walker.client.post(walker.url, data, follow=True)
    walker.url = walker.page.redirect_chain[-1][0]
    walker.send()
    assert "2 photos" in walker.words
    walker.send()

    assert len(Case.objects.get().media_urls) == 2


def test_a_public_page_weighs_little(walker, city):
    for _more in range(20):
        make_report(city)
    styles = sum(
        path.stat().st_size for path in (settings.PACKAGE / "platform/static/hark").glob("*")
    )

    assert len(walker.go("/cases").page.content) + styles < 100_000
