"""Records as plain values."""

import json
from dataclasses import replace

import pytest
from tests.catalog.pack.broken import CITIES

from hark311.catalog.pack.check import read_pack
from hark311.catalog.pack.marks import Place
from hark311.catalog.pack.plain import digest, plain


@pytest.fixture(scope="module")
def town():
    return read_pack(CITIES / "smallville")


def test_a_whole_pack_is_json_and_comes_back(town):
    assert json.loads(json.dumps(plain(town))) == plain(town)


def test_a_record_keeps_its_words_and_loses_its_place(town):
    assert plain(town.queues[1]) == {
        "code": "streets",
        "names": {"en": "Street crew", "es": "Cuadrilla de calles"},
        "department": "works",
        "calendar": "office",
        "escalates_to": "front_desk",
    }
    assert plain(town.calendars[0].week) == {"0,1,2,3,4": [[480, 720], [780, 1020]]}


def test_the_digest_follows_the_content_and_not_the_place(town):
    first = town.services[0]

    assert digest(replace(first, at=Place("elsewhere.yaml", 9))) == digest(first)
    assert digest(replace(first, place=town.services[9].place)) != digest(first)
    assert digest(replace(first, names=dict(reversed(first.names.items())))) == digest(first)


def test_what_no_pack_holds_is_refused():
    with pytest.raises(TypeError, match="a pack holds no object"):
        plain(object())
