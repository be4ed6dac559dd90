"""The application role may read and write rows, and nothing else (docs/adr/0002).

It gets its rights on every table and sequence that the owner makes from now on, so each
later migration only takes rights away where rows must never change. All other migrations
come after this one. Lock: none on tables. Undo: takes the default rights back.
"""

from django.conf import settings
from django.db import migrations
from psycopg import sql

GRANT = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public"
    " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
)
REVOKE = (
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM {role}",
    "REVOKE SELECT ON ALL TABLES IN SCHEMA public FROM {role}",
    "REVOKE USAGE ON SCHEMA public FROM {role}",
)


def _for_role(statements):
    def run(apps, schema_editor):
        role = sql.Identifier(settings.DATABASE_APP_ROLE)
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            if cursor.fetchone()[0] == settings.DATABASE_APP_ROLE:
                return
            for statement in statements:
                cursor.execute(sql.SQL(statement).format(role=role))

    return run


class Migration(migrations.Migration):
    initial = True
    run_before = [
        ("contenttypes", "0001_initial"),
        ("procrastinate", "0001_initial"),
        ("sessions", "0001_initial"),
    ]
    operations = [migrations.RunPython(_for_role(GRANT), _for_role(REVOKE))]
