"""Photos as proof: taken clean, kept outside the web root, shown to who may know of them."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.cases.make import make_case, make_incident
from tests.console.conftest import a_photo

from hark311.cases.models import Attachment, Case, Incident
from hark311.cases.queries.staff_incident import last_sequence
from hark311.domain.actor import Role
from hark311.platform import clock

pytestmark = pytest.mark.django_db


def _typed(incident: Incident) -> dict[str, object]:
    return {"outcome": "fixed", "text": "Painted over", "seen": last_sequence(incident.pk)}


def test_a_service_that_asks_for_proof_is_not_closed_without(city, signed_in):
    incident = make_incident(city, service="graffiti")

    page = signed_in(city, department="community").post(
        f"/staff/incidents/{incident.pk}/close", {**_typed(incident), "confirm": "yes"}
    )

    assert page.status_code == 422
    assert "asks for proof" in page.content.decode()
    assert "Painted over" in page.content.decode()


def test_a_photo_comes_along_with_the_closing_and_is_kept_over_the_preview(city, signed_in):
    incident = make_incident(city, service="graffiti")
    client = signed_in(city, department="community")
    address = f"/staff/incidents/{incident.pk}/close"
    typed = _typed(incident)

    preview = client.post(address, {**typed, "photos": a_photo()})
    kept = str(Attachment.objects.get().pk)
    done = client.post(address, {**typed, "evidence": kept, "confirm": "yes"})

    assert preview.status_code == 200
    assert f'value="{kept}"' in preview.content.decode()
    assert done.status_code == 302
    assert Incident.objects.get(pk=incident.pk).state == "closed"


def test_what_the_camera_noted_is_not_kept(city, signed_in):
    incident = make_incident(city)
    client = signed_in(city)
    client.post(f"/staff/incidents/{incident.pk}/close", {**_typed(incident), "photos": a_photo()})

    shown = client.get(f"/staff/pictures/{Attachment.objects.get().pk}")

    assert shown.headers["Content-Type"] == "image/jpeg"
    assert b"Spy Camera" not in shown.content
    assert not Image.open(BytesIO(shown.content)).getexif()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"<svg onload=alert(1)>", id="a script in a drawing"),
        pytest.param(b"\xff\xd8\xff\xe0 broken", id="half a picture"),
        pytest.param(b"x" * (10 * 1024 * 1024 + 1), id="too large"),
    ],
)
def test_what_is_no_photo_is_refused_and_nothing_typed_is_lost(city, signed_in, content):
    incident = make_incident(city)

    page = signed_in(city).post(
        f"/staff/incidents/{incident.pk}/close",
        {**_typed(incident), "photos": SimpleUploadedFile("x.jpg", content)},
    )

    assert page.status_code == 422
    assert "Painted over" in page.content.decode()
    assert not Attachment.objects.exists()


def test_a_photo_of_a_sensitive_matter_is_absent_outside_its_queue(city, signed_in):
    case = make_case(city, service="wellbeing")
    inside = signed_in(city, department="community")
    incident = Incident.objects.get(pk=case.incident_id)
    inside.post(f"/staff/incidents/{incident.pk}/close", {**_typed(incident), "photos": a_photo()})
    address = f"/staff/pictures/{Attachment.objects.get().pk}"

    assert inside.get(address).status_code == 200
    assert signed_in(city).get(address).status_code == 404


def _sent(case: Case, state: str = "checking") -> Attachment:
    """A picture that the reporter of a case sent."""
    return Attachment.objects.create(
        jurisdiction_id=case.jurisdiction_id,
        case=case,
        kind="photo",
        storage_key="aa/none.jpg",
        content_type="image/jpeg",
        size=1,
        digest="00",
        state=state,
        created_at=clock.now(),
    )


def test_each_picture_is_passed_refused_or_left_for_later_by_itself(city, signed_in):
    case = make_case(city)
    good, bad, later = _sent(case), _sent(case, "shown"), _sent(case)
    client, address = signed_in(city), f"/staff/incidents/{case.incident_id}/pictures"

    page = client.get(address).content.decode()
    judged = {
        f"picture_{good.pk}": "shown",
        f"picture_{bad.pk}": "hidden",
        f"picture_{later.pk}": "checking",
    }
    done = client.post(address, {**judged, "seen": last_sequence(case.incident_id)})

    for picture in (good, bad, later):
        assert f'src="/staff/pictures/{picture.pk}"' in page
    assert f"{case.number} · Waits to be looked at" in page
    assert f"{case.number} · Shown to the public" in page
    assert done.status_code == 302
    assert dict(Attachment.objects.values_list("pk", "state")) == {
        good.pk: "shown",
        bad.pk: "hidden",
        later.pk: "checking",
    }


def test_each_picture_says_its_state_in_spanish_too(city, signed_in):
    case = make_case(city)
    _sent(case, "hidden")

    page = signed_in(city).get(f"/es/staff/incidents/{case.incident_id}/pictures")

    assert f"{case.number} · Oculta para el público" in page.content.decode()


@pytest.mark.parametrize(
    ("role", "department"), [(Role.VIEWER, "works"), (Role.SUPERVISOR, "community")]
)
def test_who_may_not_note_here_judges_no_picture(city, signed_in, role, department):
    case = make_case(city)
    picture = _sent(case)
    client = signed_in(city, role=role, department=department)

    answer = client.post(
        f"/staff/incidents/{case.incident_id}/pictures",
        {f"picture_{picture.pk}": "shown", "seen": last_sequence(case.incident_id)},
    )

    assert answer.status_code == 403
    assert Attachment.objects.get().state == "checking"
