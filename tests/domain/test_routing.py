"""Routing: the first rule that matches wins, says why, and skips what is switched off."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hark311.domain.errors import NaiveTimestamp
from hark311.domain.routing import Reason, RoutingFacts, RoutingRule, Shadowed, conflicts, route

ZONE = ZoneInfo("America/New_York")
ACTIVE = frozenset({"roads", "night", "water", "front-desk"})
FRIDAY_NOON = datetime(2026, 6, 5, 12, 0, tzinfo=ZONE)
NIGHT = (22 * 60, 6 * 60)


def rule(name="a rule", queue="night", position=1, **conditions):
    return RoutingRule(position=position, name=name, queue=queue, **conditions)


def facts(**changes):
    known = {
        "service": "pothole",
        "areas": frozenset({"npu:B", "district:7"}),
        "local_at": FRIDAY_NOON,
        "answers": {"size": ("large", "deep")},
        "channel": "web",
    }
    return RoutingFacts(**(known | changes))


def sent(rules, given_facts=None, *, service_queue="roads", active=ACTIVE):
    return route(
        rules,
        given_facts or facts(),
        service_queue=service_queue,
        fallback_queue="front-desk",
        active_queues=active,
    )


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        pytest.param({}, None, id="no condition takes all"),
        pytest.param(
            {"services": frozenset({"pothole", "sign"})},
            Reason("service", {"service": "pothole"}),
            id="service",
        ),
        pytest.param({"areas": frozenset({"npu:B"})}, Reason("area", {"area": "npu:B"}), id="area"),
        pytest.param(
            {"channels": frozenset({"web"})}, Reason("channel", {"channel": "web"}), id="channel"
        ),
        pytest.param(
            {"answers": {"size": frozenset({"deep"})}},
            Reason("answer", {"question": "size", "answer": "deep"}),
            id="one of several answers",
        ),
        pytest.param({"answers": {"size": frozenset()}}, None, id="an empty answer is any"),
        pytest.param(
            {"weekdays": frozenset({4})}, Reason("weekday", {"weekday": "4"}), id="weekday"
        ),
        pytest.param(
            {"minutes": (540, 1020)}, Reason("time", {"from": "09:00", "to": "17:00"}), id="time"
        ),
    ],
)
def test_a_condition_that_holds_is_part_of_the_reason(condition, reason):
    routed = sent([rule(**condition)])

    expected = [Reason("rule", {"rule": "a rule"})] + ([reason] if reason else [])
    assert (routed.queue, routed.rule, list(routed.why)) == ("night", "a rule", expected)


@pytest.mark.parametrize(
    "condition",
    [
        pytest.param({"services": frozenset({"sign"})}, id="service"),
        pytest.param({"areas": frozenset({"npu:C"})}, id="area"),
        pytest.param({"channels": frozenset({"phone"})}, id="channel"),
        pytest.param({"answers": {"size": frozenset({"small"})}}, id="answer"),
        pytest.param({"answers": {"color": frozenset({"red"})}}, id="never asked"),
        pytest.param({"weekdays": frozenset({5, 6})}, id="weekday"),
        pytest.param({"minutes": (540, 720)}, id="the window has just ended"),
        pytest.param(
            {"services": frozenset({"pothole"}), "weekdays": frozenset({0})}, id="one of two"
        ),
    ],
)
def test_a_condition_that_fails_leaves_it_to_the_service(condition):
    routed = sent([rule(**condition)])
    assert (routed.queue, routed.rule) == ("roads", "")
    assert routed.why == (Reason("service_queue", {"service": "pothole"}),)


def test_the_first_match_by_position_wins_whatever_the_order_given():
    second, first = rule("second", "water", 20), rule("first", "night", 3)
    assert sent([second, first]).rule == "first"


@pytest.mark.parametrize(
    ("at", "matches"),
    [
        pytest.param(datetime(2026, 6, 5, 21, 59, tzinfo=ZONE), False, id="Friday, a minute early"),
        pytest.param(datetime(2026, 6, 5, 22, 0, tzinfo=ZONE), True, id="Friday night"),
        pytest.param(datetime(2026, 6, 6, 5, 59, tzinfo=ZONE), True, id="still Friday's night"),
        pytest.param(datetime(2026, 6, 6, 6, 0, tzinfo=ZONE), False, id="Saturday morning"),
        pytest.param(datetime(2026, 6, 5, 3, 0, tzinfo=ZONE), False, id="Thursday's night"),
    ],
)
def test_a_window_over_midnight_belongs_to_the_day_it_starts_on(at, matches):
    night = rule(weekdays=frozenset({4}), minutes=NIGHT)
    assert (sent([night], facts(local_at=at)).rule == "a rule") is matches


def test_a_rule_whose_queue_is_closed_down_is_skipped_and_named():
    gone, next_one = rule("gone", "parks", 1), rule("next", "water", 2)

    routed = sent([gone, next_one])

    assert (routed.queue, routed.disabled_rules) == ("water", ("gone",))
    assert Reason("queue_inactive", {"queue": "parks", "rule": "gone"}) in routed.why


def test_a_closed_rule_that_does_not_match_is_not_named():
    elsewhere = rule("elsewhere", "parks", services=frozenset({"sign"}))
    assert sent([elsewhere]).disabled_rules == ()


@pytest.mark.parametrize("service_queue", ["", "parks"])
def test_without_a_rule_or_a_working_queue_the_fallback_takes_it(service_queue):
    routed = sent([], service_queue=service_queue)
    assert (routed.queue, routed.rule) == ("front-desk", "")
    assert routed.why[0] == Reason("fallback_queue", {"service": "pothole"})


def test_the_fallback_takes_it_even_where_no_queue_is_active():
    assert sent([rule()], active=frozenset()).queue == "front-desk"


def test_a_local_time_without_a_zone_is_refused():
    with pytest.raises(NaiveTimestamp):
        facts(local_at=datetime(2026, 6, 5))  # noqa: DTZ001  # the fault under test


POTHOLES = {"services": frozenset({"pothole"})}
LARGE = {"answers": {"size": frozenset({"large"})}}


@pytest.mark.parametrize(
    ("earlier", "later", "is_hidden"),
    [
        pytest.param({}, POTHOLES, True, id="all before some"),
        pytest.param(POTHOLES, {}, False, id="some before all"),
        pytest.param(POTHOLES, POTHOLES | LARGE, True, id="fewer conditions before more"),
        pytest.param(LARGE, POTHOLES, False, id="other conditions"),
        pytest.param(
            {"minutes": NIGHT, "weekdays": frozenset({4})},
            {"minutes": (120, 180), "weekdays": frozenset({5})},
            True,
            id="Saturday 02:00 is Friday's night",
        ),
        pytest.param(
            {"minutes": NIGHT, "weekdays": frozenset({5})},
            {"minutes": (120, 180), "weekdays": frozenset({5})},
            False,
            id="Saturday 02:00 is not Saturday's night",
        ),
        pytest.param(
            {"minutes": NIGHT, "weekdays": frozenset({6})},
            {"minutes": (0, 60), "weekdays": frozenset({0})},
            True,
            id="Sunday's night ends on Monday",
        ),
        pytest.param({"minutes": (600, 600)}, {}, True, id="a whole day each day"),
    ],
)
def test_a_rule_behind_one_that_takes_everything_it_would_is_found(earlier, later, is_hidden):
    found = conflicts([rule("later", position=2, **later), rule("earlier", position=1, **earlier)])
    assert found == ((Shadowed("later", "earlier"),) if is_hidden else ())


CONDITIONS = st.fixed_dictionaries(
    {},
    optional={
        "services": st.frozensets(st.sampled_from(["pothole", "sign"])),
        "areas": st.frozensets(st.sampled_from(["npu:A", "npu:B"])),
        "weekdays": st.frozensets(st.integers(0, 6)),
        "minutes": st.tuples(st.sampled_from([0, 360, 1320]), st.sampled_from([360, 720, 1440])),
        "answers": st.dictionaries(st.just("size"), st.frozensets(st.sampled_from(["large"]))),
    },
)


@given(CONDITIONS, CONDITIONS, st.integers(0, 10_079), st.sampled_from(["pothole", "sign"]))
def test_a_rule_that_is_said_to_be_hidden_never_wins(earlier, later, minute, service):
    rules = [rule("earlier", position=1, **earlier), rule("later", position=2, **later)]
    at = datetime(2026, 6, 1, tzinfo=ZONE) + timedelta(minutes=minute)

    winner = sent(rules, facts(service=service, local_at=at)).rule

    assert not (conflicts(rules) and winner == "later")
