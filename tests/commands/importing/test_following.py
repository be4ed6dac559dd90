"""An import keeps a case's life: promise, history, person, pictures; and follows newer exports."""

import csv
import os
from argparse import ArgumentParser
from datetime import UTC, datetime

import pytest
import yaml
from tests.cases.make import make_city

from hark311.cases.models import Case, Clock, Event, EventBody
from hark311.cases.rebuild import compare
from hark311.cases.verify import verify
from hark311.commands import import_cases
from hark311.commands.importing import engine
from hark311.commands.importing.engine import Job, import_export
from hark311.commands.importing.profile import read_profile
from hark311.commands.importing.reading import check_export
from hark311.platform.trouble import Trouble

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def city(frozen_clock):
    return make_city()


def take_in(path, profile, *more):
    """Import a file as an operator does."""
    parser = ArgumentParser()
    import_cases.add_arguments(parser)
    words = ["cases", str(path), "--profile", profile, "--city", "testville", *more]
    assert import_cases.run(parser.parse_args(words)) == 0


def the_case(number):
    return Case.objects.select_related("incident", "person").get(foreign_number=number)


def facts_of(case, kind="received"):
    event = Event.objects.get(stream_id=case.incident_id, kind=kind)
    return EventBody.objects.get(event=event).payload["facts"]


def profile_of(tmp_path, **parts):
    """A profile for small exports of this file's tests, with some parts written anew."""
    written = {
        "name": "old",
        "language": "en",
        "zone": "America/New_York",
        "columns": {
            "id": "unique_key",
            "opened": "created_date",
            "closed": "closed_date",
            "kind": "complaint_type",
            "lat": "latitude",
            "lon": "longitude",
        },
        "dates": ["iso"],
        "text": ["complaint_type"],
    }
    for name, value in parts.items():
        whole = written.get(name)
        written[name] = {**whole, **value} if isinstance(whole, dict) else value
    path = tmp_path / "old.yaml"
    path.write_text(yaml.safe_dump(written))
    return str(path)


def listed(rows):
    """Rows of dictionaries as an export with the headings of the first."""
    lines = [",".join(rows[0])]
    lines += [",".join(f'"{value}"' for value in row.values()) for row in rows]
    return lines


LIVED = {
    "unique_key": "A1",
    "created_date": "2026-04-01T09:00:00",
    "seen": "2026-04-01T10:00:00",
    "due": "2026-04-03T09:00:00",
    "closed_date": "2026-04-05T09:00:00",
    "changed": "2026-04-05T09:30:00",
    "complaint_type": "Pothole",
    "latitude": "40.6123456",
    "longitude": "-73.9512345",
    "who": "Ana Ruiz",
    "mail": "Ana@example.org",
    "pictures": "https://old.example/1.jpg; gone.jpg",
}
UNCHANGED = "imported 0, unchanged 1, repaired 0, rejected 0"
LIVED_COLUMNS = {
    "acknowledged": "seen",
    "due": "due",
    "changed": "changed",
    "name": "who",
    "email": "mail",
    "photos": "pictures",
}


@pytest.fixture
def lived(tmp_path, capsys):
    """Import the one row, with changes; returns the last line printed."""
    path = tmp_path / "export.csv"

    def take(*more, **changes):
        path.write_text("\n".join(listed([LIVED | changes])))
        take_in(path, profile_of(tmp_path, columns=LIVED_COLUMNS), *more)
        return capsys.readouterr().out.splitlines()[-1]

    return take


def test_a_promised_day_of_the_other_system_is_the_promise_here(lived):
    lived()

    clocks = Clock.objects.filter(case=the_case("A1"))
    (kept,) = clocks
    assert (kept.target, kept.state, kept.hours) == ("resolve", "met", 48.0)
    assert kept.due_at == datetime(2026, 4, 3, 13, tzinfo=UTC)
    assert kept.met_at > kept.due_at
    assert kept.breached_at is None


