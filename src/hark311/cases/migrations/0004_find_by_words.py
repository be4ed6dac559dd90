"""Staff find cases by the words of their masked text and of their address, and by area.

The expressions are those that Django's SearchVector writes; a test holds them together.

Lock: none that stops writing (built concurrently). Undo: reversible.
"""

from django.db import migrations

TEXT = """
CREATE INDEX CONCURRENTLY case_words ON cases_case
USING gin (to_tsvector('simple'::regconfig, COALESCE(public_text, '')))
"""
ADDRESS = """
CREATE INDEX CONCURRENTLY case_address_words ON cases_case
USING gin (to_tsvector('simple'::regconfig, COALESCE(address, '')))
"""
AREAS = "CREATE INDEX CONCURRENTLY case_areas ON cases_case USING gin (areas jsonb_path_ops)"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0003_sensitive_and_near")]
    operations = [
        migrations.RunSQL(TEXT, "DROP INDEX CONCURRENTLY case_words"),
        migrations.RunSQL(ADDRESS, "DROP INDEX CONCURRENTLY case_address_words"),
        migrations.RunSQL(AREAS, "DROP INDEX CONCURRENTLY case_areas"),
    ]
