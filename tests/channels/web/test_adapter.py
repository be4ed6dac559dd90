"""What the adapter of every channel promises."""

from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest

from hark311.channels.web import adapter
from hark311.channels.web.report.draft import NONE_OF_THEM, ReportDraft, packed, unpacked
from hark311.domain.actor import Actor, ActorKind
from hark311.domain.draft import IntakeDraft, Receipt
from hark311.domain.errors import BadPlace
from hark311.domain.vocabulary import Channel
from hark311.intake.submit import submit

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
DRAFT = ReportDraft(
    key="k" * 22,
    description="A deep hole.",
    service="pothole",
    lat="39.75",
    lon="-98.55",
    answers={"size": ["plate"]},
)


def read(draft: ReportDraft = DRAFT, jurisdiction_id: int = 1) -> IntakeDraft:
    return adapter.read(draft, jurisdiction_id=jurisdiction_id, language="en", received_at=AT)


def test_reading_is_pure():
    assert read() == read()
    assert read().source_key != ""
    assert read().channel is Channel.WEB


def test_reading_half_a_place_is_refused():
    with pytest.raises(BadPlace):
        read(replace(DRAFT, lon=""))


@pytest.mark.parametrize(
    ("joins", "incident", "seen"),
    [("", None, False), (NONE_OF_THEM, None, True), ("17", 17, True)],
)
def test_the_choice_among_neighbors_is_read(joins, incident, seen):
    draft = read(replace(DRAFT, joins=joins))

    assert (draft.join_incident, draft.acknowledge_candidates) == (incident, seen)


@pytest.mark.django_db
def test_a_repeat_gives_the_same_receipt(city):
    actor = Actor(kind=ActorKind.RESIDENT, jurisdiction_id=city.pk)
    first = submit(read(jurisdiction_id=city.pk), actor=actor)
    second = submit(read(jurisdiction_id=city.pk), actor=actor)

    assert (first.number, first.token) == (second.number, second.token)
    assert second.is_repeat


@pytest.mark.parametrize(("language", "word"), [("en", "report"), ("es", "reporte")])
def test_the_answer_gives_the_number(language, word):
    answer = adapter.word(Receipt(number="26-00000042-3", language=language))

    assert "26-00000042-3" in answer
    assert word in answer


def test_a_draft_survives_its_hidden_field():
    assert asdict(unpacked(packed(DRAFT))) == asdict(DRAFT)


def test_a_changed_hidden_field_is_not_believed():
    assert unpacked(packed(DRAFT)[:-2] + "xx") is None
