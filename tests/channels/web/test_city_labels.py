"""Residents read the states and outcomes as their city calls them."""

import pytest
from tests.channels.web.cases import make_report, staff_of

from hark311.cases.actions.close_incident import close_incident
from hark311.domain.closing import Closing
from hark311.domain.vocabulary import Outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def worded(city):
    city.settings["states"] = {"received": {"en": "It is with us", "es": "Lo tenemos"}}
    city.settings["outcomes"] = {"planned": {"names": {"en": "On the list", "es": "En la lista"}}}
    city.save()
    return city


@pytest.mark.parametrize(("path", "label"), [("", "It is with us"), ("/es", "Lo tenemos")])
def test_the_case_and_the_list_say_the_state_in_the_citys_words(worded, client, path, label):
    case = make_report(worded)

    for page in (f"{path}/track/{case.number}", f"{path}/cases"):
        assert label in client.get(page).content.decode()


@pytest.mark.parametrize(("path", "label"), [("", "On the list"), ("/es", "En la lista")])
def test_the_case_and_its_history_say_the_outcome_in_the_citys_words(worded, client, path, label):
    case = make_report(worded, service_code="water_leak", answers={})
    closing = Closing(Outcome.PLANNED, "Next spring.", detail="May 2027")
    close_incident(case.incident_id, closing, actor=staff_of(worded))

    page = client.get(f"{path}/track/{case.number}").content.decode()

    assert page.count(label) == 2
