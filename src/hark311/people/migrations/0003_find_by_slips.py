"""Staff find people whose name or address was heard a little wrong, or by the local number.

The expressions are those of people.finding; a test holds them together.

Lock: none that stops writing (built concurrently). Undo: reversible.
"""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

EMAIL = """
CREATE INDEX CONCURRENTLY person_email_like ON people_person
USING gin (split_part(email, '@', 1) gin_trgm_ops) WHERE email <> ''
"""
NAME = """
CREATE INDEX CONCURRENTLY person_name_like ON people_person USING gin (name gin_trgm_ops)
WHERE name <> ''
"""
PHONE = """
CREATE INDEX CONCURRENTLY person_phone_local ON people_person
(right(regexp_replace(phone, '[^0-9]', '', 'g'), 7)) WHERE phone <> ''
"""


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("people", "0002_find_by_name")]
    operations = [
        TrigramExtension(),
        migrations.RunSQL(EMAIL, "DROP INDEX CONCURRENTLY person_email_like"),
        migrations.RunSQL(NAME, "DROP INDEX CONCURRENTLY person_name_like"),
        migrations.RunSQL(PHONE, "DROP INDEX CONCURRENTLY person_phone_local"),
    ]
