"""A form made before a colleague's change: what changed is said, what was typed is kept."""

import pytest
from tests.cases.make import kinds_of, make_incident, staff_actor

from hark311.cases.actions.add_note import add_internal_note
from hark311.cases.actions.set_severity import set_severity
from hark311.cases.models import Incident
from hark311.cases.queries.staff_incident import last_sequence
from hark311.domain.vocabulary import Severity

pytestmark = pytest.mark.django_db


def test_a_stale_form_says_what_changed_and_keeps_what_was_typed(city, signed_in):
    incident = make_incident(city)
    seen = last_sequence(incident.pk)
    set_severity(incident.pk, Severity.URGENT, actor=staff_actor(city))

    page = signed_in(city).post(
        f"/staff/incidents/{incident.pk}/close",
        {"outcome": "not_ours", "detail": "The county", "text": "Ask them", "seen": seen}
        | {"confirm": "yes"},
    )

    text = page.content.decode()
    assert page.status_code == 409
    assert "How urgent it is was set." in text
    assert 'value="The county"' in text
    assert ">\nAsk them</textarea>" in text
    assert 'value="not_ours" id="id_outcome_2" required checked' in text
    assert Incident.objects.get(pk=incident.pk).state == "received"


def test_a_stale_form_sent_again_is_done(city, signed_in):
    incident = make_incident(city)
    seen = last_sequence(incident.pk)
    add_internal_note(incident.pk, "Careful: dog", actor=staff_actor(city))
    client = signed_in(city)
    typed = {"text": "The crew comes on Tuesday", "confirm": "yes"}

    refused = client.post(f"/staff/incidents/{incident.pk}/news", {**typed, "seen": seen})
    again = client.post(
        f"/staff/incidents/{incident.pk}/news",
        {**typed, "seen": refused.context["form"].data["seen"]},
    )

    assert (refused.status_code, again.status_code) == (409, 302)
    assert kinds_of(incident).count("noted") == 2


def test_a_button_on_an_old_page_is_refused_too(city, signed_in):
    incident = make_incident(city)
    seen = last_sequence(incident.pk)
    add_internal_note(incident.pk, "Careful: dog", actor=staff_actor(city))

    page = signed_in(city).post(f"/staff/incidents/{incident.pk}/acknowledge", {"seen": seen})

    assert page.status_code == 409
    assert "Careful: dog" in page.content.decode()


def test_a_form_without_what_was_seen_is_not_taken(city, signed_in):
    incident = make_incident(city)

    page = signed_in(city).post(f"/staff/incidents/{incident.pk}/acknowledge")

    assert page.status_code == 422
    assert Incident.objects.get(pk=incident.pk).state == "received"
