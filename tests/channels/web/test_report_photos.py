"""Photos of a report: added, looked at, left out, refused by name; nothing typed is lost by it."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.channels.web.test_report import HERE, HOLE, to_where
from tests.channels.web.walk import Walker, number_on

from hark311.cases.models import Attachment, Case
from hark311.channels.web.report.photos import MOST
from hark311.platform import media
from hark311.platform.media_pool import pool

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def no_process_stays():
    yield
    pool.close()


@pytest.fixture
def walker(city, client) -> Walker:
    return to_where(Walker(client)).send(address="12 Main Street", **HERE)


def photo(
    name="hole.jpg", color="red", *, gps=None, kind="JPEG", size=(40, 30), **how
) -> SimpleUploadedFile:
    made, exif = BytesIO(), Image.Exif()
    if gps:
        lat, lon = gps
        exif.get_ifd(0x8825).update(
            {1: "N", 2: (abs(lat), 0.0, 0.0), 3: "W", 4: (abs(lon), 0.0, 0.0)}
        )
    Image.new("RGB", size, color).save(made, kind, exif=exif, **how)
    return SimpleUploadedFile(name, made.getvalue())


CUT = photo(size=(300, 300)).read()[:-700]


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_photos_are_shown_one_is_left_out_and_the_rest_arrive(walker):
    walker.send(pictures=[photo(), photo("other.png", "blue", kind="PNG")], press="add")
    assert walker.url.endswith("#photos")
    assert "You can add 3 more." in walker.words
    names = [line.split('"')[0] for line in walker.text.split('name="remove" value="')[1:]]
    addresses = [line.split('"')[0] for line in walker.text.split('<img src="')[1:]]
    assert walker.client.get(addresses[0])["Content-Type"] == "image/jpeg"

    form = walker.form().values
    walker.page = walker.client.post(walker.url, {**form, "remove": names[0]}, follow=True)
    assert "You can add 4 more." in walker.words
    assert walker.client.get(addresses[0]).status_code == 404
    walker.send(q__size="plate").send()
    assert "1 photo" in walker.words
    walker.send()

    kept = Attachment.objects.get(case=Case.objects.get(number=number_on(walker)))
    assert kept.content_type == "image/png"


def test_answers_stay_while_photos_are_added(walker):
    walker.send(pictures=[photo()], q__size="car", press="add")

    assert walker.form().values["q-size"] == ["car"]


def test_a_photo_of_somebody_elses_report_is_not_shown(walker):
    walker.send(pictures=[photo()], press="add")
    address = walker.text.split('<img src="')[1].split('"')[0]

    assert Client().get(address).status_code == 404


@pytest.mark.parametrize(
    ("upload", "line"),
    [
        (file("hole.jpg", b"%PDF-1.7 x"), "“hole.jpg” is a PDF, not a photo."),
        (file("empty.jpg", b""), "“empty.jpg” is empty."),
        (file("big.jpg", b"x" * (media.LARGEST_BYTES + 1)), "“big.jpg” has more than 10 MB."),
        (file("x.jpg", b"<svg/>"), "“x.jpg” is a kind of picture that we cannot take."),
        (file("x.png", b"<html></html>"), "“x.png” is a web page, not a photo."),
        (file("x.jpg", b"hello"), "“x.jpg” is not a photo that we can open."),
        (file("cut.jpg", CUT), "“cut.jpg” is cut off or damaged."),
        (file("../../etc/\u202epasswd.jpg", b"x"), "“passwd.jpg” is not a photo"),
    ],
)
def test_what_is_no_photo_is_refused_by_its_name_and_the_rest_is_kept(walker, upload, line):
    walker.send(pictures=[photo(), upload], q__size="plate")

    assert walker.status == 422
    assert line in walker.words
    assert "You can add 4 more." in walker.words
    assert walker.form().values["q-size"] == ["plate"]
    walker.send()
    assert walker.url.startswith("/report/contact")


def test_of_forty_photos_the_first_five_are_kept_and_that_is_said(walker):
    shades = [photo(f"{shade}.jpg", (shade * 6, 0, 0)) for shade in range(40)]
    walker.send(pictures=shades, q__size="plate")

    assert walker.status == 422
    assert f"We take up to {MOST} photos" in walker.words
    assert "You chose 40." in walker.words
    assert walker.text.count("<img src=") == MOST


def test_of_a_picture_that_moves_it_is_said_that_the_first_is_kept(walker):
    more = [Image.new("RGB", (40, 30), "blue")]
    moving = photo("a.webp", kind="WEBP", save_all=True, append_images=more)
    walker.send(pictures=[moving], press="add")

    assert "“a.webp” moves. We keep its first picture." in walker.words
    assert "You can add 4 more." in walker.words


def test_the_place_of_a_photo_is_offered_and_used_only_when_taken(walker):
    walker.send(pictures=[photo(gps=(39.76, 98.56))], press="add")
    assert "We use it only if you say so." in walker.words
    assert "meters from the place you gave" in walker.words

    walker.send(press="use_photo_place")
    assert "We use it only if you say so." not in walker.words
    walker.send(q__size="plate").send().send()
    assert Case.objects.get().lat == pytest.approx(39.76)


def test_the_place_of_a_photo_that_nobody_took_up_is_nowhere_in_the_case(walker):
    walker.send(pictures=[photo(gps=(39.76, 98.56))], q__size="plate").send().send()

    case = Case.objects.get()
    assert (case.lat, case.lon) == (39.75, -98.55)


def test_a_photo_from_outside_the_city_offers_no_place(walker):
    walker.send(pictures=[photo(gps=(10.0, 10.0))], press="add")

    assert "Use that place" not in walker.words


def test_a_script_sends_one_and_gets_the_part_of_the_page(walker):
    draft = walker.form().values["draft"][0]
    answer = walker.client.post("/report/photos", {"draft": draft, "pictures": photo()})

    assert answer.status_code == 200
    assert "Your photo 1" in answer.json()["html"]
    values = {**walker.form().values, "draft": answer.json()["draft"], "q-size": "plate"}
    walker.page = walker.client.post(walker.url, values, follow=True)
    walker.url = walker.page.redirect_chain[-1][0]
    assert "1 photo" in walker.send().words


def test_a_script_hears_by_name_what_cannot_be_taken(walker):
    draft = walker.form().values["draft"][0]
    bad = file("hole.jpg", b"%PDF-1.7")
    answer = walker.client.post("/report/photos", {"draft": draft, "pictures": bad})

    assert answer.status_code == 422
    assert "“hole.jpg” is a PDF" in answer.json()["html"]


def test_photos_outlive_the_session(walker):
    form = walker.send(pictures=[photo()], press="add").form()
    walker.client.cookies.clear()

    answer = walker.client.post("/report/details", {**form.values, "q-size": "plate"}, follow=True)
    assert "1 photo" not in answer.content.decode()  # the step of contact names none
    walker.page, walker.url = answer, answer.redirect_chain[-1][0]
    assert "1 photo" in walker.send().words
    assert HOLE in walker.words
