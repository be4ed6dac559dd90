"""Each thing that staff can do to an incident, by its form, on the real database."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from tests.cases.make import (
    cases_of,
    kinds_of,
    make_case,
    make_incident,
    make_person,
    resident_actor,
    staff_actor,
    the_system,
)
from tests.console.conftest import a_photo

from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.attach_evidence import attach_evidence
from hark311.cases.actions.merge_incidents import merge_incidents
from hark311.cases.actions.order_work import order_work
from hark311.cases.actions.request_dispute import request_dispute
from hark311.cases.actions.wait_incident import wait_incident
from hark311.cases.models import Attachment, Case, Dispute, Incident, Question, WorkOrder
from hark311.cases.queries.staff_incident import last_sequence
from hark311.console.deeds.registry import DEEDS
from hark311.domain.lifecycle import State, WaitingFor
from hark311.domain.vocabulary import WorkOrderKind
from hark311.platform import clock

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Done:
    """A deed, the world it needs, what is typed, and the event that must follow."""

    code: str
    typed: Callable[[Incident], dict[str, str]]
    follows: str
    world: Callable[[], Incident] = field(default=make_incident)


def _waiting() -> Incident:
    incident = make_incident(state=State.ACKNOWLEDGED)
    wait_incident(incident.pk, WaitingFor.SCHEDULE, "Dry weather", actor=the_system())
    return incident


def _closed() -> Incident:
    return make_incident(state=State.CLOSED)


def _disputed() -> Incident:
    incident = _closed()
    case = cases_of(incident)[0]
    request_dispute(case.pk, "It is still there.", actor=resident_actor(case))
    return incident


def _ordered() -> Incident:
    incident = make_incident()
    queue = incident.queue_id
    order_work(incident.pk, WorkOrderKind.REPAIR, queue, "Hot mix", actor=the_system())
    return incident


def _of_three() -> Incident:
    return make_incident(cases=3)


def _merged() -> Incident:
    source, target = make_incident(), make_incident()
    merge_incidents(source.pk, target.pk, actor=the_system())
    return target


_YES = {"confirm": "yes"}


def _none(_incident: Incident) -> dict[str, str]:
    return {}


def _last_case(incident: Incident) -> Case:
    return cases_of(incident)[-1]


def _case(incident: Incident) -> dict[str, str]:
    return {"case": str(_last_case(incident).pk)}


def _merged_case(incident: Incident) -> dict[str, str]:
    return {"case": str(cases_of(incident)[0].pk)}


def _dispute(incident: Incident) -> dict[str, str]:
    return {"dispute": str(Dispute.objects.get(incident=incident).pk)}


def _proof(incident: Incident) -> dict[str, str]:
    """A photo kept before, as a click on "See what people will get" does."""
    photo = attach_evidence(incident.pk, a_photo().read(), actor=the_system())
    return {"evidence": str(photo.pk)}


def _pictured() -> Incident:
    incident = make_incident()
    Attachment.objects.create(
        jurisdiction_id=incident.jurisdiction_id,
        case=cases_of(incident)[0],
        kind="photo",
        storage_key="aa/none.jpg",
        content_type="image/jpeg",
        size=1,
        digest="00",
        created_at=clock.now(),
    )
    return incident


DONE = (
    Done("proof", _proof, "evidence_attached"),
    Done(
        "pictures",
        lambda incident: {f"picture_{Attachment.objects.get().pk}": "shown"},
        "pictures_judged",
        _pictured,
    ),
    Done("acknowledge", _none, "acknowledged"),
    Done("start", _none, "started"),
    Done("resume", _none, "resumed", _waiting),
    Done("assign", lambda incident: {"account": str(staff_actor().account_id)}, "assigned"),
    Done(
        "transfer",
        lambda incident: {
            "queue": str(incident.jurisdiction.queue_set.get(code="desk").pk),
            "reason": "Not a street",
        },
        "transferred",
    ),
    Done(
        "wait",
        lambda incident: {
            "waiting_for": "third_party",
            "note": "The gas company",
            "expected_on": "2026-06-20",
        },
        "waited",
    ),
    Done("expected", lambda incident: {"expected_on": "2026-06-20"}, "expected_set"),
    Done("severity", lambda incident: {"severity": "urgent"}, "severity_set"),
    Done("note", lambda incident: {"text": "Ask Bo about the key"}, "noted"),
    Done("news", lambda incident: {"text": "The crew comes on Tuesday", **_YES}, "noted"),
    Done("ask", lambda incident: {**_case(incident), "text": "Which side?"}, "asked"),
    Done(
        "redact",
        lambda incident: {**_case(incident), "words": "deep hole", "reason": "names somebody"},
        "redacted",
    ),
    Done("add", lambda incident: {**_case(incident), "text": "It grew"}, "added_to"),
    Done("withdraw", _case, "withdrawn", _of_three),
    Done(
        "order",
        lambda incident: {
            "kind": "inspection",
            "queue": str(incident.queue_id),
            "text": "Look at it",
        },
        "work_ordered",
    ),
    Done(
        "order-state",
        lambda incident: {
            "order": str(WorkOrder.objects.get(incident=incident).pk),
            "state": "sent",
            "text": "",
        },
        "work_changed",
        _ordered,
    ),
    Done("service", lambda incident: {"service": "graffiti"}, "service_changed"),
    Done(
        "place",
        lambda incident: {"address": "14 Elm Street", "lat": "40.01", "lon": "-80.01"},
        "place_corrected",
    ),
    Done("split", _case, "split_off", _of_three),
    Done("relate", lambda incident: {"number": make_case(description="Near it").number}, "related"),
    Done(
        "merge",
        lambda incident: {
            "target": str(make_incident().pk),
            "orders": "move",
            "text": "The same hole",
            "confirm": "yes",
        },
        "merged_into",
    ),
    Done("unmerge", _merged_case, "unmerged_out", _merged),
    Done(
        "close",
        lambda incident: {"outcome": "fixed", "text": "Filled this morning", "confirm": "yes"},
        "closed",
    ),
    Done(
        "uphold",
        lambda incident: {**_dispute(incident), "text": "You are right", "how": "reopen", **_YES},
        "dispute_upheld",
        _disputed,
    ),
    Done(
        "decline",
        lambda incident: {**_dispute(incident), "text": "It is another hole", **_YES},
        "dispute_declined",
        _disputed,
    ),
    Done("reopen", lambda incident: {"text": "We were wrong", **_YES}, "reopened", _closed),
)


@pytest.mark.parametrize("done", [pytest.param(one, id=one.code) for one in DONE])
def test_a_deed_is_done_by_its_form(city, signed_in, done):
    incident = done.world()
    client = signed_in(city)
    address = f"/staff/incidents/{incident.pk}/{done.code}"
    typed = done.typed(incident)

    shown = client.get(address)
    answer = client.post(address, {**typed, "seen": last_sequence(incident.pk), "confirm": "yes"})

    assert shown.status_code == 200
    assert answer.status_code == 302, answer.content.decode()
    assert done.follows in _all_kinds()
    assert str(DEEDS[done.code].done) in client.get(answer.url).content.decode()


def test_every_deed_has_a_test():
    assert {one.code for one in DONE} == set(DEEDS)


def test_a_disputed_case_may_go_on_alone(city, signed_in):
    incident = _disputed()
    typed = {**_dispute(incident), "text": "You are right", "how": "new", **_YES}

    signed_in(city).post(
        f"/staff/incidents/{incident.pk}/uphold",
        {**typed, "seen": last_sequence(incident.pk)},
    )

    assert Incident.objects.get(follows=incident).state == "received"
    assert Incident.objects.get(pk=incident.pk).state == "closed"


def test_closing_shows_what_people_will_get_before_it_is_done(city, signed_in):
    incident = make_incident(cases=2)
    typed = {
        "outcome": "fixed",
        "text": "Filled. Call 212 555 0123.",
        "seen": last_sequence(incident.pk),
    }

    page = signed_in(city).post(f"/staff/incidents/{incident.pk}/close", typed)

    text = page.content.decode()
    assert page.status_code == 200
    assert Incident.objects.get(pk=incident.pk).state == "received"
    assert all(case.number in text for case in cases_of(incident))
    assert "2 people will get this" in text
    assert "Filled. Call ●●●." in text
    assert kinds_of(incident) == ["received", "joined"]


def test_a_letter_is_shown_in_the_language_of_its_reader(city, signed_in):
    person = make_person(city)
    person.language = "es"
    person.save()
    case = make_case(city, person=person)
    typed = {
        "outcome": "fixed",
        "text": "Filled.",
        "seen": last_sequence(case.incident_id),
    }

    page = signed_in(city).post(f"/staff/incidents/{case.incident_id}/close", typed)

    text = page.content.decode()
    assert "Su reporte está cerrado" in text or "cerrado" in text
    assert '<strong lang="es">' in text


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        pytest.param("close", {"outcome": "fixed", "text": ""}, id="no words"),
        pytest.param("close", {"outcome": "not_ours", "text": "No"}, id="not whose"),
        pytest.param("transfer", {"queue": "999999", "reason": "x"}, id="no such queue"),
        pytest.param("place", {"address": "x", "lat": "40.0", "lon": ""}, id="half a place"),
        pytest.param("relate", {"number": "26-00000099-9"}, id="no such number"),
        pytest.param("expected", {"expected_on": "2020-01-01"}, id="a day that is over"),
    ],
)
def test_a_form_that_cannot_be_taken_says_so_and_keeps_what_was_typed(city, signed_in, code, typed):
    incident = make_incident()
    before = kinds_of(incident)

    page = signed_in(city).post(
        f"/staff/incidents/{incident.pk}/{code}",
        {**typed, "seen": last_sequence(incident.pk), "confirm": "yes"},
    )

    text = page.content.decode()
    assert page.status_code == 422
    assert "Nothing you typed is lost" in text
    assert kinds_of(incident) == before
    if typed.get("text"):
        assert typed["text"] in text


def test_a_place_outside_says_whose_it_is(city, signed_in):
    incident = make_incident()
    typed = {"address": "Far away", "lat": "40.0", "lon": "-79.85"}

    page = signed_in(city).post(
        f"/staff/incidents/{incident.pk}/place", {**typed, "seen": last_sequence(incident.pk)}
    )

    assert page.status_code == 400
    assert "Nextville" in page.content.decode()
    assert "Far away" in page.content.decode()


def test_a_merge_offers_what_is_near(city, signed_in):
    incident, near = make_incident(), make_incident()

    page = signed_in(city).get(f"/staff/incidents/{incident.pk}/merge")

    assert cases_of(near)[0].number in page.content.decode()


def test_an_unknown_deed_is_not_found(city, signed_in):
    incident = make_incident()

    assert signed_in(city).get(f"/staff/incidents/{incident.pk}/burn").status_code == 404


def test_a_question_and_its_pause_stand_on_the_page(city, signed_in):
    case = make_case()
    ask_reporter(case.pk, "Which side of the road?", actor=the_system())

    text = signed_in(city).get(f"/staff/incidents/{case.incident_id}").content.decode()

    assert Question.objects.get(case=case).text in text
    assert "a question waits for the reporter" in text


def _all_kinds() -> set[str]:
    return {kind for incident in Incident.objects.all() for kind in kinds_of(incident)}
