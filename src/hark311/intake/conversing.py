"""The catalog as a conversation needs it, and what was told in one as a draft."""

from datetime import datetime
from typing import Any

from hark311.catalog.queries import Service, active_services
from hark311.catalog.suggesting import suggest_services
from hark311.domain.conversation_questions import IN_RECORDING
from hark311.domain.conversation_records import Book, Spot, Talk, Topic
from hark311.domain.draft import Contact, IntakeDraft
from hark311.domain.place import Point
from hark311.domain.vocabulary import Channel
from hark311.government.models import Jurisdiction
from hark311.intake.sure_place import the_sure_one
from hark311.language.readers import hazard_of
from hark311.places.search import find_places

_SUGGESTED = 3
_OFFERED_SPOTS = 4


def book_of(
    jurisdiction: Jurisdiction, channel: Channel, *, languages: tuple[str, ...] = ("en",)
) -> Book:
    """What can be reported on this channel, and what words may mean here."""
    offered = [
        service
        for service in active_services(jurisdiction)
        if not service.channels or channel in service.channels
    ]

    def suggest(words: str, language: str) -> tuple[str, ...]:
        found = suggest_services(
            offered, words, language, city=jurisdiction.key, at_most=_SUGGESTED
        )
        return tuple(service.code for service in found)

    def spots(words: str) -> tuple[Spot, ...]:
        found = find_places(jurisdiction, words)
        sure = the_sure_one(found)
        kept = (sure,) if sure else tuple(found[:_OFFERED_SPOTS])
        return tuple(Spot(one.label, Point(one.lon, one.lat)) for one in kept)

    return Book(
        languages=languages,
        groups={_group(service): service.group for service in offered},
        topics=tuple(_topic(service) for service in offered),
        suggest=suggest,
        spots=spots,
        hazard=hazard_of,
    )


def draft_of(
    talk: Talk,
    *,
    jurisdiction_id: int,
    channel: Channel,
    source_key: str,
    received_at: datetime,
    sender: str,
    recorded: str,
) -> IntakeDraft:
    """What was told, for the one way in. Pure: the same talk reads the same.

    sender: the number they call or text from. recorded: the sentence that stands for words
    which are in a recording.
    """
    said = "\n".join(talk.description)
    address = talk.address or (recorded if talk.recordings else "")
    return IntakeDraft(
        jurisdiction_id=jurisdiction_id,
        channel=channel,
        source_key=source_key,
        received_at=received_at,
        language=talk.language or "en",
        service_code=talk.topic,
        description=said or (recorded if talk.recordings else ""),
        point=talk.point,
        address_text=address,
        answers={
            code: tuple(recorded if one == IN_RECORDING else one for one in values)
            for code, values in talk.answers.items()
        },
        contact=Contact(phone=phone_of(talk, sender)),
        attachments=talk.pictures,
    )


def content_of(talk: Talk, *, sender: str, recorded: str) -> dict[str, Any] | None:
    """What was told, as a draft in the inbox holds it; None if that is nothing."""
    if not (talk.topic or talk.told or talk.recordings or talk.pictures):
        return None
    point = {"lat": str(talk.point.lat), "lon": str(talk.point.lon)} if talk.point else {}
    return {
        "description": "\n".join(talk.description or talk.told)
        or (recorded if talk.recordings else ""),
        "service_code": talk.topic,
        "address_text": talk.address,
        "point": point,
        "contact": {"phone": phone_of(talk, sender), "wants_updates": True},
        "answers": {
            code: [recorded if one == IN_RECORDING else one for one in values]
            for code, values in talk.answers.items()
        },
    }


def phone_of(talk: Talk, sender: str) -> str:
    """The number to reach them by: their own, another that they gave, or none."""
    if talk.contact == "another":
        return talk.phone
    return "" if talk.contact == "none" else sender


def _group(service: Service) -> str:
    return service.group.get("en") or next(iter(service.group.values()), "")


def _topic(service: Service) -> Topic:
    return Topic(
        code=service.code,
        group=_group(service),
        names=service.names,
        place=service.place,
        questions=service.questions,
    )
