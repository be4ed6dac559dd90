"""A message says who is about to see to it, and since when.

Lock: ACCESS EXCLUSIVE on contacts_message and SHARE ROW EXCLUSIVE on government_account, for
milliseconds: the new column is empty. Undo: reversible.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "0004_interaction_handed_to")]
    operations = [
        migrations.AddField("message", "claimed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "message",
            "claimed_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.SET_NULL,
                related_name="+",
                to="government.account",
            ),
        ),
        migrations.AlterField(
            "message",
            "handled_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.SET_NULL,
                related_name="+",
                to="government.account",
            ),
        ),
    ]
