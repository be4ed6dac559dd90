"""Points Django at a database, and says which roles and migrations it has."""

from dataclasses import dataclass
from typing import Any

import dj_database_url
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError, InterfaceError, OperationalError

from hark311.platform.trouble import Trouble

# The database is stopped, restarting or overloaded: nothing is wrong with what was asked.
AWAY = (InterfaceError, OperationalError)
RETRY_AFTER_S = 30
ENGINE = "hark311.platform.connection"
# How often a statement is asked before the server keeps its plan.
PLANNED_AFTER = 2


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """What ``doctor`` and ``/readyz`` tell about the connected database."""

    version: int
    role: str
    missing_migrations: tuple[str, ...]


def described(url: str, *, is_pooled: bool) -> dict[str, object]:
    """Return Django's description of the PostgreSQL at ``url``.

    is_pooled: a pooler stands between, so nothing may outlive a transaction on the server.
    Raises Trouble if the address is of another database.
    """
    if not url.startswith(("postgres://", "postgresql://")):
        raise Trouble("DATABASE_URL must begin with postgresql://")
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(url, engine=ENGINE))
    except ValueError:
        raise Trouble("DATABASE_URL cannot be read: see docs/reference/settings.md") from None
    return found | {
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": is_pooled,
        "OPTIONS": {
            **found.get("OPTIONS", {}),
            # Of platform.planned; behind a pooler the next statement may meet another server.
            "prepare_threshold": None if is_pooled else PLANNED_AFTER,
        },
    }


def point_at(url: str) -> None:
    """Make Django's one connection go to another address from now on."""
    connections["default"].close()
    connections["default"].settings_dict.update(described(url, is_pooled=False))


def state() -> DatabaseState:
    """Read version, role and what is still to migrate. Raises DatabaseError if out of reach."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000, current_user")
        version, role = cursor.fetchone()
    return DatabaseState(version=version, role=role, missing_migrations=missing_migrations())


def missing_migrations() -> tuple[str, ...]:
    """Return the migrations that the code has and the database has not, in order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return tuple(f"{migration.app_label}.{migration.name}" for migration, _ in plan)


def is_reachable() -> bool:
    """Whether the database answers at all."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
