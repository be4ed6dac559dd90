"""hark311 import cases: every row is taken once, set right, or refused with its reason."""

import csv
from argparse import ArgumentParser
from datetime import UTC, datetime
from itertools import islice

import pytest
from django.conf import settings
from tests.cases.make import make_city
from tests.conftest import SHARED

from hark311.cases import sweeps
from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.models import Case, Clock, Event, EventBody, Incident
from hark311.cases.rebuild import compare
from hark311.cases.verify import verify
from hark311.catalog.models import ServiceDefinition
from hark311.catalog.queries import active_services
from hark311.commands import import_cases
from hark311.commands.main import main
from hark311.domain.actor import system_actor
from hark311.platform import clock
from hark311.platform.trouble import Trouble

pytestmark = pytest.mark.django_db

HEADING = (
    "unique_key,created_date,closed_date,agency,complaint_type,descriptor,"
    "location_type,incident_zip,city,borough,latitude,longitude"
)
OPEN = (
    "1,2026-04-13T02:56:23.000,,DOT,Street Condition,Pothole,"
    ",11229,BROOKLYN,BROOKLYN,40.6123456,-73.9512345"
)
CLOSED = (
    "2,2026-04-12T10:00:00.000,2026-04-12T12:30:00.000,NYPD,Illegal Parking,Hydrant,"
    "Street,11201,BROOKLYN,BROOKLYN,40.6934567,-73.9876543"
)


@pytest.fixture(autouse=True)
def city(frozen_clock):
    return make_city()


@pytest.fixture
def run(tmp_path, capsys):
    """Import rows as an operator does; returns the last line printed."""

    def import_rows(*rows, heading=HEADING, profile="nyc", encoding="utf-8"):
        path = tmp_path / "export.csv"
        path.write_bytes("\r\n".join((heading, *rows, "")).encode(encoding))
        return import_file(path, profile=profile)

    def import_file(path, profile="nyc"):
        parser = ArgumentParser()
        import_cases.add_arguments(parser)
        words = ["cases", str(path), "--profile", profile, "--city", "testville"]
        assert import_cases.run(parser.parse_args(words)) == 0
        return capsys.readouterr().out.splitlines()[-1]

    import_rows.file = import_file
    return import_rows


def rejected():
    with (settings.DATA / "export.csv.rejected.csv").open(newline="") as lines:
        return [(int(row["line"]), row["reason"]) for row in csv.DictReader(lines)]


def the_case(number="1"):
    return Case.objects.select_related("incident").get(foreign_number=number)


def facts_of(case, kind="received"):
    event = Event.objects.get(stream_id=case.incident_id, kind=kind)
    return EventBody.objects.get(event=event).payload["facts"]


def row(line=OPEN, **changes):
    """A row with other values under some headings."""
    values = dict(zip(HEADING.split(","), next(csv.reader([line])), strict=True)) | changes
    return ",".join(f'"{value}"' for value in values.values())


def test_an_open_row_becomes_one_case_with_one_incident_in_a_queue(run, city):
    assert run(OPEN) == "imported 1, unchanged 0, repaired 0, rejected 0"

    case = the_case()
    assert case.opened_at == datetime(2026, 4, 13, 6, 56, 23, tzinfo=UTC)
    assert (case.channel, case.origin, case.person_id) == ("import", "import", None)
    assert case.public_text == "Street Condition · Pothole"
    assert case.address == "BROOKLYN, 11229"
    assert case.number.startswith("26-")
    assert (case.incident.state, case.incident.active_cases) == ("received", 1)
    assert case.incident.queue == city.queues["streets"]
    assert case.incident.service.code == "pothole"


def test_a_closed_row_is_closed_as_of_its_day_with_no_outcome_recorded(run):
    run(CLOSED)

    incident = the_case("2").incident
    assert (incident.state, incident.outcome) == ("closed", "not_recorded")
    assert incident.closed_at == datetime(2026, 4, 12, 16, 30, tzinfo=UTC)
    assert incident.due_at is None


def test_the_promise_counts_from_the_original_opening_and_is_never_escalated(run):
    run(OPEN)

    assert sweeps.sweep_clocks() == 0
    clocks = Clock.objects.filter(case=the_case())
    assert {one.started_at for one in clocks} == {the_case().opened_at}
    assert all(one.due_at < clock.now() and one.breached_at is None for one in clocks)


def test_a_promise_is_met_when_its_row_is_closed(run):
    run(row(closed_date="2026-04-13T09:00:00.000"))

    clocks = Clock.objects.filter(case=the_case())
    assert {one.state for one in clocks} == {"met"}
    assert {one.met_at for one in clocks} == {the_case().incident.closed_at}


@pytest.mark.django_db(transaction=True)
def test_events_of_an_import_chain_and_tell_every_column(run):
    run(OPEN, CLOSED, row(unique_key="3", latitude=""))
    run(row(closed_date="2026-04-14T08:00:00.000"))

    assert set(Event.objects.values_list("origin", "actor_kind")) == {("import", "import")}
    assert verify().is_whole
    report = compare()
    assert report.rows > 10
    assert report.differences == report.unknowable == ()


