"""What is sensitive stays so on both sides of a membership; what is open is found by place.

The two composite keys make it impossible that a case, its membership and its incident
disagree about being sensitive. The GiST index holds open incidents only, as points.

Lock: ACCESS EXCLUSIVE on empty tables, for milliseconds. Undo: reversible.
"""

from django.db import migrations

PAIRS = """
ALTER TABLE cases_membership
  ADD CONSTRAINT membership_case_sensitivity FOREIGN KEY (case_id, is_sensitive)
    REFERENCES cases_case (id, is_sensitive) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT membership_incident_sensitivity FOREIGN KEY (incident_id, is_sensitive)
    REFERENCES cases_incident (id, is_sensitive) DEFERRABLE INITIALLY DEFERRED
"""
UNDO_PAIRS = """
ALTER TABLE cases_membership
  DROP CONSTRAINT membership_case_sensitivity,
  DROP CONSTRAINT membership_incident_sensitivity
"""
NEAR = """
CREATE INDEX incident_open_place ON cases_incident USING gist (point(lon, lat))
WHERE state <> 'closed' AND merged_into_id IS NULL AND NOT is_sensitive
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_events_only_grow")]
    operations = [
        migrations.RunSQL(PAIRS, UNDO_PAIRS),
        migrations.RunSQL(NEAR, "DROP INDEX incident_open_place"),
    ]
