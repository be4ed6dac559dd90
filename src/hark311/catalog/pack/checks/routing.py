"""Every routing rule can fit some case."""

from collections.abc import Collection

from hark311.catalog.pack.checks.services import check_choices
from hark311.catalog.pack.marks import Word
from hark311.catalog.pack.pack_format import Pack, RoutingRule
from hark311.catalog.pack.reading import Reading, did_you_mean
from hark311.catalog.pack.service_format import Service


def check_routing(pack: Pack, reading: Reading) -> None:
    """Note rules that ask for impossible answers or stand behind a wider rule."""
    services = {str(service.code): service for service in pack.services}
    for index, rule in enumerate(pack.routing):
        named = [services[code] for code in rule.services if code in services]
        _check_answers(rule, named, reading)
        _check_channels(rule, named, reading)
        wider = next((other for other in pack.routing[:index] if _covers(other, rule)), None)
        if wider is not None:
            reading.fault(
                rule.at,
                f"The rule {str(rule.code)!r} is never reached: "
                f"{str(wider.code)!r} on line {wider.at.line} takes everything before it.",
                "Put the narrower rule first, or remove it.",
            )


def _check_answers(rule: RoutingRule, named: list[Service], reading: Reading) -> None:
    if rule.answers and not rule.services:
        reading.fault(
            rule.at,
            f"The rule {str(rule.code)!r} asks for answers but names no service.",
            "Say under `services` which services ask the question.",
        )
    for service in named:
        questions = {str(each.code): each for each in service.questions}
        for code, answers in (rule.answers or {}).items():
            if code in questions:
                check_choices(answers, questions[code], reading)
            else:
                _no_question(code, service, questions, reading)


def _no_question(
    code: Word, service: Service, questions: Collection[str], reading: Reading
) -> None:
    reading.fault(
        code.at,
        f"The service {str(service.code)!r} has no question {str(code)!r}.",
        did_you_mean(code, questions),
    )


def _check_channels(rule: RoutingRule, named: list[Service], reading: Reading) -> None:
    offered = {channel for service in named for channel in service.channels}
    if named and rule.channels and not offered.intersection(rule.channels):
        reading.fault(
            rule.at,
            f"The rule {str(rule.code)!r} is never reached: "
            "none of its services is offered on its channels.",
            "Change `channels` here or at the services.",
        )


def _covers(wide: RoutingRule, narrow: RoutingRule) -> bool:
    """Whether every case that fits ``narrow`` fits ``wide`` too."""
    return (
        _holds(wide.services, narrow.services)
        and _holds(wide.areas, narrow.areas)
        and _holds(wide.channels, narrow.channels)
        and _holds(wide.weekdays or (), narrow.weekdays or ())
        and _holds(_minutes(wide), _minutes(narrow))
        and all(
            code in (narrow.answers or {}) and set((narrow.answers or {})[code]) <= set(answers)
            for code, answers in (wide.answers or {}).items()
        )
    )


def _holds(wide: Collection[object], narrow: Collection[object]) -> bool:
    """Whether a condition contains another; an empty one holds everything."""
    return not wide or (bool(narrow) and set(narrow) <= set(wide))


def _minutes(rule: RoutingRule) -> frozenset[int]:
    return frozenset(minute for start, end in rule.hours or () for minute in range(start, end))
