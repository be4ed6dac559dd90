"""Staff find people by the words of their name.

The expression is the one that Django's SearchVector writes; a test holds them together.

Lock: none that stops writing (built concurrently). Undo: reversible.
"""

from django.db import migrations

NAME = """
CREATE INDEX CONCURRENTLY person_name_words ON people_person
USING gin (to_tsvector('simple'::regconfig, COALESCE(name, '')))
"""


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunSQL(NAME, "DROP INDEX CONCURRENTLY person_name_words")]
