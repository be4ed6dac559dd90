"""One sequence numbers every case and interaction of a deployment.

Lock: none on tables. Undo: reversible, but a number given out is never given again, so
undo only on an empty database.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE contacts_serial MINVALUE 1 MAXVALUE 99999999 NO CYCLE",
            "DROP SEQUENCE contacts_serial",
        )
    ]
