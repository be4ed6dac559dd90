"""What the public sees of an incident is built from its public cases and cleared words."""

from datetime import timedelta

import pytest
from tests.cases.make import FIXED, SOUTH, City, make_case, staff_actor, the_city, the_system

from hark311.cases.actions.add_note import add_public_note
from hark311.cases.actions.add_words import add_words
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.merge_incidents import merge_incidents
from hark311.cases.actions.redact_case import redact_case
from hark311.cases.models import Case
from hark311.cases.queries.near import open_public_near
from hark311.cases.queries.public import PublicFilter, public_case, public_cases, public_updates
from hark311.cases.queries.timeline import case_timeline
from hark311.catalog.queries import service_by_code
from hark311.domain.closing import Closing
from hark311.domain.errors import NotFound
from hark311.domain.place import Point
from hark311.domain.vocabulary import EventKind, Outcome, Privacy, Visibility
from hark311.platform import clock

pytestmark = pytest.mark.django_db

HOME = Point(-80.0002, 39.9501)
WORDS = "Elm Street is hers."
SECRET = "The house with the red door"


@pytest.fixture
def city(frozen_clock) -> City:
    return the_city()


@pytest.fixture
def private(city, frozen_clock) -> Case:
    """A private case that began an incident at somebody's home."""
    found = make_case(city, privacy=Privacy.PRIVATE, description=SECRET, point=HOME)
    Case.objects.filter(pk=found.pk).update(address="7 Secret Lane")
    frozen_clock.move_by(timedelta(hours=3))
    return found


@pytest.fixture
def neighbor(private, city) -> Case:
    """A public case that joined it."""
    return make_case(city, incident=private.incident, point=SOUTH)


def _everything_public(city: City, number: str) -> str:
    jurisdiction = city.jurisdiction
    seen = public_case(jurisdiction, number)
    told = case_timeline(seen.id, Visibility.PUBLIC)
    updates = public_updates(jurisdiction, start=seen.opened_at, end=clock.now())
    return repr((seen, told, updates))


def test_a_candidate_stands_where_and_since_when_its_public_case_does(city, neighbor):
    service = service_by_code(city.jurisdiction, "pothole")

    (found,) = open_public_near(
        city.jurisdiction, service, SOUTH, opened_from=clock.now() - timedelta(days=9)
    )

    assert found.number == neighbor.number
    assert found.distance_m == 0
    assert found.opened_at == neighbor.opened_at


def test_a_private_case_shows_in_nothing_that_is_public_of_its_neighbor(city, private, neighbor):
    add_words(private.pk, "It is behind my kitchen.", [], actor=the_system(city))
    add_public_note(private.incident_id, "A crew is on its way.", actor=the_system(city))
    close_incident(private.incident_id, FIXED, actor=the_system(city))

    seen = _everything_public(city, neighbor.number)

    assert "A crew is on its way." in seen
    assert "Filled this morning." in seen
    for words in (SECRET, "Secret Lane", "kitchen", private.number, str(HOME.lat)):
        assert words not in seen


def test_others_who_reported_it_in_private_are_not_counted_in_public(city, private, neighbor):
    assert public_case(city.jurisdiction, neighbor.number).active_cases == 1
    make_case(city, incident=private.incident)
    assert public_case(city.jurisdiction, neighbor.number).active_cases == 2


def test_a_private_case_that_was_merged_stays_absent(city, private):
    public = make_case(city)
    merge_incidents(private.incident_id, public.incident_id, actor=the_system(city))
    close_incident(public.incident_id, FIXED, actor=the_system(city))

    listed = public_cases(city.jurisdiction, PublicFilter())
    updates = public_updates(city.jurisdiction, start=private.opened_at, end=clock.now())

    assert [one.number for one in listed] == [public.number]
    assert {one.number for one in updates} == {public.number}
    with pytest.raises(NotFound):
        public_case(city.jurisdiction, private.number)


def test_redacted_words_are_in_nothing_public_and_the_rest_of_them_stays(city):
    case = make_case(city)
    noted = f"Mrs. Poe opened the gate. Ask Mrs. Poe again. {WORDS}"
    add_public_note(case.incident_id, noted, actor=the_system(city))
    closing = Closing(Outcome.FIXED, f"Filled for Mrs. Poe. {WORDS}")
    close_incident(case.incident_id, closing, actor=the_system(city))
    redact_case(case.pk, "Mrs. Poe", "A name.", actor=staff_actor(city))
    redact_case(case.pk, WORDS, "An address.", actor=staff_actor(city))

    told = case_timeline(case.pk, Visibility.PUBLIC)
    updates = public_updates(city.jurisdiction, start=case.opened_at, end=clock.now())

    seen = _everything_public(city, case.number)
    assert "Poe" not in seen
    assert WORDS not in seen
    said = [one.text for one in updates]
    assert [one.kind for one in updates] == [EventKind.NOTED, EventKind.CLOSED]
    assert "opened the gate." in said[0]
    assert "Filled for" in said[1]
    assert [entry.facts["text"] for entry in told if "text" in entry.facts] == said


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(PublicFilter(words="red door"), id="by its words"),
        pytest.param(PublicFilter(area="ward:south"), id="by its area"),
        pytest.param(PublicFilter(service_codes=("pothole",)), id="by its service"),
    ],
)
def test_no_filter_finds_a_private_case(city, private, wanted):
    assert public_cases(city.jurisdiction, wanted) == ()
