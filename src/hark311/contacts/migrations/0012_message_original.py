"""A message says where the one it was read from is kept, byte for byte.

Lock: ACCESS EXCLUSIVE on contacts_message, for milliseconds; no scan, no rewrite.
Undo: reversible.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "0011_text_consent")]
    operations = [
        migrations.AddField(
            "message",
            "original_key",
            models.CharField(blank=True, db_default="", max_length=100),
        ),
    ]
