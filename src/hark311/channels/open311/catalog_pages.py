"""Answers which services there are, and what each asks."""

from hark311.catalog.queries import Service, active_services
from hark311.channels.open311.document import Document, Items, Node, rows
from hark311.channels.open311.exchange import Answer, Call
from hark311.domain.errors import UnknownService
from hark311.domain.questions import Question
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import Channel, QuestionType
from hark311.government.models import Jurisdiction

_LISTS = frozenset({QuestionType.SINGLEVALUELIST, QuestionType.MULTIVALUELIST})


def list_services(call: Call) -> Answer:
    """Every service that can be asked for over Open311, in the catalog's order."""
    offered = offered_services(call.jurisdiction)
    entries = [_service(service, call.language) for service in offered]
    return Answer(rows("services", "service", entries))


def show_definition(call: Call) -> Answer:
    """What a service asks. Raises UnknownService for one that is not on offer here."""
    service = offered_service(call.jurisdiction, call.parts["code"])
    questions = sorted(service.questions, key=lambda question: question.order)
    attributes = tuple(
        _attribute(question, order, call.language)
        for order, question in enumerate(questions, start=1)
    )
    return Answer(
        Document(
            "service_definition",
            {"service_code": service.code, "attributes": Items("attribute", attributes)},
        )
    )


def offered_services(jurisdiction: Jurisdiction) -> tuple[Service, ...]:
    """The services that the catalog offers on this channel."""
    return tuple(
        service
        for service in active_services(jurisdiction)
        if not service.channels or Channel.OPEN311 in service.channels
    )


def offered_service(jurisdiction: Jurisdiction, code: str) -> Service:
    """Raises UnknownService if this channel offers no such service."""
    for service in offered_services(jurisdiction):
        if service.code == code:
            return service
    raise UnknownService(code=code[:80])


def _service(service: Service, language: str) -> Node:
    return {
        "service_code": service.code,
        "service_name": in_language(service.names, language),
        "description": in_language(service.descriptions, language),
        "metadata": service.asks_anything,
        "type": service.kind.value,
        "keywords": ",".join(_keywords(service, language)),
        "group": in_language(service.group, language),
    }


def _keywords(service: Service, language: str) -> tuple[str, ...]:
    """Those in the reader's language, else the English ones."""
    return service.keywords.get(language) or service.keywords.get("en", ())


def _attribute(question: Question, order: int, language: str) -> Node:
    attribute: dict[str, Node] = {
        "variable": question.variable,
        "code": question.code,
        "datatype": question.kind.value,
        "required": question.required and question.variable,
        "datatype_description": in_language(question.hints, language),
        "order": order,
        "description": in_language(question.texts, language),
    }
    if question.kind in _LISTS:
        attribute["values"] = Items(
            "value",
            tuple(
                {"key": choice.key, "name": in_language(choice.names, language) or choice.key}
                for choice in question.choices
            ),
        )
    return attribute