def test_a_kind_that_the_city_has_not_is_kept_by_an_entry_nobody_can_choose(run, city):
    run(CLOSED, row(CLOSED, unique_key="3", complaint_type="ILLEGAL PARKING"))

    entry = ServiceDefinition.objects.get(code="nyc:illegal-parking")
    assert not entry.is_active
    assert entry.code not in {service.code for service in active_services(city.jurisdiction)}
    assert the_case("2").incident.service == the_case("3").incident.service == entry
    assert the_case("2").incident.queue == city.queues["desk"]


def test_every_value_that_the_profile_names_stays_with_the_event(run):
    run(OPEN)

    kept = facts_of(the_case())["row"]
    assert kept["agency"] == "DOT"
    assert kept["created_date"] == "2026-04-13T02:56:23.000"


def test_what_the_profile_keeps_private_is_not_public(run):
    run(row(complaint_type="Drug Activity"))

    assert the_case().privacy == "private"


def test_an_address_in_a_text_is_masked_before_the_public_reads_it(run):
    run(row(descriptor="write to jo@example.org"))

    assert "jo@example.org" in the_case().description
    assert "jo@example.org" not in the_case().public_text


def test_running_again_imports_nothing_twice(run):
    run(OPEN, CLOSED)

    again = run(OPEN, CLOSED)

    assert again == "imported 0, unchanged 2, repaired 0, rejected 0"
    assert Case.objects.count() == Incident.objects.count() == 2


def test_a_newer_export_closes_what_was_open(run):
    run(OPEN)

    newer = run(row(closed_date="2026-04-14T08:00:00.000"))

    assert newer == "imported 1, unchanged 0, repaired 0, rejected 0"
    incident = the_case().incident
    assert (incident.state, incident.outcome) == ("closed", "not_recorded")
    assert Case.objects.count() == 1


def test_an_older_export_does_not_open_again_what_was_closed(run):
    run(row(closed_date="2026-04-14T08:00:00.000"))

    assert run(OPEN) == "imported 0, unchanged 1, repaired 0, rejected 0"
    assert the_case().incident.state == "closed"


def test_work_done_here_stays_when_the_same_export_comes_again(run, city):
    run(OPEN)
    acknowledge_incident(the_case().incident_id, actor=system_actor(city.jurisdiction.pk))

    run(OPEN)

    assert the_case().incident.state == "acknowledged"


def test_the_same_row_twice_in_a_file_is_one_case(run):
    assert run(OPEN, OPEN) == "imported 1, unchanged 1, repaired 0, rejected 0"


def test_a_number_that_is_another_case_is_refused(run):
    tally = run(OPEN, row(created_date="2026-01-01T00:00:00.000"))

    assert tally == "imported 1, unchanged 0, repaired 0, rejected 1"
    assert rejected()[0][0] == 3
    assert "number of another case" in rejected()[0][1]


REPAIRS = {
    "closed_before_opened": {"closed_date": "2026-04-01T00:00:00.000"},
    "closed_in_future": {"closed_date": "2027-01-01T00:00:00.000"},
    "unreadable_closing_day": {"closed_date": "yesterday"},
    "hour_that_was_skipped": {"created_date": "2026-03-08T02:30:00.000"},
    "place_missing": {"latitude": "", "longitude": ""},
    "place_half": {"latitude": ""},
    "place_not_a_number": {"latitude": "40°36'"},
    "place_out_of_range": {"latitude": "406.123"},
    "place_null_island": {"latitude": "0.0000", "longitude": "0.0000"},
    "place_truncated": {"latitude": "40", "longitude": "-73"},
    "place_out_of_bounds": {"latitude": "33.7512", "longitude": "-84.3912"},
    "text_shortened": {"descriptor": "x" * 5000},
}


@pytest.mark.parametrize("code", REPAIRS)
def test_a_row_with_a_fault_that_can_be_mended_is_repaired_and_says_how(run, code):
    assert run(row(**REPAIRS[code])) == "imported 0, unchanged 0, repaired 1, rejected 0"

    assert set(facts_of(the_case())["repairs"]) == {code}
    assert run(row(**REPAIRS[code])) == "imported 0, unchanged 1, repaired 0, rejected 0"


def test_a_closing_before_the_opening_becomes_the_opening(run):
    run(row(closed_date="2026-04-01T00:00:00.000"))

    case = the_case()
    assert case.incident.closed_at == case.opened_at
    assert facts_of(case)["repairs"] == {"closed_before_opened": "2026-04-01T00:00:00.000"}


def test_a_row_without_a_place_lies_in_the_middle_of_the_city(run, city):
    run(row(latitude="null", longitude="N/A"))

    case = the_case()
    assert (case.lon, case.lat, case.precision) == (-80.0, 40.0, "city")


