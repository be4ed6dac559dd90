"""A deployment says whether it lives, is ready, and what it counted."""

import pytest

from hark311.platform import health
from hark311.platform.health import Metric, exposition


@pytest.fixture(autouse=True)
def _unknown_readiness(monkeypatch):
    monkeypatch.setattr(health, "_readiness", health._Readiness())


def test_it_lives_without_a_database(client):
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_it_is_ready_once_migrated(client):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, {"database": True, "migrations": True})


@pytest.mark.django_db
def test_it_is_not_ready_while_a_migration_is_missing(client, monkeypatch):
    monkeypatch.setattr(health.database, "missing_migrations", lambda: ("cases.0002_more",))

    assert client.get("/readyz").status_code == 503


def test_metrics_can_ask_for_a_token(client, settings):
    settings.METRICS_TOKEN = "word"

    assert client.get("/metrics").status_code == 401
    granted = client.get("/metrics", headers={"Authorization": "Bearer word"})
    assert granted.status_code == 200
    assert b"hark311_up 1" in granted.content


def test_metrics_of_one_name_stand_together():
    text = exposition(
        [
            Metric("a", "First.", 1, (("channel", 'we"b'),), "counter"),
            Metric("b", "Second.", 2.5),
            Metric("a", "First.", 3, (("channel", "fax"),), "counter"),
        ]
    )

    assert text.splitlines() == [
        "# HELP a First.",
        "# TYPE a counter",
        'a{channel="we\\"b"} 1',
        'a{channel="fax"} 3',
        "# HELP b Second.",
        "# TYPE b gauge",
        "b 2.5",
    ]
