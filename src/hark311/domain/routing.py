"""Where a new incident goes: ordered rules, the first that matches wins, and it says why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hark311.domain.errors import NaiveTimestamp

MINUTES_A_DAY = 1440
MINUTES_A_WEEK = 7 * MINUTES_A_DAY
_WHOLE_WEEK = (1 << MINUTES_A_WEEK) - 1


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """A queue, and the conditions that must all hold; an empty condition always holds.

    areas: as "layer:code". weekdays: 0 is Monday. minutes: local, from and up to, not
    including; a window that ends before it starts runs over midnight and belongs to the
    weekday on which it starts, and one that ends where it starts lasts a whole day.
    answers: question code to the choices of which one must have been given.
    """

    position: int
    name: str
    queue: str
    services: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    weekdays: frozenset[int] = frozenset()
    minutes: tuple[int, int] | None = None
    answers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    channels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RoutingFacts:
    """What is known of a new incident. local_at: aware, in the zone of the jurisdiction."""

    service: str
    areas: frozenset[str]
    local_at: datetime
    answers: Mapping[str, tuple[str, ...]]
    channel: str

    def __post_init__(self) -> None:
        if self.local_at.utcoffset() is None:
            raise NaiveTimestamp(local_at=self.local_at.isoformat())


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of "why here"; templates word it by its code."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Routed:
    """The queue, the rule that named it ("" if none did), and why.

    disabled_rules: names of the rules that matched but whose queue is not active.
    """

    queue: str
    rule: str
    why: tuple[Reason, ...]
    disabled_rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shadowed:
    """A rule that never matches, since an earlier one takes everything it would."""

    rule: str
    covered_by: str


def route(
    rules: Sequence[RoutingRule],
    facts: RoutingFacts,
    *,
    service_queue: str,
    fallback_queue: str,
    active_queues: frozenset[str],
) -> Routed:
    """Return the queue of the first matching rule, else the service's own, else the fallback.

    Rules are tried by position. The fallback is taken as it is, active or not: an
    incident is never without a queue.
    """
    disabled: list[RoutingRule] = []
    for rule in sorted(rules, key=lambda rule: rule.position):
        why = _why(rule, facts)
        if why is None:
            continue
        if rule.queue in active_queues:
            named = Reason("rule", {"rule": rule.name})
            return Routed(rule.queue, rule.name, (named, *why, *_skips(disabled)), _names(disabled))
        disabled.append(rule)
    queue, why = _without_rule(facts, service_queue, fallback_queue, active_queues)
    return Routed(queue, "", (*why, *_skips(disabled)), _names(disabled))


def conflicts(rules: Sequence[RoutingRule]) -> tuple[Shadowed, ...]:
    """Return the rules that one earlier rule covers in every condition, in order.

    A rule that only several earlier ones cover together is not found.
    """
    ordered = sorted(rules, key=lambda rule: rule.position)
    times = [_week_minutes(rule) for rule in ordered]
    found: list[Shadowed] = []
    for index, later in enumerate(ordered):
        for before in range(index):
            in_time = times[index] & ~times[before] == 0
            if in_time and _covers(ordered[before], later):
                found.append(Shadowed(later.name, ordered[before].name))
                break
    return tuple(found)


def _without_rule(
    facts: RoutingFacts, service_queue: str, fallback_queue: str, active_queues: frozenset[str]
) -> tuple[str, tuple[Reason, ...]]:
    if service_queue in active_queues:
        return service_queue, (Reason("service_queue", {"service": facts.service}),)
    fallback = Reason("fallback_queue", {"service": facts.service})
    if not service_queue:
        return fallback_queue, (fallback,)
    return fallback_queue, (fallback, Reason("queue_inactive", {"queue": service_queue}))


def _skips(disabled: Sequence[RoutingRule]) -> Iterator[Reason]:
    for rule in disabled:
        yield Reason("queue_inactive", {"queue": rule.queue, "rule": rule.name})


def _names(disabled: Sequence[RoutingRule]) -> tuple[str, ...]:
    return tuple(rule.name for rule in disabled)


def _why(rule: RoutingRule, facts: RoutingFacts) -> tuple[Reason, ...] | None:
    """Return a reason for every condition of a rule that matches; None if it does not."""
    reasons: list[Reason] = []
    checks = (
        _sameness("service", rule.services, frozenset({facts.service})),
        _sameness("area", rule.areas, facts.areas),
        _sameness("channel", rule.channels, frozenset({facts.channel})),
        _time(rule, facts.local_at),
        *(
            _answer(question, wanted, facts.answers.get(question, ()))
            for question, wanted in sorted(rule.answers.items())
        ),
    )
    for check in checks:
        if check is None:
            return None
        reasons.extend(check)
    return tuple(reasons)


def _sameness(
    code: str, wanted: frozenset[str], given: frozenset[str]
) -> tuple[Reason, ...] | None:
    if not wanted:
        return ()
    shared = sorted(wanted & given)
    return (Reason(code, {code: shared[0]}),) if shared else None


def _answer(
    question: str, wanted: frozenset[str], given: tuple[str, ...]
) -> tuple[Reason, ...] | None:
    shared = [answer for answer in given if answer in wanted]
    if not wanted:
        return ()
    return (Reason("answer", {"question": question, "answer": shared[0]}),) if shared else None


def _time(rule: RoutingRule, local_at: datetime) -> tuple[Reason, ...] | None:
    minute = local_at.hour * 60 + local_at.minute
    weekday = local_at.weekday()
    reasons: list[Reason] = []
    if rule.minutes is not None:
        starts, ends = rule.minutes
        if not _is_within(minute, starts, ends):
            return None
        if ends <= starts and minute < ends:
            weekday = (weekday - 1) % 7
        reasons.append(Reason("time", {"from": _clock(starts), "to": _clock(ends)}))
    if rule.weekdays:
        if weekday not in rule.weekdays:
            return None
        reasons.append(Reason("weekday", {"weekday": str(weekday)}))
    return tuple(reasons)


def _is_within(minute: int, starts: int, ends: int) -> bool:
    if starts < ends:
        return starts <= minute < ends
    return minute >= starts or minute < ends


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _week_minutes(rule: RoutingRule) -> int:
    """Return the minutes of a week at which a rule may match, as the bits of one number."""
    starts, ends = rule.minutes or (0, MINUTES_A_DAY)
    length = ends - starts if starts < ends else ends - starts + MINUTES_A_DAY
    bits = 0
    for weekday in rule.weekdays or range(7):
        bits |= ((1 << length) - 1) << (weekday * MINUTES_A_DAY + starts)
    return (bits | bits >> MINUTES_A_WEEK) & _WHOLE_WEEK


def _covers(earlier: RoutingRule, later: RoutingRule) -> bool:
    """True if every condition but time lets through all that the later rule lets through."""
    pairs = (
        (earlier.services, later.services),
        (earlier.areas, later.areas),
        (earlier.channels, later.channels),
        *(
            (wanted, later.answers.get(question, frozenset()))
            for question, wanted in earlier.answers.items()
        ),
    )
    return all(not wide or (narrow and narrow <= wide) for wide, narrow in pairs)
