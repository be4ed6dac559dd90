"""Staff at work: clients that are signed in as somebody with a role."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.cases.make import City, make_account, the_city

from hark311.domain.actor import Role
from hark311.government.models import Account, StaffRole

PASSWORD = "a long password of tests"


@pytest.fixture
def city(db, frozen_clock, settings) -> City:
    settings.ALLOWED_HOSTS = ["*"]
    return the_city()


def employ(
    place: City, *, role: Role = Role.SUPERVISOR, department: str | None = "works"
) -> Account:
    """An account with a role in a department of this city, or in all of it."""
    account = make_account(f"{role.value} {department or 'all'}")
    account.set_password(PASSWORD)
    account.save()
    StaffRole.objects.create(
        account=account,
        jurisdiction=place.jurisdiction,
        department=place.departments[department] if department else None,
        role=role.value,
    )
    return account


def a_photo(kind: str = "JPEG") -> SimpleUploadedFile:
    """A small picture that says where it was taken."""
    drawn = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Spy Camera"
    Image.new("RGB", (40, 30), "red").save(drawn, kind, exif=exif)
    return SimpleUploadedFile("hole.jpg", drawn.getvalue())


SignIn = Callable[..., Client]


@pytest.fixture
def signed_in() -> SignIn:
    """A client of a new colleague; of the city whose host it asks for."""

    def make(
        place: City, *, role: Role = Role.SUPERVISOR, department: str | None = "works"
    ) -> Client:
        client = Client(headers={"host": f"{place.jurisdiction.key}.test"})
        client.force_login(employ(place, role=role, department=department))
        return client

    return make
