"""Names of places are found although they are misspelled: PostgreSQL's own trigrams.

pg_trgm is trusted: the owner of the database may add it. Lock: none. Undo: reversible.
"""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]
    operations = [TrigramExtension()]
