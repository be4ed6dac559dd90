"""A body is erased only for a redaction that restates its event; only the application may.

The function before trusted whoever called it, and looked for its table wherever the caller
said: with a temporary table of the same name, a trigger of the caller's ran with the rights of
the owner. This one names its schema, and reads nothing that a caller can put in between.

Lock: none on tables. Undo: reversible.
"""

from django.conf import settings
from django.db import migrations
from psycopg import sql

DROP = "DROP FUNCTION cases_erase_body(bigint)"
MAKE_BEFORE = """
CREATE FUNCTION cases_erase_body(erased bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT
AS 'DELETE FROM cases_eventbody WHERE event_id = erased'
"""
MAKE = """
CREATE FUNCTION cases_erase_body(erased bigint, redaction bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $erase$
BEGIN
  PERFORM 1
  FROM {schema}.cases_event event
  JOIN {schema}.cases_event reason ON reason.jurisdiction_id = event.jurisdiction_id
  JOIN {schema}.cases_eventbody said ON said.event_id = reason.id
  WHERE event.id = erased AND reason.id = redaction AND reason.kind = 'redacted'
    AND said.payload -> 'facts' -> 'events' ? erased::text;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no redaction names event %', erased;
  END IF;
  DELETE FROM {schema}.cases_eventbody WHERE event_id = erased;
END
$erase$
"""


def make(apps, schema_editor):
    application = settings.DATABASE_APP_ROLE
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_schema(), current_user")
        schema, owner = cursor.fetchone()
        cursor.execute(sql.SQL(MAKE).format(schema=sql.Identifier(schema)))
        cursor.execute("REVOKE ALL ON FUNCTION cases_erase_body(bigint, bigint) FROM PUBLIC")
        if owner != application:
            grant = sql.SQL("GRANT EXECUTE ON FUNCTION cases_erase_body(bigint, bigint) TO {role}")
            cursor.execute(grant.format(role=sql.Identifier(application)))


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_find_by_words")]
    operations = [
        migrations.RunSQL(DROP, MAKE_BEFORE),
        migrations.RunPython(make, migrations.RunPython.noop),
        migrations.RunSQL(migrations.RunSQL.noop, "DROP FUNCTION cases_erase_body(bigint, bigint)"),
    ]
