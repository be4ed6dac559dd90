"""Reads what events say, also where a redaction had to erase the body that said it."""

from collections.abc import Iterable, Mapping

from hark311.cases.ledger import Json
from hark311.cases.models import Event, EventBody
from hark311.domain.vocabulary import EventKind


def facts_of(event: Event) -> Mapping[str, Json]:
    """The facts of an event; of an erased one, what the redaction restated of them."""
    body = EventBody.objects.filter(event=event).first()
    if body is not None:
        facts: Mapping[str, Json] = body.payload["facts"]
        return facts
    return restated_facts([event.pk]).get(event.pk, {})


def with_facts(events: Iterable[Event]) -> tuple[tuple[Event, Mapping[str, Json]], ...]:
    """Events read with their bodies, each with its facts as ``facts_of`` tells them.

    One more statement reads all that was restated, where any body was erased.
    """
    found = [(event, getattr(event, "body", None)) for event in events]
    erased = [event.pk for event, body in found if body is None]
    restated = restated_facts(erased) if erased else {}
    return tuple(
        (event, body.payload["facts"] if body else restated.get(event.pk, {}))
        for event, body in found
    )


def restated_facts(event_ids: list[int]) -> dict[int, Mapping[str, Json]]:
    """What redactions restated of these events, by event; the latest redaction counts."""
    found: dict[int, Mapping[str, Json]] = {}
    keys = [str(event_id) for event_id in event_ids]
    bodies = EventBody.objects.filter(
        event__kind=EventKind.REDACTED, payload__facts__events__has_any_keys=keys
    ).order_by("event_id")
    for body in bodies:
        restated = body.payload["facts"]["events"]
        found |= {int(key): restated[key] for key in keys if key in restated}
    return found
