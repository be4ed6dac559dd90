import pytest
from tests.cases.town import make_case, make_person, make_town

from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.models import Case, Event, Incident
from hark311.cases.rebuild import TABLES, Difference, compare
from hark311.domain.closing import Closing
from hark311.domain.vocabulary import EventKind, Outcome

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case() -> Case:
    """Two cases of one incident, acknowledged and closed; returns the first."""
    town = make_town()
    case = make_case(town, person=make_person(town))
    make_case(town, join=case.incident_id)
    make_case(town)
    acknowledge_incident(case.incident_id, actor=town.staff)
    close_incident(case.incident_id, Closing(Outcome.FIXED, "Filled."), actor=town.staff)
    return case


@pytest.fixture
def erase(owner_connection):
    """Erases a body without a redaction, as only the owner can."""

    def by_hand(event: Event) -> None:
        owner_connection.execute("DELETE FROM cases_eventbody WHERE event_id = %s", [event.pk])

    return by_hand


def test_every_table_of_the_ledger_is_compared():
    assert {Case, Incident} < set(TABLES)
    assert len(TABLES) == 12


def test_after_actions_every_column_follows_from_events(case):
    report = compare()

    assert (report.differences, report.unknowable) == ((), ())
    assert report.rows > 10


def test_a_column_changed_by_hand_is_named(case):
    Incident.objects.filter(pk=case.incident_id).update(outcome="invalid")

    assert compare().differences == (
        Difference("incident", case.incident_id, "outcome", "its last event wrote another value"),
    )


def test_a_row_deleted_by_hand_is_named(case):
    gone = case.clocks.latest("pk")
    row_id = gone.pk
    gone.delete()

    assert compare().differences == (Difference("clock", row_id, "", "row is gone"),)


def test_a_row_made_by_hand_is_named(case):
    case.ratings.create(stars=5, at=case.opened_at)

    assert {found.table for found in compare().differences} == {"rating"}


def test_columns_of_an_erased_event_are_unknowable_and_no_difference(case, erase):
    erase(Event.objects.get(kind=EventKind.RECEIVED, case_id=case.pk))
    report = compare()

    assert report.differences == ()
    assert ("case", "description") in {(found.table, found.column) for found in report.unknowable}


def test_a_change_by_hand_beside_an_earlier_erased_event_is_still_named(case, erase):
    erase(Event.objects.get(kind=EventKind.RECEIVED, case_id=case.pk))
    Incident.objects.filter(pk=case.incident_id).update(outcome="invalid")

    assert [found.column for found in compare().differences] == ["outcome"]


def test_an_erased_event_of_one_incident_excuses_no_other(case, erase):
    erase(Event.objects.get(kind=EventKind.RECEIVED, case_id=case.pk))
    other = Case.objects.exclude(incident=case.incident_id).get()
    Case.objects.filter(pk=other.pk).update(description="Another hole.")

    assert [found.row_id for found in compare().differences] == [other.pk]