def test_a_point_far_from_the_city_is_kept_as_it_is(run):
    run(OPEN)

    case = the_case()
    assert (case.lon, case.lat, case.precision) == (-73.9512345, 40.6123456, "point")
    assert case.areas == []


REFUSALS = {
    "unique_key is empty": row(unique_key=""),
    "created_date is empty": row(created_date="null"),
    "created_date is no date: soon": row(created_date="soon"),
    "created_date is no date: 0026-04-13T02:56:23": row(created_date="0026-04-13T02:56:23"),
    "created_date lies in the future: 2026-12-24T00:00:00": row(created_date="2026-12-24T00:00:00"),
    "complaint_type is empty": row(complaint_type=""),
    "complaint_type is longer than 80 characters": row(complaint_type="x" * 81),
    "12 values are needed, 3 stand here": "1,2026-04-13T02:56:23.000,",
    "12 values are needed, 13 stand here": OPEN + ",more",
}


@pytest.mark.parametrize("reason", REFUSALS)
def test_a_row_that_cannot_be_a_case_is_refused_with_line_and_reason(run, reason):
    tally = run(CLOSED, REFUSALS[reason])

    assert tally == "imported 1, unchanged 0, repaired 0, rejected 1"
    assert rejected() == [(3, reason)]
    assert Case.objects.count() == 1


def test_refused_rows_are_gone_from_their_file_once_they_are_mended(run):
    run(row(created_date="soon"))

    run(OPEN)

    assert not (settings.DATA / "export.csv.rejected.csv").exists()


def test_quotes_line_breaks_and_empty_lines_inside_are_read_as_csv(run):
    tally = run(row(descriptor="one, two\nthree"), "", row(unique_key=""))

    assert tally == "imported 1, unchanged 0, repaired 0, rejected 1"
    assert "one, two\nthree" in the_case().description
    assert rejected() == [(5, "unique_key is empty")]


def test_text_that_was_garbled_elsewhere_is_mended_and_says_so(run):
    assert run(row(descriptor="Departmentâ€™s 🚧 مرحبا")).startswith("imported 0, ")

    assert the_case().description.endswith("Department’s 🚧 مرحبا")
    assert facts_of(the_case())["repairs"]["letters_mended"] == "Departmentâ€™s 🚧 مرحبا"


@pytest.mark.parametrize(
    "written", ["2026-04-13T02:56:23", "04/13/2026 02:56:23 AM", "04/13/2026 02:56"]
)
def test_three_forms_of_dates_are_read(run, written):
    run(row(created_date=written))

    assert the_case().opened_at.replace(second=0) == datetime(2026, 4, 13, 6, 56, tzinfo=UTC)


LONG = HEADING.replace("_", " ").title() + ",Status"


def test_the_long_form_is_read_by_its_headings_and_its_status(run):
    tally = run(
        row() + ",Closed",
        row(unique_key="2") + ",In Progress",
        row(unique_key="3", closed_date="2026-04-14T00:00:00") + ",Open",
        row(unique_key="4", closed_date="2026-04-14T00:00:00") + ",Gone",
        heading=LONG,
    )

    assert tally == "imported 2, unchanged 0, repaired 2, rejected 0"
    states = [the_case(number).incident.state for number in "1234"]
    assert states == ["closed", "received", "received", "closed"]
    assert facts_of(the_case("1"))["repairs"] == {"closed_without_day": "Closed"}


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Trouble, match="is not a file"):
        import_cases.run(_parsed(["cases", str(tmp_path / "none.csv"), "--profile", "nyc"]))


def test_a_broken_file_takes_nothing(run):
    with pytest.raises(Trouble):
        run(OPEN, '3,"never closed')

    assert Case.objects.count() == 0


def test_an_unknown_city_or_profile_is_named(tmp_path):
    path = str(tmp_path / "none.csv")

    with pytest.raises(Trouble, match="no city 'atlantis' is loaded"):
        import_cases.run(_parsed(["cases", path, "--profile", "nyc", "--city", "atlantis"]))
    with pytest.raises(Trouble, match="no profile 'unknown'; there are: baltimore, "):
        import_cases.run(_parsed(["cases", path, "--profile", "unknown"]))


@pytest.mark.shared
def test_five_hundred_real_rows_are_all_accounted_for(run, tmp_path):
    source = SHARED / "data" / "cases" / "nyc311_2026-04-13.csv"
    path = tmp_path / "export.csv"
    with source.open(encoding="utf-8") as lines:
        path.write_text("".join(islice(lines, 501)), encoding="utf-8")

    first, again = run.file(path), run.file(path)

    counts = [int(word.split()[-1]) for word in first.split(", ")]
    assert sum(counts) == Case.objects.count() == 500
    assert again == "imported 0, unchanged 500, repaired 0, rejected 0"


def _parsed(words):
    parser = ArgumentParser()
    import_cases.add_arguments(parser)
    return parser.parse_args(words)


def test_the_verb_stands_in_the_command(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["import", "--help"])

    assert ended.value.code == 0
    assert "--profile" in capsys.readouterr().out
