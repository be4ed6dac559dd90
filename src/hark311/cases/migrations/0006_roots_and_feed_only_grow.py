"""Daily roots and the feed are appended and read, never changed, as events are.

A root that could be rewritten would prove nothing, and a feed that could be cut would hide an
event from its readers.

Lock: ACCESS EXCLUSIVE on two tables, for milliseconds. Undo: grants come back by hand.
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
    WHERE g.table_name IN ('cases_dailyroot', 'cases_eventfeed')
      AND g.table_schema = current_schema() AND g.grantee <> t.tableowner
  LOOP
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM %I',
                   grant_row.table_name, grant_row.grantee);
  END LOOP;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_erase_what_a_redaction_names")]
    operations = [migrations.RunSQL(REVOKE, migrations.RunSQL.noop)]
