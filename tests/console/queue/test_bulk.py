"""Work with many rows: nothing before its preview, each by itself, nothing twice, all told."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.cases.make import (
    cases_of,
    kinds_of,
    make_account,
    make_case,
    make_city,
    make_incident,
    staff_actor,
    the_system,
)

from hark311.cases.actions.add_note import add_internal_note
from hark311.cases.actions.assign_incident import assign_incident
from hark311.cases.models import Case, Event, Incident
from hark311.domain.actor import Role
from hark311.domain.lifecycle import State
from hark311.government.models import Account, StaffRole
from hark311.people.models import Person
from hark311.platform import clock

pytestmark = pytest.mark.django_db


def _mark(incident) -> str:
    newest = Event.objects.filter(stream_kind="incident", stream_id=incident.pk)
    return f"{incident.pk}.{newest.latest('sequence').sequence}"


def _send(client, code, incidents, **typed):
    rows = [one if isinstance(one, str) else _mark(one) for one in incidents]
    return client.post(f"/staff/bulk/{code}", {"rows": rows, **typed})


def _state(incident) -> str:
    return Incident.objects.get(pk=incident.pk).state


def test_nothing_is_done_before_the_preview_was_confirmed(city, signed_in):
    first, second = make_incident(city), make_incident(city)

    page = _send(signed_in(city), "acknowledge", [first, second])

    assert page.status_code == 200
    assert [one.row.incident_id for one in page.context["preview"].ready] == [first.pk, second.pk]
    assert (_state(first), _state(second)) == ("received", "received")


def test_what_was_confirmed_is_done_for_each(city, signed_in):
    incidents = [make_incident(city) for _each in range(3)]

    page = _send(signed_in(city), "acknowledge", incidents, confirm="yes")

    assert [_state(one) for one in incidents] == ["acknowledged"] * 3
    assert "Done with 3." in page.content.decode()


def test_sent_again_the_same_is_done_once_and_told_as_done(city, signed_in):
    client, incident = signed_in(city), make_incident(city)
    typed = {"readers": "everybody", "text": "On Tuesday.", "filled": "yes", "confirm": "yes"}
    mark = _mark(incident)
    _send(client, "note", [mark], **typed)

    again = _send(client, "note", [mark], **typed)

    assert kinds_of(incident).count("noted") == 1
    assert [one.result for one in again.context["groups"]["fine"]] == ["already"]


def test_other_words_are_not_taken_for_the_same(city, signed_in):
    client, incident = signed_in(city), make_incident(city)
    mark = _mark(incident)
    _send(client, "note", [mark], readers="staff", text="One.", filled="yes", confirm="yes")

    other = _send(client, "note", [mark], readers="staff", text="Two.", filled="yes", confirm="yes")

    assert [one.result for one in other.context["groups"]["left"]] == ["stale"]
    assert kinds_of(incident).count("noted") == 1


def test_a_row_that_a_colleague_changed_is_left_alone_and_said(city, signed_in):
    changed, same = make_incident(city), make_incident(city)
    marks = [_mark(changed), _mark(same)]
    add_internal_note(changed.pk, "Look at this.", actor=staff_actor(city))

    preview = _send(signed_in(city), "acknowledge", marks)
    page = _send(signed_in(city), "acknowledge", marks, confirm="yes")

    assert [one.result for one in preview.context["preview"].left_alone] == ["stale"]
    assert (_state(changed), _state(same)) == ("received", "acknowledged")
    assert "A colleague changed it since you saw it" in page.content.decode()


def test_what_the_rules_refuse_is_told_row_by_row_with_why(city, signed_in):
    fresh, closed = make_incident(city), make_incident(city, state=State.CLOSED)

    page = _send(signed_in(city), "acknowledge", [fresh, closed])
    text = page.content.decode()

    assert [one.row.incident_id for one in page.context["preview"].left_alone] == [closed.pk]
    assert "One is left alone" in text
    confirmed = re.findall(r'name="rows" value="([^"]+)"', text)
    assert confirmed == [_mark(fresh)]


def test_the_preview_counts_who_is_told_and_shows_a_letter(city, signed_in):
    first, second = make_incident(city, cases=2), make_incident(city)
    typed = {"readers": "everybody", "text": "The crew comes on Tuesday.", "filled": "yes"}

    page = _send(signed_in(city), "note", [first, second], **typed)

    assert page.context["preview"].people == 3
    assert "The crew comes on Tuesday." in page.context["preview"].letters["Pothole", "en"].text
    assert "3 people are told." in page.content.decode()


def test_the_preview_shows_one_letter_for_each_service_and_language(city, signed_in):
    holes = [make_incident(city) for _each in range(2)]
    leak = make_incident(city)
    Case.objects.filter(incident=holes[1]).update(language="es")
    Person.objects.filter(pk=cases_of(holes[1])[0].person_id).update(language="es")

    page = _send(signed_in(city), "acknowledge", [*holes, leak])

    letters = page.context["preview"].letters
    assert {language for _service, language in letters} == {"en", "es"}
    assert len(letters) == 2


def test_the_whole_list_is_chosen_beyond_its_page_as_its_filter_finds_it(city, signed_in):
    waiting = [make_incident(city) for _each in range(3)]
    seen = make_incident(city, state=State.ACKNOWLEDGED)

    page = signed_in(city).post(
        "/staff/bulk/acknowledge",
        {"whole": "yes", "back": "/staff/queues?state=received", "confirm": "yes"},
    )

    assert [_state(one) for one in waiting] == ["acknowledged"] * 3
    assert "Done with 3." in page.content.decode()
    assert kinds_of(seen) == ["received", "acknowledged"]


@pytest.mark.parametrize("back", ["/staff/late", "/staff/queues?words=nothing", "/staff/queues/no"])
def test_where_no_list_stands_there_is_no_whole_list(city, signed_in, back):
    make_incident(city)

    page = signed_in(city).post("/staff/bulk/acknowledge", {"whole": "yes", "back": back})

    assert page.status_code in {302, 404}


def test_who_is_away_is_marked_where_work_is_given(city, signed_in):
    incident = make_incident(city)
    client = signed_in(city)
    today = timezone.localdate(clock.now())
    Account.objects.update(absent_from=today, absent_to=today + timedelta(days=3))

    pages = [
        _send(client, "assign", [incident]),
        client.get(f"/staff/incidents/{incident.pk}/assign"),
    ]

    assert ["(away until" in page.content.decode() for page in pages] == [True, True]


def test_a_note_for_staff_tells_nobody_outside(city, signed_in):
    page = _send(
        signed_in(city), "note", [make_incident(city)], readers="staff", text="Mind.", filled="yes"
    )

    assert "Nobody outside is told." in page.content.decode()


def test_what_was_typed_is_asked_for_before_the_preview(city, signed_in):
    client, incident = signed_in(city), make_incident(city)

    empty = _send(client, "transfer", [incident])
    wrong = _send(client, "transfer", [incident], filled="yes", queue="", reason="Not ours.")

    assert (empty.status_code, wrong.status_code) == (200, 422)
    assert "Not ours." in wrong.content.decode()
    assert f'value="{_mark(incident)}"' in wrong.content.decode()


def test_many_are_handed_over_with_the_reason(city, signed_in):
    incidents = [make_incident(city), make_incident(city)]
    queue = city.queues["parks"]

    _send(
        signed_in(city), "transfer", incidents,
        queue=queue.pk, reason="It is in the park.", filled="yes", confirm="yes",
    )  # fmt: skip

    assert {Incident.objects.get(pk=one.pk).queue_id for one in incidents} == {queue.pk}


def test_many_are_given_to_one_person_and_taken_back(city, signed_in):
    client, incident = signed_in(city), make_incident(city)
    mate = make_account("Mate")
    StaffRole.objects.create(
        account=mate,
        jurisdiction=city.jurisdiction,
        department=city.departments["works"],
        role=Role.CREW.value,
    )

    _send(client, "assign", [incident], account=mate.pk, filled="yes", confirm="yes")
    given = Incident.objects.get(pk=incident.pk).assignee_id
    _send(client, "assign", [incident], account="nobody", filled="yes", confirm="yes")

    assert given == mate.pk
    assert Incident.objects.get(pk=incident.pk).assignee_id is None


def test_giving_says_who_has_it_before_and_after(city, signed_in):
    incident, actor = make_incident(city), staff_actor(city)
    assign_incident(incident.pk, actor.account_id, actor=actor)

    page = _send(signed_in(city), "assign", [incident], account="nobody", filled="yes")

    assert "With Nobody from now on; before: Staff." in page.content.decode()


@pytest.mark.parametrize("code", ["close", "reopen", "merge", "nonsense"])
def test_nothing_else_is_done_with_many_least_of_all_closing(city, signed_in, code):
    incident = make_incident(city)

    page = _send(signed_in(city), code, [incident], confirm="yes", filled="yes")

    assert page.status_code == 404
    assert _state(incident) == "received"


def test_rows_of_others_are_counted_as_gone_and_never_named(city, signed_in):
    mine, sensitive = make_incident(city), make_case(city, service="wellbeing").incident
    foreign = make_incident(make_city("elsewhere"))

    page = _send(signed_in(city), "acknowledge", [mine, sensitive, foreign], confirm="yes")

    assert page.context["gone"] == 2
    assert _state(sensitive) == _state(foreign) == "received"
    assert f"/incidents/{sensitive.pk}" not in page.content.decode()


def test_rows_of_another_department_are_refused_one_by_one(city, signed_in):
    theirs = make_incident(city, service="graffiti")

    page = _send(signed_in(city), "acknowledge", [theirs], confirm="yes")

    assert [one.result for one in page.context["groups"]["left"]] == ["refused"]
    assert _state(theirs) == "received"


def test_who_only_looks_does_nothing_with_many(city, signed_in):
    incident = make_incident(city)

    page = _send(signed_in(city, role=Role.VIEWER), "acknowledge", [incident], confirm="yes")

    assert page.status_code == 403
    assert _state(incident) == "received"


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        pytest.param([], "Choose one or more rows first.", id="none"),
        pytest.param(["x", "1.y", "9" * 40, "٣.١"], "Choose one or more rows first.", id="no rows"),
        pytest.param([f"{n}.1" for n in range(1, 202)], "At most 200", id="too many"),
    ],
)
def test_too_few_or_too_many_rows_lead_back_with_a_sentence(city, signed_in, rows, says):
    client = signed_in(city)

    page = client.post("/staff/bulk/acknowledge", {"rows": rows, "back": "/staff/queues?due=late"})

    assert page.url == "/staff/queues?due=late"
    assert says in client.get("/staff/queues").content.decode()


@pytest.mark.parametrize("back", ["https://evil.test/", "//evil.test", "/reports", ""])
def test_the_way_back_leads_to_our_lists_only(city, signed_in, back):
    page = signed_in(city).post("/staff/bulk/acknowledge", {"rows": [], "back": back})

    assert page.url == "/staff/queues"


def test_the_system_and_the_hand_are_told_apart(city, signed_in):
    incident = make_incident(city)
    mark = _mark(incident)
    add_internal_note(incident.pk, "Same words.", actor=the_system(city))

    page = _send(
        signed_in(city), "note", [mark], readers="staff", text="Same words.", filled="yes",
        confirm="yes",
    )  # fmt: skip

    assert [one.result for one in page.context["groups"]["left"]] == ["stale"]
