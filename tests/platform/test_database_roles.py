"""The application role writes rows, and cannot change what holds them."""

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from hark311.platform import database
from hark311.platform.models import Deployment

pytestmark = pytest.mark.django_db


def test_the_application_is_not_the_owner():
    assert database.state().role == "hark311_app"


def test_everything_is_migrated():
    assert database.state().missing_migrations == ()


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("CREATE TABLE own (id int)", id="make a table"),
        pytest.param("ALTER TABLE platform_deployment ADD COLUMN own int", id="change a table"),
        pytest.param("TRUNCATE platform_deployment", id="empty a table"),
        pytest.param("DROP TABLE platform_deployment", id="drop a table"),
        pytest.param("DELETE FROM django_migrations", id="forget a migration"),
    ],
)
def test_the_application_may_not(statement):
    with (
        pytest.raises(ProgrammingError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_the_application_may_write_rows():
    Deployment.objects.update(is_demo=True)

    assert Deployment.objects.get().is_demo is True


@pytest.mark.django_db(transaction=True)
def test_a_committed_change_does_not_reach_the_next_test_1():
    Deployment.objects.update(is_demo=True)

    assert Deployment.objects.get().is_demo is True


@pytest.mark.django_db(transaction=True)
def test_a_committed_change_does_not_reach_the_next_test_2():
    assert Deployment.objects.get().is_demo is False
