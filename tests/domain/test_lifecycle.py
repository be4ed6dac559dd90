"""The lifecycle, against the diagram and the table of outcomes that the documentation shows."""

import re
from itertools import product
from pathlib import Path

import pytest

from hark311.domain.errors import IllegalTransition
from hark311.domain.lifecycle import TRANSITIONS, PublicStatus, State, Verb, advance, possible_verbs
from hark311.domain.vocabulary import Outcome

PAGE = (Path(__file__).parents[2] / "docs/explanation/lifecycle.md").read_text(encoding="utf-8")
DIAGRAM = re.search(r"```mermaid\n(.*?)```", PAGE, re.DOTALL)
ARROW = re.compile(r"^ *(\w+) --> (\w+): (\w+)$", re.MULTILINE)


def arrows_drawn():
    return [
        ((State(start), Verb(verb)), State(end))
        for start, end, verb in ARROW.findall(DIAGRAM.group(1))
    ]


def test_the_arrows_are_those_of_the_diagram():
    assert dict(arrows_drawn()) == TRANSITIONS


def test_the_diagram_draws_no_arrow_twice_and_reads_in_full():
    lines = [line for line in DIAGRAM.group(1).splitlines() if "-->" in line]
    assert len(lines) == len(set(lines)) == len(arrows_drawn()) + 1  # and the way in


def test_an_incident_starts_received():
    assert re.findall(r"\[\*\] --> (\w+)", DIAGRAM.group(1)) == [State.RECEIVED]


@pytest.mark.parametrize(
    ("state", "verb"),
    [pair for pair in product(State, Verb) if pair not in dict(arrows_drawn())],
)
def test_what_is_not_drawn_is_refused(state, verb):
    with pytest.raises(IllegalTransition) as refusal:
        advance(state, verb)
    assert refusal.value.facts == {"state": state, "verb": verb}


def test_a_closed_incident_does_not_close_twice():
    assert possible_verbs(State.CLOSED) == (Verb.REOPEN,)


def test_possible_verbs_are_those_that_advance():
    for state in State:
        for verb in possible_verbs(state):
            assert advance(state, verb) in State


def test_the_public_knows_two_words():
    closed = [state for state in State if state.public_status is PublicStatus.CLOSED]
    assert closed == [State.CLOSED]
    assert "`closed` is *closed*; the other four are *open*" in PAGE


def test_the_outcomes_are_those_of_the_table():
    rows = re.findall(r"^\| `(\w+)` \| *(.*?) *\| (.*?) \|$", PAGE, re.MULTILINE)

    assert [Outcome(name) for name, _needs, _who in rows] == list(Outcome)
    for name, needs, who in rows:
        assert Outcome(name).needs_detail == bool(needs), name
        assert Outcome(name).is_for_staff == (who == "staff"), name
