"""Answers which public requests there are, and what stands with one or behind a token."""

from zoneinfo import ZoneInfo

from hark311.cases.queries.public import PublicFilter, numbers_here, public_case, public_cases
from hark311.cases.queries.reporter import case_id_of, speaking_for
from hark311.channels.open311.case_rows import case_rows
from hark311.channels.open311.document import rows
from hark311.channels.open311.exchange import Answer, Call
from hark311.channels.open311.windows import (
    LARGEST_PAGE,
    Window,
    instant,
    page_of,
    statuses_of,
    window_of,
)
from hark311.contacts.references import case_number_behind
from hark311.domain.errors import BadNumber, NotFound
from hark311.domain.numbers import is_number, parse_number
from hark311.domain.vocabulary import Channel
from hark311.platform import clock


def list_requests(call: Call) -> Answer:
    """Public requests, newest first. Numbers, where given, override every other filter."""
    numbers = call.parameters.words("service_request_id")
    if numbers:
        return _by_number(call, numbers)
    page = page_of(call.parameters)
    found = public_cases(call.jurisdiction, _filter(call), page=page.number, size=page.size)
    return Answer(case_rows(found, call))


def show_request(call: Call) -> Answer:
    """The one public request of this number, as a list of one. Raises NotFound.

    The number may be the one of a system that the city has left.
    """
    number = call.parts["number"]
    if not is_number(number):
        number = numbers_here(call.jurisdiction, [number]).get(number, number)
    case = public_case(call.jurisdiction, canonical(number))
    return Answer(case_rows((case,), call))


def show_token(call: Call) -> Answer:
    """The number that a batch service gave to what came with this token. Raises NotFound."""
    token = call.parts["token"]
    try:
        reference = parse_number(token)
    except BadNumber as error:
        raise NotFound(what="token") from error
    number = case_number_behind(call.jurisdiction, reference, Channel.OPEN311)
    target = speaking_for(call.jurisdiction.pk, case_id_of(call.jurisdiction, number))
    if target.is_sensitive:
        raise NotFound(what="token")
    return Answer(
        rows("service_requests", "request", [{"service_request_id": number, "token": reference}])
    )


def canonical(number: str) -> str:
    """The number in its one spelling. Raises NotFound for what can be none."""
    try:
        return parse_number(number)
    except BadNumber as error:
        raise NotFound(what="case") from error


def _by_number(call: Call, given: tuple[str, ...]) -> Answer:
    numbers, old = [], []
    for text in given[:LARGEST_PAGE]:
        try:
            numbers.append(parse_number(text))
        except BadNumber:
            old.append(text)
    if old:
        numbers += numbers_here(call.jurisdiction, old).values()
    wanted = PublicFilter(numbers=tuple(numbers))
    found = public_cases(call.jurisdiction, wanted, size=LARGEST_PAGE) if numbers else ()
    return Answer(case_rows(found, call))


def _filter(call: Call) -> PublicFilter:
    zone = ZoneInfo(call.jurisdiction.zone)
    updated = Window(
        instant(call.parameters, "updated_after", zone=zone),
        instant(call.parameters, "updated_before", zone=zone, is_end=True),
    )
    opened = _opened(call, zone, has_other_bounds=updated != Window(None, None))
    return PublicFilter(
        service_codes=call.parameters.words("service_code"),
        statuses=statuses_of(call.parameters),
        opened_from=opened.start,
        opened_to=opened.end,
        updated_from=updated.start,
        updated_to=updated.end,
    )


def _opened(call: Call, zone: ZoneInfo, *, has_other_bounds: bool) -> Window:
    """Who asks what changed wants old requests too, unless also asking for dates."""
    parameters = call.parameters
    is_dated = bool(parameters.one("start_date") or parameters.one("end_date"))
    if has_other_bounds and not is_dated:
        return Window(None, None)
    return window_of(parameters, zone=zone, now=clock.now())
