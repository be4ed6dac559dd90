"""What an event says is erased by a redaction that names it, and by nothing else."""

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from tests.cases.make import events_of, make_case, make_incident, staff_actor

from hark311.cases.actions.redact_case import redact_case
from hark311.cases.models import Event, EventBody
from hark311.domain.vocabulary import EventKind

pytestmark = pytest.mark.django_db

_TRAP = """
CREATE TEMP TABLE cases_eventbody (event_id bigint);
INSERT INTO pg_temp.cases_eventbody VALUES ({id});
CREATE FUNCTION pg_temp.steal() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN UPDATE public.cases_event SET kind = ''closed'' WHERE id = {id}; RETURN OLD; END';
CREATE TRIGGER steal BEFORE DELETE ON pg_temp.cases_eventbody
  FOR EACH ROW EXECUTE FUNCTION pg_temp.steal();
"""


def _erase(event: Event, redaction: Event) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT cases_erase_body(%s, %s)", [event.pk, redaction.pk])


def _redaction() -> Event:
    case = make_case(description="Bob Smith parks here.")
    redact_case(case.pk, "Bob Smith", "A wish.", actor=staff_actor())
    return Event.objects.get(kind=EventKind.REDACTED.value)


@pytest.mark.parametrize("kind", ["received", "redacted"])
def test_a_body_that_no_redaction_names_is_not_erased(frozen_clock, kind):
    redaction, (other, *_) = _redaction(), events_of(make_incident())
    reason = other if kind == "received" else redaction

    with pytest.raises(DatabaseError, match="no redaction"):
        _erase(other, reason)
    assert EventBody.objects.filter(event=other).exists()


def test_a_table_of_ones_own_does_not_make_the_eraser_change_events(frozen_clock):
    redaction = _redaction()
    named = Event.objects.get(kind=EventKind.RECEIVED.value)
    with connection.cursor() as cursor:
        cursor.execute(_TRAP.format(id=named.pk))

    _erase(named, redaction)

    assert Event.objects.get(pk=named.pk).kind == EventKind.RECEIVED.value


def test_only_the_application_may_erase(owner_connection):
    rights = owner_connection.execute(
        "SELECT has_function_privilege('public', 'cases_erase_body(bigint, bigint)', 'EXECUTE')"
    ).fetchone()

    assert rights == (False,)


def test_the_function_before_is_gone(frozen_clock):
    (event,) = events_of(make_incident())
    with (
        pytest.raises(DatabaseError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT cases_erase_body(%s)", [event.pk])

    assert isinstance(refused.value.__cause__, psycopg.errors.UndefinedFunction)
