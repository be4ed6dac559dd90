"""Makes drafts and replies: valid by default, so a test states only what matters."""

from collections.abc import Mapping
from uuid import uuid4

from tests.cases.make import SOUTH, City

from hark311.domain.actor import Actor, ActorKind
from hark311.domain.draft import Contact, IntakeDraft
from hark311.domain.place import Point
from hark311.domain.vocabulary import Channel
from hark311.platform import clock


def make_draft(
    city: City,
    *,
    source_key: str | None = None,
    service_code: str = "pothole",
    description: str = "A deep hole in the road.",
    point: Point | None = SOUTH,
    address_text: str = "",
    area: str = "",
    contact: Contact | None = None,
    channel: Channel = Channel.WEB,
    language: str = "en",
    join_incident: int | None = None,
    wants_public: bool = True,
    answers: Mapping[str, tuple[str, ...]] | None = None,
) -> IntakeDraft:
    return IntakeDraft(
        jurisdiction_id=city.jurisdiction.pk,
        channel=channel,
        source_key=uuid4().hex if source_key is None else source_key,
        received_at=clock.now(),
        language=language,
        service_code=service_code,
        description=description,
        point=point,
        address_text=address_text,
        area=area,
        answers=answers or {},
        contact=contact or Contact(name="Ada Poe", email="ada@people.test"),
        join_incident=join_incident,
        wants_public=wants_public,
    )


def resident(city: City) -> Actor:
    return Actor(kind=ActorKind.RESIDENT, jurisdiction_id=city.jurisdiction.pk)
