"""How long somebody who walked in waits is told from how it went today."""

from datetime import timedelta

from hark311.domain.tickets import FIRST_GUESS, Need, expected_wait, label

TEN = timedelta(minutes=10)


def test_a_ticket_says_what_it_is_for():
    assert [label(need, 7) for need in Need] == ["A7", "B7", "C7", "D7"]


def test_nobody_served_yet_is_a_guess():
    assert expected_wait(2, 1, []) == FIRST_GUESS * 2


def test_two_desks_halve_the_wait():
    assert expected_wait(4, 2, [TEN]) == TEN * 2


def test_one_long_visit_does_not_frighten_everybody():
    assert expected_wait(1, 1, [TEN, TEN, timedelta(hours=2)]) == TEN
