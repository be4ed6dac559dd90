"""hark311 keys, as an operator types it."""

from argparse import ArgumentParser

import pytest
from tests.cases.make import make_city

from hark311.access.keys import key_for
from hark311.commands import keys
from hark311.domain.errors import NotAllowed, UnknownJurisdiction

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def city(frozen_clock):
    return make_city()


def hark311_keys(*words):
    parser = ArgumentParser()
    keys.add_arguments(parser)
    return keys.run(parser.parse_args(words))


def test_creating_prints_the_secret_alone_on_the_last_line(capsys, city):
    assert hark311_keys("create", "--city", "testville", "--name", "App", "--scope", "update") == 0

    key = key_for(capsys.readouterr().out.splitlines()[-1])
    assert (key.jurisdiction, key.name, key.scopes) == (city.jurisdiction, "App", ["update"])


def test_both_scopes_may_be_given_and_report_is_the_usual_one(capsys):
    hark311_keys("create", "--name", "App", "--scope", "report", "--scope", "update")
    both = key_for(capsys.readouterr().out.splitlines()[-1])
    hark311_keys("create", "--name", "App")
    usual = key_for(capsys.readouterr().out.splitlines()[-1])

    assert (both.scopes, usual.scopes) == (["report", "update"], ["report"])
    assert usual.jurisdiction is None


def test_the_list_shows_every_key_without_its_secret(capsys):
    hark311_keys("create", "--name", "Street app", "--city", "testville")
    secret = capsys.readouterr().out.splitlines()[-1]

    hark311_keys("list")

    shown = capsys.readouterr().out
    assert "Street app  testville  report  600 a minute  in use" in shown
    assert secret not in shown


def test_a_revoked_key_is_refused_and_listed_as_such(capsys):
    hark311_keys("create", "--name", "Street app")
    secret = capsys.readouterr().out.splitlines()[-1]

    hark311_keys("revoke", str(key_for(secret).pk))

    assert capsys.readouterr().out.endswith("revoked 2026-06-01\n")
    with pytest.raises(NotAllowed):
        key_for(secret)


def test_a_city_that_is_not_loaded_is_an_error():
    with pytest.raises(UnknownJurisdiction):
        hark311_keys("create", "--name", "App", "--city", "nowhere")
