"""What must hold within one service: its promise, its questions, who may ask for it."""

from hark311.catalog.pack.marks import Word
from hark311.catalog.pack.pack_format import Pack
from hark311.catalog.pack.reading import Reading, did_you_mean
from hark311.catalog.pack.service_format import (
    STAFF_OUTCOMES,
    Condition,
    Promise,
    PromiseTarget,
    Question,
    Service,
)
from hark311.domain.vocabulary import Channel, Privacy, QuestionType

LISTS = (QuestionType.SINGLEVALUELIST, QuestionType.MULTIVALUELIST)
SENSITIVE_CHANNELS = frozenset({Channel.PHONE, Channel.DESK})


def check_services(pack: Pack, reading: Reading) -> None:
    """Note faults of each service."""
    for service in pack.services:
        _check_privacy(service, reading)
        _check_queue(service, pack, reading)
        _check_closing(service, pack, reading)
        if service.promise is not None:
            _check_promise(service.promise, service.code, reading)
        for question in service.questions:
            _check_question(question, reading)
            if question.when is not None:
                _check_condition(question.when, question, service, reading)


def _check_privacy(service: Service, reading: Reading) -> None:
    others = [channel.value for channel in service.channels if channel not in SENSITIVE_CHANNELS]
    if service.privacy is Privacy.SENSITIVE and others:
        reading.fault(
            service.at,
            f"The sensitive service {str(service.code)!r} is offered on {', '.join(others)}.",
            "Write `channels: [phone, desk]`, or only one of the two.",
        )
    if service.privacy is Privacy.SENSITIVE and service.match is not None:
        reading.fault(
            service.match.at,
            f"The sensitive service {str(service.code)!r} joins reports.",
            "Remove `match`: sensitive cases never join.",
        )


def _check_queue(service: Service, pack: Pack, reading: Reading) -> None:
    """A queue with a sensitive service is hidden from other staff, the fallback's must not be."""
    if service.privacy is Privacy.SENSITIVE and service.queue == pack.city.fallback_queue:
        reading.fault(
            service.queue.at,
            f"The sensitive service {str(service.code)!r} goes to the fallback queue.",
            "Give it a queue of its own: only the staff of that queue will see it.",
        )


def _check_closing(service: Service, pack: Pack, reading: Reading) -> None:
    lacking = [
        outcome.value
        for outcome in STAFF_OUTCOMES
        if outcome not in service.closing_texts and outcome not in pack.outcomes
    ]
    if lacking:
        reading.fault(
            service.at,
            f"The service {str(service.code)!r} has no closing text for {', '.join(lacking)}.",
            "Add them under `closing_texts`, or once for all under `outcomes`.",
        )


def _check_promise(promise: Promise, code: Word, reading: Reading) -> None:
    targets = [each for each in (promise.acknowledge, promise.update, promise.resolve) if each]
    if not targets:
        reading.fault(
            promise.at,
            f"The promise of {str(code)!r} has no hours.",
            "Give `acknowledge`, `update` or `resolve` a span, or remove the promise.",
        )
    for target in targets:
        _check_target(target, reading)


def _check_target(target: PromiseTarget, reading: Reading) -> None:
    if (target.hours is None) == (target.days is None):
        number = "no hours" if target.hours is None else "hours and days"
        reading.fault(target.at, f"The promise has {number}.", "Give either `hours` or `days`.")


def _check_question(question: Question, reading: Reading) -> None:
    name = str(question.code)
    if question.variable and question.type in LISTS and not question.choices:
        reading.fault(question.at, f"The list question {name!r} has no choices.", "Add `choices:`.")
    if question.choices and question.type not in LISTS:
        reading.fault(
            question.at,
            f"The question {name!r} has choices, but its type is {question.type.value}.",
            "Use singlevaluelist or multivaluelist.",
        )
    if question.required and not question.variable:
        reading.fault(
            question.at,
            f"The text {name!r} is shown only, yet an answer is required.",
            "Remove `required`, or `variable: false`.",
        )


def _check_condition(
    condition: Condition, question: Question, service: Service, reading: Reading
) -> None:
    others = {str(each.code): each for each in service.questions if each is not question}
    asked = others.get(condition.question)
    if asked is None:
        reading.fault(
            condition.question.at,
            f"{str(service.code)!r} has no other question {str(condition.question)!r}.",
            did_you_mean(condition.question, others),
        )
    else:
        check_choices(condition.answers, asked, reading)
        if service.questions.index(asked) > service.questions.index(question):
            reading.fault(
                condition.at,
                f"The question {str(asked.code)!r} is asked only later.",
                "Put it before the question that depends on it.",
            )


def check_choices(answers: tuple[Word, ...], asked: Question, reading: Reading) -> None:
    """Note answers that are no choices of the question."""
    choices = [str(choice.code) for choice in asked.choices]
    for answer in answers:
        if answer not in choices:
            reading.fault(
                answer.at,
                f"The question {str(asked.code)!r} has no choice {str(answer)!r}.",
                did_you_mean(answer, choices),
            )
