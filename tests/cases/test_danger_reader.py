"""What a machine sent is weighed after the commit, and danger comes before agents."""

import pytest
from tests.cases.make import make_city
from tests.intake.drafts import make_draft, resident

from hark311.cases import feed
from hark311.cases.danger_reader import DangerReader
from hark311.contacts.models import Message
from hark311.domain.vocabulary import Channel, HazardLevel
from hark311.intake.submit import submit
from hark311.language.readers import embedder

# Words of danger alone do not find it.
QUIET = "a man put his hands around my neck and left me on the floor"


@pytest.fixture
def city(db):
    return make_city()


def _read_feed():
    feed.Sequencer().run_once()
    return feed.run_reader(DangerReader())


def test_danger_that_a_machine_sent_waits_for_agents(city):
    if embedder() is None:
        pytest.skip("no model for this machine")
    draft = make_draft(city, channel=Channel.OPEN311, description=QUIET)
    receipt = submit(draft, actor=resident(city))

    read = _read_feed()

    assert receipt.hazard.level is HazardLevel.NONE
    assert read > 0
    assert Message.objects.get().handled_at is None


def test_what_is_no_danger_stays_seen_to(city):
    draft = make_draft(city, channel=Channel.OPEN311, description="The street lamp is dark.")
    submit(draft, actor=resident(city))

    _read_feed()

    assert Message.objects.get().handled_at is not None


def test_words_from_a_page_are_weighed_at_once(city):
    if embedder() is None:
        pytest.skip("no model for this machine")

    receipt = submit(make_draft(city, description=QUIET), actor=resident(city))

    assert receipt.hazard.level is not HazardLevel.NONE
