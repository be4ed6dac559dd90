"""A role may hold in one queue of a department only.

Lock: ACCESS EXCLUSIVE on government_staffrole and SHARE ROW EXCLUSIVE on government_queue, for
milliseconds: the table has one row for each role of each member of staff. Undo: reversible.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("government", "0004_account_absence")]
    operations = [
        migrations.AddField(
            "staffrole",
            "queue",
            models.ForeignKey(
                blank=True, null=True, on_delete=models.PROTECT, to="government.queue"
            ),
        ),
        migrations.RemoveConstraint("staffrole", "staff_role_once"),
        migrations.AddConstraint(
            "staffrole",
            models.UniqueConstraint(
                fields=["account", "jurisdiction", "department", "queue", "role"],
                name="staff_role_once_each",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            "staffrole",
            models.CheckConstraint(
                condition=models.Q(queue__isnull=True) | models.Q(department__isnull=False),
                name="staff_role_of_queue_names_department",
            ),
        ),
    ]