@pytest.mark.django_db(transaction=True)
def test_an_acknowledgement_and_a_closing_are_events_of_their_own_days(lived):
    lived()

    case = the_case("A1")
    kinds = Event.objects.filter(stream_id=case.incident_id).order_by("sequence")
    assert [event.kind for event in kinds] == ["received", "acknowledged", "closed"]
    assert case.incident.acknowledged_at == datetime(2026, 4, 1, 14, tzinfo=UTC)
    assert compare().differences == ()


def test_who_reported_is_kept_with_the_person_and_nowhere_else(lived):
    lived()

    case = the_case("A1")
    assert (case.person.name, case.person.email) == ("Ana Ruiz", "ana@example.org")
    assert "Ruiz" not in str(facts_of(case))


def test_a_picture_elsewhere_is_linked_and_a_missing_one_is_told(lived):
    assert lived().startswith("imported 0, unchanged 0, repaired 1")

    case = the_case("A1")
    assert case.media_urls == ["https://old.example/1.jpg"]
    assert facts_of(case)["repairs"] == {"photo_left_out": "gone.jpg"}


@pytest.mark.django_db(transaction=True)
def test_a_newer_export_opens_again_what_only_the_other_system_closed(lived):
    lived()

    again = lived(closed_date="", changed="2026-04-06T09:00:00")

    assert again == "imported 1, unchanged 0, repaired 0, rejected 0"
    assert the_case("A1").incident.state == "in_progress"
    assert lived(closed_date="", changed="2026-04-06T09:00:00").startswith(
        "imported 0, unchanged 1"
    )
    assert lived(closed_date="", changed="").startswith("imported 0, unchanged 1")
    assert verify().is_whole
    assert compare().differences == ()


def test_an_older_export_takes_nothing_back(lived):
    lived()

    assert lived(closed_date="", changed="2026-04-04T09:00:00").startswith(
        "imported 0, unchanged 1"
    )
    assert the_case("A1").incident.state == "closed"


def test_a_newer_export_moves_an_open_case(lived):
    lived(closed_date="", changed="2026-04-02T09:00:00")

    assert lived(closed_date="", changed="2026-04-03T09:00:00", latitude="40.6200000").startswith(
        "imported 1"
    )

    assert the_case("A1").lat == the_case("A1").incident.lat == 40.62


def test_both_systems_in_use_are_compared_row_by_row(lived, tmp_path):
    lived(closed_date="")
    told = tmp_path / "told.csv"

    lived("--follow", str(told), latitude="40.7000001", changed="2026-04-07T09:00:00")

    with told.open(newline="") as lines:
        rows = [(row["foreign_number"], row["what"], row["taken"]) for row in csv.DictReader(lines)]
    assert rows == [("A1", "place", "yes"), ("A1", "closed", "yes")]


def test_of_a_folder_the_last_file_by_name_is_taken(tmp_path):
    folder = tmp_path / "nightly"
    folder.mkdir()
    (folder / "2026-04-06.csv").write_text("\n".join(listed([LIVED])))
    (folder / "2026-04-07.csv").write_text("\n".join(listed([LIVED | {"unique_key": "A2"}])))

    take_in(folder, profile_of(tmp_path, columns=LIVED_COLUMNS))

    assert list(Case.objects.values_list("foreign_number", flat=True)) == ["A2"]


def json_profile(tmp_path):
    return profile_of(
        tmp_path,
        format="json",
        records=["item", "requests.item"],
        columns={"changed": "updated", "status": "status"},
        also={"kind": "complaint_type", "where_lat": "latitude", "where_lon": "longitude"},
        empty=["null", "true"],
        statuses={"closed": ["closed"], "open": ["open"]},
        history={"list": "notes", "when": "at", "text": ["what"], "visibility": "public"},
    )


RECORD = """{"unique_key": 7, "created_date": "2026-04-01T09:00:00Z", "updated": "null",
 "updated": "2026-04-02T09:00:00Z", "status": "Closed", "kind": "Pothole",
 "where": {"lat": 40.6123456, "lon": -73.9512345},
 "notes": [{"at": "2026-04-01T12:00:00Z", "what": "Crew was there"}, {"at": "", "what": "?"}]}"""


