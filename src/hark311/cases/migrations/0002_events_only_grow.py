"""Events are appended and read, never changed; a body may be erased through one function.

Every role but the owner loses UPDATE, DELETE and TRUNCATE on the tables of events, so not
even a mistake in the application can rewrite history. TRUNCATE and triggers would not do:
an owner passes both, which is why the application connects as another role.

Lock: ACCESS EXCLUSIVE on empty tables, for milliseconds. Undo: grants come back by hand.
"""

from django.db import migrations

REVOKE = """
DO $$
DECLARE grant_row record;
BEGIN
  FOR grant_row IN
    SELECT DISTINCT g.grantee, g.table_name
    FROM information_schema.role_table_grants g
    JOIN pg_tables t ON t.schemaname = g.table_schema AND t.tablename = g.table_name
    WHERE g.table_name IN ('cases_event', 'cases_eventbody')
      AND g.table_schema = current_schema() AND g.grantee <> t.tableowner
  LOOP
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM %I',
                   grant_row.table_name, grant_row.grantee);
  END LOOP;
END $$
"""

ERASE = """
CREATE FUNCTION cases_erase_body(erased bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT
AS 'DELETE FROM cases_eventbody WHERE event_id = erased'
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [
        migrations.RunSQL(REVOKE, migrations.RunSQL.noop),
        migrations.RunSQL(ERASE, "DROP FUNCTION cases_erase_body"),
    ]
