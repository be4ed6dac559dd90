"""How many statements each action takes: a fixed number, however long the history is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cases.make import (
    FIXED,
    NORTH,
    cases_of,
    make_city,
    make_incident,
    resident_actor,
    staff_actor,
    the_city,
    the_system,
)

from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.add_note import add_internal_note, add_public_note
from hark311.cases.actions.add_words import add_words
from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.assign_incident import assign_incident
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.correct_place import correct_place
from hark311.cases.actions.merge_incidents import merge_incidents
from hark311.cases.actions.order_work import order_work
from hark311.cases.actions.relate_incidents import relate_incidents
from hark311.cases.actions.set_expected import set_expected
from hark311.cases.actions.set_severity import set_severity
from hark311.cases.actions.start_work import start_work
from hark311.cases.actions.transfer_incident import transfer_incident
from hark311.cases.actions.wait_incident import wait_incident
from hark311.cases.actions.withdraw_case import withdraw_case
from hark311.cases.models import Incident
from hark311.domain.actor import Actor
from hark311.domain.lifecycle import WaitingFor
from hark311.domain.vocabulary import Severity, WorkOrderKind
from hark311.platform import clock

pytestmark = pytest.mark.django_db

Deed = Callable[[Incident, Actor, Incident], object]


def _queue(code: str) -> int:
    return the_city().queues[code].pk


def _first(incident: Incident) -> int:
    return cases_of(incident)[0].pk


# Each with its number, the marks of its transaction included.
DEEDS: dict[str, tuple[int, Deed]] = {
    "acknowledge": (11, lambda one, who, _: acknowledge_incident(one.pk, actor=who)),
    "start": (11, lambda one, who, _: start_work(one.pk, actor=who)),
    "note": (5, lambda one, who, _: add_internal_note(one.pk, "Seen.", actor=who)),
    "public note": (11, lambda one, who, _: add_public_note(one.pk, "On our way.", actor=who)),
    "assign": (9, lambda one, who, _: assign_incident(one.pk, who.account_id, actor=who)),
    "transfer": (14, lambda one, who, _: transfer_incident(one.pk, _queue("desk"), "x", actor=who)),
    "severity": (8, lambda one, who, _: set_severity(one.pk, Severity.HIGH, actor=who)),
    "expected": (
        11,
        lambda one, who, _: set_expected(
            one.pk, (clock.now() + timedelta(days=9)).date(), actor=who
        ),
    ),
    "wait": (13, lambda one, who, _: wait_incident(one.pk, WaitingFor.THIRD_PARTY, "x", actor=who)),
    "close": (16, lambda one, who, _: close_incident(one.pk, FIXED, actor=who)),
    "place": (11, lambda one, who, _: correct_place(one.pk, NORTH, "1 Main Street", actor=who)),
    "order": (
        13,
        lambda one, who, _: order_work(
            one.pk, WorkOrderKind.REPAIR, _queue("streets"), "Fill it.", actor=who
        ),
    ),
    "relate": (11, lambda one, who, other: relate_incidents(one.pk, other.pk, actor=who)),
    "merge": (24, lambda one, who, other: merge_incidents(one.pk, other.pk, actor=who)),
    "ask": (18, lambda one, who, _: ask_reporter(_first(one), "Which lane?", actor=who)),
    "words": (
        13,
        lambda one, _who, _: add_words(
            _first(one), "It grew.", [], actor=resident_actor(cases_of(one)[0])
        ),
    ),
    "withdraw": (
        23,
        lambda one, _who, _: withdraw_case(_first(one), actor=resident_actor(cases_of(one)[0])),
    ),
}


@pytest.mark.parametrize("name", DEEDS)
def test_an_action_takes_the_same_however_long_the_history_is(frozen_clock, name):
    city = make_city()
    expected, deed = DEEDS[name]
    who = staff_actor(city)
    young, old = make_incident(city), make_incident(city)
    others = [make_incident(city) for _each in range(3)]
    for turn in range(12):
        add_internal_note(old.pk, f"Note {turn}", actor=the_system(city))
    deed(make_incident(city), who, others[0])

    with CaptureQueriesContext(connection) as first:
        deed(young, who, others[1])
    with CaptureQueriesContext(connection) as second:
        deed(old, who, others[2])

    assert (len(first), len(second)) == (expected, expected), [one["sql"][:90] for one in second]
