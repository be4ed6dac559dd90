import pytest
from tests.cases.make import make_case, make_incident

from hark311.domain.lifecycle import State
pytestmark = pytest.mark.django_db

def test_pages(city, signed_in):
    incident = make_incident(city, cases=3)
    closed = make_incident(city, state=State.CLOSED)
    c = signed_in(city)
    for p in ["", "late", "inbox", "new", "new?service=pothole", "search", "search?q=hole", "search?q=South&by=place","search?q=Elm&by=place", "routing", "routing?last=100", f"incidents/{incident.pk}", f"incidents/{closed.pk}", "queues/streets"]:
        r = c.get("/staff/" + p)
        open("/tmp/page.html","wb").write(r.content)
        assert r.status_code == 200, p
    from hark311.console.deeds.registry import DEEDS
    for d in DEEDS:
        r = c.get(f"/staff/incidents/{incident.pk}/{d}")
        assert r.status_code == 200, d
    assert c.get("/es/staff/").status_code == 200
