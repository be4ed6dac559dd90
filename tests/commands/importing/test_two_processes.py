"""Two processes share the rows of one file out, and leave what one would have left."""

from zlib import crc32

import pytest
from tests.cases.make import make_city

from hark311.cases.models import Case
from hark311.catalog.models import ServiceDefinition
from hark311.commands.importing.engine import Job, import_export
from hark311.commands.importing.importer import Tally
from hark311.commands.importing.profile import read_profile
from hark311.commands.importing.reading import check_export
from hark311.platform.trouble import Trouble

pytestmark = pytest.mark.django_db(transaction=True)

HEADING = "unique_key,created_date,closed_date,complaint_type,descriptor,latitude,longitude,city"
KINDS = 40


def numbers_of(share):
    return [number for number in range(10_000) if crc32(str(number).encode()) % 2 == share][:KINDS]


def rows():
    """One process meets the kinds in one order, the other in the opposite one."""
    for place, (first, second) in enumerate(zip(numbers_of(0), numbers_of(1), strict=True)):
        for number, kind in ((first, place), (second, KINDS - 1 - place)):
            yield f"{number},2026-04-13T02:56:23.000,,Kind {kind},x,40.6123456,-73.9512345,TOWN"


def job_for(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text("\n".join((HEADING, *rows(), "no number,,,,,,,", "")))
    return Job(
        check_export(path, read_profile("nyc")), make_city().jurisdiction, tmp_path / "rejects.csv"
    )


def test_two_processes_that_meet_new_kinds_do_not_wait_for_each_other(tmp_path, frozen_clock):
    job = job_for(tmp_path)

    tally, _differences = import_export(job, progress=lambda _tally: None, processes=2)

    assert tally == Tally(imported=2 * KINDS, rejected=1)
    assert Case.objects.count() == 2 * KINDS
    assert ServiceDefinition.objects.filter(code__startswith="nyc:").count() == KINDS
    assert job.rejects.read_text().count("\n") == 2


def test_a_part_that_stops_stops_the_other_and_says_how_to_go_on(
    tmp_path, frozen_clock, owner_connection
):
    job = job_for(tmp_path)
    # No number is left to give.
    owner_connection.execute("SELECT setval('contacts_serial', 99999999)")

    with pytest.raises(Trouble, match="a part of the import stopped; run it again to go on"):
        import_export(job, progress=lambda _tally: None, processes=2)

    assert Case.objects.count() == 0
