"""What always holds of cases, each as one function that finds nothing when it does.

The names are the headings of docs/explanation/invariants.md.
"""

from collections.abc import Callable, Mapping

from django.db import connection
from django.db.models import F, Min, Q
from tests.cases.life import World

from hark311.cases.bodies import facts_of
from hark311.cases.ledger import columns_of, table_name
from hark311.cases.models import Case, Clock, Event, EventBody, Follow, Incident, Membership
from hark311.cases.rebuild import TABLES
from hark311.cases.verify import verify


def _one_incident(world: World) -> None:
    now = Membership.objects.filter(to_at=None)
    assert now.count() == Case.objects.count()
    assert not now.exclude(incident=F("case__incident")).exists()


def _no_empty_incident(world: World) -> None:
    for incident in Incident.objects.all():
        active = Case.objects.filter(incident=incident, standing="active")
        assert incident.active_cases == active.count()
        running = Clock.objects.filter(case__in=active, state="running")
        assert incident.due_at == running.aggregate(due=Min("due_at"))["due"]
        if incident.merged_into_id is not None:
            assert not Case.objects.filter(incident=incident).exists()
        elif incident.state != "closed":
            assert incident.active_cases > 0


def _question_pauses_its_own(world: World) -> None:
    live = Clock.objects.filter(state__in=["running", "paused"])
    asked = Q(case__questions__state="open")
    paused = live.filter(pauses__contains=["question"])
    assert set(paused) == set(live.filter(asked))


def _waiting_pauses_resolving(world: World) -> None:
    live = Clock.objects.filter(state__in=["running", "paused"])
    paused = live.filter(pauses__contains=["third_party"])
    assert set(paused) == set(
        live.filter(target="resolve", case__incident__waiting_for="third_party")
    )


def _promise_stays(world: World) -> None:
    assert not [fault for fault in world.wrong if "moved" in fault]


def _sensitive_alone(world: World) -> None:
    for incident in Incident.objects.filter(is_sensitive=True).select_related("queue"):
        assert incident.queue.is_sensitive
        assert Membership.objects.filter(incident=incident).count() == 1
        assert not Follow.objects.filter(incident=incident, to_at=None).exists()
    mixed = Q(is_sensitive=True) ^ Q(incident__is_sensitive=True)
    assert not Case.objects.filter(mixed).exists()
    assert not Membership.objects.filter(mixed).exists()
    connection.check_constraints()


def _closings() -> list[tuple[Incident, Event]]:
    found = []
    for incident in Incident.objects.filter(state="closed"):
        closed = Event.objects.filter(
            stream_kind="incident", stream_id=incident.pk, kind="closed"
        ).order_by("-sequence")
        event = closed.first()
        assert event is not None
        found.append((incident, event))
    return found


def _nothing_silent(world: World) -> None:
    for incident, event in _closings():
        facts = facts_of(event)
        assert facts["text"].strip() != ""
        assert (facts["text"], facts["outcome"]) == (incident.closing_text, incident.outcome)


def _nobody_untold(world: World) -> None:
    for incident, event in _closings():
        told = set(facts_of(event)["cases"])
        there = Membership.objects.filter(
            incident=incident, to_at=None, from_at__lte=event.at, case__standing="active"
        )
        assert set(there.values_list("case", flat=True)) <= told
    following = Follow.objects.filter(to_at=None)
    assert not following.exclude(incident=F("case__incident")).exists()


def _given_back(world: World) -> None:
    assert not [fault for fault in world.wrong if "given back" in fault]


def _only_grows(world: World) -> None:
    digests = [
        bytes(digest) for digest in Event.objects.order_by("id").values_list("digest", flat=True)
    ]
    assert digests[: len(world.digests)] == world.digests
    world.digests = digests
    assert verify().is_whole


def _rebuilt(world: World) -> None:
    told: dict[tuple[str, str], dict[str, object]] = {}
    for payload in EventBody.objects.order_by("event_id").values_list("payload", flat=True):
        for table, rows in payload["rows"].items():
            for key, columns in rows.items():
                told.setdefault((table, key), {}).update(columns)
    rows = {
        (table_name(row), str(row.pk)): columns_of(row)
        for table in TABLES
        for row in table._default_manager.all()
    }
    assert told == rows


INVARIANTS: Mapping[str, Callable[[World], None]] = {
    "Each case is in exactly one incident": _one_incident,
    "No empty incident stands in a queue": _no_empty_incident,
    "A question pauses one case's clocks only": _question_pauses_its_own,
    "Waiting for a third party pauses the promise to resolve only": _waiting_pauses_resolving,
    "A promise never moves by joining": _promise_stays,
    "Sensitive never mixes": _sensitive_alone,
    "Nothing closes silently": _nothing_silent,
    "Nobody who asked to be told is left untold": _nobody_untold,
    "Merge then unmerge gives back everything": _given_back,
    "The timeline only grows, and its chain is whole": _only_grows,
    "Every row can be rebuilt from events": _rebuilt,
}
