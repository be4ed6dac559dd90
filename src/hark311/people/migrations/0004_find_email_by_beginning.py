"""A misheard e-mail address is looked for among those that begin alike, not among all.

The likeness of a million addresses took over a second to weigh; four letters in common leave a
few thousand. Lock: none that stops writing (built and dropped concurrently). Undo: reversible.
"""

from django.db import migrations

BEGINS = """
CREATE INDEX CONCURRENTLY person_email_begins ON people_person
(left(split_part(email, '@', 1), 4)) WHERE email <> ''
"""
LIKE = """
CREATE INDEX CONCURRENTLY person_email_like ON people_person
USING gin (split_part(email, '@', 1) gin_trgm_ops) WHERE email <> ''
"""


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("people", "0003_find_by_slips")]
    operations = [
        migrations.RunSQL(BEGINS, "DROP INDEX CONCURRENTLY person_email_begins"),
        migrations.RunSQL("DROP INDEX CONCURRENTLY person_email_like", LIKE),
    ]
