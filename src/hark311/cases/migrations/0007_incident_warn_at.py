"""An incident keeps when the first of its clocks warns, so that lists find what is soon late.

Incidents that stand already get theirs with the next thing that happens to them.

Lock: ACCESS EXCLUSIVE for an instant, no rewrite. Undo: reversible.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_roots_and_feed_only_grow")]
    operations = [
        migrations.AddField("incident", "warn_at", models.DateTimeField(blank=True, null=True))
    ]
