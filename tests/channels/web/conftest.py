"""A small city loaded from its pack, and a browser without scripts."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from hark311.commands.load_city import load_city
from hark311.government.models import Jurisdiction

SMALLVILLE = Path(settings.PACKAGE).parents[1] / "cities" / "smallville"


@pytest.fixture
def city(db, frozen_clock) -> Jurisdiction:
    return load_city(SMALLVILLE)[0]


@pytest.fixture
def client() -> Client:
    """A browser that sends the secret of forms, as real ones must."""
    return Client()


@pytest.fixture
def letters() -> list:
    """What was mailed in this test."""
    return mail.outbox
