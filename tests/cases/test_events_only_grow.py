"""What the application's role may never do to history, not even by mistake."""

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "table", ["cases_event", "cases_eventbody", "cases_dailyroot", "cases_eventfeed"]
)
@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE {} SET {} = {}", id="change"),
        pytest.param("DELETE FROM {}", id="delete"),
        pytest.param("TRUNCATE {} CASCADE", id="empty"),
    ],
)
def test_the_application_only_appends(table, statement):
    key = {"cases_eventbody": "event_id", "cases_eventfeed": "position"}.get(table, "id")

    with pytest.raises(ProgrammingError) as refused, transaction.atomic():
        connection.cursor().execute(statement.format(table, key, key))

    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)