def import_json(tmp_path, capsys, text):
    path = tmp_path / "export.json"
    path.write_text(text)
    take_in(path, json_profile(tmp_path))
    return capsys.readouterr().out.splitlines()[-1]


@pytest.mark.parametrize("text", [f"[{RECORD}]", f'{{"count": 1, "requests": [{RECORD}]}}'])
def test_records_in_json_are_taken_wherever_they_stand(tmp_path, capsys, text):
    assert import_json(tmp_path, capsys, text) == "imported 0, unchanged 0, repaired 1, rejected 0"

    case = the_case("7")
    assert case.incident.closed_at == datetime(2026, 4, 2, 9, tzinfo=UTC)
    assert (case.lat, case.lon) == (40.6123456, -73.9512345)
    assert facts_of(case)["repairs"] == {"key_twice": "updated", "entries_left_out": "1"}


@pytest.mark.django_db(transaction=True)
def test_what_happened_elsewhere_stands_in_the_timeline_on_its_day(tmp_path, capsys):
    import_json(tmp_path, capsys, f"[{RECORD}]")

    case = the_case("7")
    noted = Event.objects.get(stream_id=case.incident_id, kind="noted")
    assert (noted.at, noted.visibility) == (datetime(2026, 4, 1, 12, tzinfo=UTC), "public")
    assert case.incident.public_note == "Crew was there"
    assert facts_of(case, "noted") == {"text": "Crew was there"}
    assert compare().differences == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "is empty"),
        ("[{", "breaks off"),
        ("{}", "holds no records where"),
        ("[{]", "not JSON"),
        ('[{"unique_key": 1}]', "columns are missing"),
        ("[" + '{"a":' * 40 + "1" + "}" * 40 + "]", "deep"),
        ('["' + "x" * 3_000_000 + '"]', "longer than 1 MB"),
    ],
)
def test_broken_json_stops_with_one_line(tmp_path, capsys, text, fault):
    with pytest.raises(Trouble, match=fault) as stopped:
        import_json(tmp_path, capsys, text)

    assert "\n" not in stopped.value.line


@pytest.mark.django_db(transaction=True)
def test_several_processes_take_every_row_once_and_list_the_refused_in_order(tmp_path, city):
    rows = [LIVED | {"unique_key": f"B{number}", "pictures": ""} for number in range(40)]
    rows += [rows[3] | {"created_date": ""}, rows[4], rows[5] | {"created_date": "?"}]
    path = tmp_path / "export.csv"
    path.write_text("\n".join(listed(rows)))
    export = check_export(path, read_profile(profile_of(tmp_path, columns=LIVED_COLUMNS)))
    job = Job(export, city.jurisdiction, tmp_path / "rejects.csv", tmp_path / "told.csv")
    seen = []

    tally, differences = import_export(job, progress=seen.append, processes=2)

    assert str(tally) == "imported 40, unchanged 1, repaired 0, rejected 2"
    assert seen[-1] == tally
    assert Case.objects.count() == 40
    with job.rejects.open(newline="") as lines:
        assert [int(row["line"]) for row in csv.DictReader(lines)] == [42, 44]
    assert differences == {}
    assert verify().is_whole
    assert compare().differences == ()


@pytest.mark.django_db(transaction=True)
def test_a_process_that_stops_is_told_in_one_line(tmp_path, city, monkeypatch):
    path = tmp_path / "export.csv"
    path.write_text("\n".join(listed([LIVED])))
    export = check_export(path, read_profile(profile_of(tmp_path, columns=LIVED_COLUMNS)))
    monkeypatch.setattr(engine, "_take_share", lambda *_share: os._exit(1))

    with pytest.raises(Trouble, match="run it again to go on"):
        import_export(
            Job(export, city.jurisdiction, tmp_path / "rejects.csv"),
            progress=lambda _tally: None,
            processes=2,
        )
