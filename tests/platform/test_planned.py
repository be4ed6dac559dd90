"""Statements that the server keeps planned behave as the ORM's do, and are counted with them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from tests.cases.make import make_case, make_city

from hark311.access import allowance
from hark311.access.models import Allowance
from hark311.cases.models import Case
from hark311.contacts.models import Interaction, Message
from hark311.platform import clock, planned

pytestmark = pytest.mark.django_db


def a_touch(city, **values) -> Interaction:
    return Interaction(
        jurisdiction=city.jurisdiction,
        channel="web",
        kind="request",
        started_at=clock.now(),
        **{"reference": "26-00000001-1", **values},
    )


def test_a_row_comes_back_as_it_was_put_in():
    city = make_city()
    receipt = {"number": "x", "hazard": None, "of": [1, 2.5, "ñ"]}

    touch = a_touch(city, receipt=receipt)
    planned.insert(touch)

    kept = Interaction.objects.get()
    assert (kept.pk, kept.receipt, kept.started_at) == (touch.pk, receipt, touch.started_at)
    assert planned.first(Interaction, "reference = %s", [touch.reference]) == kept


def test_what_the_database_fills_in_is_left_to_it():
    touch = a_touch(make_city())

    planned.insert(touch)

    assert Interaction.objects.get().handed_to == ""


def test_a_row_that_is_known_is_left_out_where_that_is_wanted():
    city = make_city()
    planned.insert(a_touch(city))

    assert planned.insert(a_touch(city), unless_known=True) is False
    with pytest.raises(IntegrityError), transaction.atomic():
        planned.insert(a_touch(city))


def test_rows_of_several_tables_go_in_at_once(django_assert_num_queries):
    touch = a_touch(make_city())
    message = Message(text="Hello", at=clock.now())

    with django_assert_num_queries(2):
        touch.pk, message.pk = planned.take_keys([Interaction, Message])
        message.interaction_id = touch.pk
        planned.insert_all([message, touch])

    assert Message.objects.get().interaction.reference == touch.reference


def test_instants_numbers_and_json_are_read_as_what_they_are():
    case = make_case(make_city())

    ((opened_at, lon, areas, answers),) = planned.fetch(
        "SELECT opened_at, lon, areas, answers FROM cases_case WHERE id = %(id)s", {"id": case.pk}
    )

    assert (opened_at, lon, areas, answers) == (case.opened_at, case.lon, case.areas, case.answers)


def test_nothing_is_found_where_nothing_is():
    assert planned.first(Case, "id = %s", [-1]) is None


@pytest.mark.django_db(transaction=True)
def test_counting_by_itself_waits_for_no_disk_and_says_so_only_of_itself():
    at = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)

    used = [allowance.count("key:1", now=at + timedelta(seconds=second)) for second in (1, 2)]

    assert used == [1, 2]
    assert Allowance.objects.get().used == 2
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("on",)
