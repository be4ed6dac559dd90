"""Staff read the states and outcomes as their city calls them."""

import pytest
from tests.cases.make import FIXED, City, make_incident, the_system

from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.close_incident import close_incident

pytestmark = pytest.mark.django_db


@pytest.fixture
def worded(city) -> City:
    city.jurisdiction.settings["states"] = {"acknowledged": {"en": "The crew knows"}}
    city.jurisdiction.settings["outcomes"] = {
        "fixed": {"names": {"en": "All sorted"}, "texts": {"en": "The work is done."}}
    }
    city.jurisdiction.save()
    return city


def test_the_queue_and_the_page_say_the_state_in_the_citys_words(worded, signed_in):
    incident = make_incident(worded)
    acknowledge_incident(incident.pk, actor=the_system(worded))
    client = signed_in(worded)

    listed = client.get("/staff/queues").content.decode()
    page = client.get(f"/staff/incidents/{incident.pk}").content.decode()

    assert '<option value="acknowledged">The crew knows</option>' in listed
    assert listed.count("The crew knows") == 2
    assert "The crew knows" in page
    assert "Seen by the department" not in listed + page


def test_the_closing_is_chosen_and_told_in_the_citys_words(worded, signed_in):
    incident = make_incident(worded)
    client = signed_in(worded)

    form = client.get(f"/staff/incidents/{incident.pk}/close").content.decode()
    close_incident(incident.pk, FIXED, actor=the_system(worded))
    page = client.get(f"/staff/incidents/{incident.pk}").content.decode()

    assert "All sorted" in form
    assert "Planned for later" in form
    # Beside the head and in the history.
    assert page.count("All sorted") == 2
