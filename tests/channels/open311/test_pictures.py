"""Pictures that come with a request: kept clean, addressed at once, shown once checked."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.cases.make import make_case
from tests.channels.open311.city import HERE, ApiClient, error_of, make_open_city, secret_of

from hark311.cases.models import Attachment, Case, Incident
from hark311.domain.vocabulary import Privacy

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(frozen_clock):
    return ApiClient(secret_of(make_open_city()))


def picture(color="red", name="hole.jpg"):
    drawn = BytesIO()
    noted = Image.Exif()
    noted[0x010F] = "Camera of Ada Poe"
    Image.new("RGB", (40, 30), color).save(drawn, "JPEG", exif=noted)
    return SimpleUploadedFile(name, drawn.getvalue(), "image/jpeg")


@pytest.mark.parametrize("name", ["media", "media[]", "photo1", "file"])
def test_a_picture_has_its_address_at_once_whatever_its_field_is_called(api, client, name):
    number = api.report(**{name: picture()})

    url = api.json(f"requests/{number}.json")[0]["media_url"]
    assert url.startswith("http://localhost/media/")
    shown = client.get(url.removeprefix("http://localhost"))
    assert shown.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert "This picture is being checked." in shown.content.decode()


def test_once_checked_a_picture_is_shown_without_what_the_camera_noted(api, client):
    number = api.report(media=picture())
    Attachment.objects.update(state="shown")

    address = Case.objects.get(number=number).media_urls[0]
    shown = client.get(address)

    assert shown.headers["Content-Type"] == "image/jpeg"
    assert b"Ada Poe" not in shown.content
    assert Image.open(BytesIO(shown.content)).size == (40, 30)


def test_links_and_pictures_come_together(api):
    number = api.report(
        media=[picture("red"), picture("blue")], media_url="https://example.org/p.jpg"
    )

    (row,) = api.json(f"requests/{number}.json", extensions="true")
    assert row["media_url"] == "https://example.org/p.jpg"
    assert len(set(row["extended_attributes"]["media_urls"])) == 3


def test_the_same_message_with_the_same_picture_is_a_repeat(api):
    fields = {"service_code": "pothole", "headers": {"Idempotency-Key": "one"}, **HERE}

    first = api.post(media=picture(), **fields)
    again = api.post(media=picture(), **fields)
    other = api.post(media=picture("blue"), **fields)

    assert first.json() == again.json()
    assert error_of(other, 409)["reason"] == "key_reused"
    assert Attachment.objects.count() == 1


def test_a_picture_of_a_private_or_hidden_matter_is_not_there(api, client):
    number = api.report("quiet", media=picture())
    case = Case.objects.get(number=number)
    assert case.privacy == Privacy.PRIVATE
    Attachment.objects.update(state="shown")
    assert client.get(case.media_urls[0]).status_code == 404

    public = Case.objects.get(number=api.report(media=picture("blue")))
    Attachment.objects.filter(case=public).update(state="hidden")
    assert client.get(public.media_urls[0]).status_code == 404
    assert client.get("/media/../secret.key").status_code == 404


@pytest.mark.parametrize("content", [b"", b"<svg onload=x>", b"GIF89a"])
def test_what_is_no_picture_is_refused(api, content):
    sent = SimpleUploadedFile("hole.jpg", content or b" ", "image/jpeg")

    answer = api.post(service_code="pothole", media=sent, **HERE)

    assert error_of(answer, 400)["reason"] == "bad_media"
    assert Case.objects.count() == 0


def test_more_than_ten_pictures_are_refused(api):
    answer = api.post(service_code="pothole", media=[picture() for _ in range(11)], **HERE)

    assert answer.status_code == 400
    assert Case.objects.count() == 0


UPDATES = "servicerequestupdates.json"


def test_a_picture_that_comes_with_a_status_is_kept_as_proof_of_the_work(api, client):
    number = api.report()
    fields = {"service_request_id": number, "status": "IN_PROGRESS", "update_id": "7"}

    first = api.post(UPDATES, media=picture(), **fields)
    again = api.post(UPDATES, media=picture(), **fields)
    other = api.post(UPDATES, media=picture("blue"), **fields)

    assert (first.status_code, again.status_code) == (201, 200)
    assert error_of(other, 409)["reason"] == "key_reused"
    kept = Attachment.objects.get()
    assert kept.incident == Case.objects.get(number=number).incident
    assert (kept.is_evidence, kept.content_type) == (True, "image/jpeg")
    assert client.get(f"/media/{kept.storage_key}").status_code == 404


def test_a_service_that_asks_for_proof_is_closed_by_a_status_with_a_picture(frozen_clock):
    city = make_open_city()
    api, case = ApiClient(secret_of(city)), make_case(city, service="graffiti")
    fields = {"service_request_id": case.number, "status": "FIXED", "description": "Painted over."}

    bare = api.post(UPDATES, **fields)
    proved = api.post(UPDATES, media=picture(), **fields)

    assert error_of(bare, 400)["reason"].startswith("missing_evidence")
    assert proved.status_code == 201
    assert Incident.objects.get(pk=case.incident_id).state == "closed"


def test_a_status_with_something_that_is_no_picture_changes_nothing(api):
    number = api.report()
    sent = SimpleUploadedFile("hole.jpg", b"<svg onload=x>", "image/jpeg")

    answer = api.post(UPDATES, service_request_id=number, status="IN_PROGRESS", media=sent)

    assert error_of(answer, 400)["reason"] == "bad_media"
    assert Case.objects.get(number=number).incident.state == "received"
    assert not Attachment.objects.exists()
