"""Everyone who follows the feed of events has a place of its own in it, and a loop that reads."""

import pytest

from hark311.cases import feed
from hark311.cases.models import ReaderPosition
from hark311.commands.loops import LOOPS, READERS


def test_each_reader_has_a_name_of_its_own_that_fits_a_position():
    names = [reader.name for reader in READERS]

    assert len(set(names)) == len(names) > 0
    assert feed.SEQUENCER not in names
    longest = ReaderPosition._meta.get_field("name").max_length
    assert longest is not None
    assert max(map(len, names)) <= longest


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_each_reader_has_a_loop_that_keeps_its_position(reader):
    loop = next(loop for loop in LOOPS if loop.name == f"read_{reader.name}")

    loop.function()

    assert ReaderPosition.objects.filter(name=reader.name).exists()


def test_the_sequencer_has_a_loop():
    assert feed.SEQUENCER in {loop.name for loop in LOOPS}
