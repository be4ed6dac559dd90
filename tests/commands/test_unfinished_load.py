"""A hub whose indexes were put aside by a load that stopped does not serve."""

import pytest

from hark311.commands.serve import _ready_database
from hark311.platform import bulk_load, deployment
from hark311.platform.trouble import Trouble

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def same_kind(monkeypatch):
    monkeypatch.setattr(deployment, "require_same_kind", lambda: None)


def test_a_whole_database_is_served():
    assert _ready_database(None) is not None


def test_a_load_that_stopped_is_finished_before_anything_is_served(owner_connection):
    owner_connection.execute(bulk_load._MAKE_NOTES)
    try:
        with pytest.raises(Trouble, match="run it again with the same words"):
            _ready_database(None)
    finally:
        owner_connection.execute(f"DROP TABLE {bulk_load._NOTES}")
