"""Opens a matter: checked, located, routed, promised and written in one transaction."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from hark311.access.links import LinkKind, token_for
from hark311.cases.actions.open_case import Opening, Spot
from hark311.catalog.queries import Service, routing_rules, service_by_code
from hark311.contacts import actions as contacts
from hark311.contacts.models import Interaction
from hark311.domain import routing
from hark311.domain.actor import Actor
from hark311.domain.draft import Hazard, IntakeDraft, Receipt
from hark311.domain.errors import ChannelRefused
from hark311.domain.questions import check_answers
from hark311.domain.vocabulary import Channel, HazardLevel, Privacy
from hark311.government.models import Jurisdiction
from hark311.government.queries import Organisation, jurisdiction_by_id, organisation_of
from hark311.intake.cleaning import clean_text
from hark311.intake.danger import danger_in
from hark311.intake.joining import Opened, open_or_join
from hark311.intake.locate import locate
from hark311.people.actions import note_person
from hark311.platform import media
from hark311.privacy.text import mask_text


@transaction.atomic
def submit(draft: IntakeDraft, *, actor: Actor, within: int | None = None) -> Receipt:
    """Open the matter that ``draft`` is about, and return its receipt once it is durable.

    within: the interaction in which it was told, as on a call; None logs one of its own.

    The same message again (same channel and source key, same content) gets the same
    receipt with ``is_repeat``; nothing is written twice, also when repeats race.

    Raises KeyReused, UnknownService, ChannelRefused, TextTooLong, MissingAnswer, BadAnswer,
    BadPlace, OutsideCity, and, when joining, NotFound or CannotMerge.
    """
    draft = replace(draft, description=clean_text(draft.description))
    jurisdiction = jurisdiction_by_id(draft.jurisdiction_id)
    touch = _touch(draft, jurisdiction)
    opened = (
        contacts.open_interaction(touch) if within is None else contacts.go_on_with(within, touch)
    )
    if opened.is_repeat:
        return receipt_again(opened.interaction.receipt or {})

    hazard = danger_in(draft.description, draft.language, draft.channel, actor=actor)
    opening = _opening(draft, jurisdiction, opened.interaction.pk, hazard)
    case = open_or_join(opening, draft, jurisdiction, actor=actor)
    receipt = _receipt(case, draft, hazard, opened.interaction.reference)
    _keep_in_log(opened.interaction, draft, receipt, at=touch.at)
    return receipt


def receipt_again(kept: Mapping[str, Any]) -> Receipt:
    """The receipt that was given the first time, marked as a repeat."""
    hazard = kept.get("hazard")
    return Receipt(
        number=kept.get("number", ""),
        case_id=kept.get("case_id"),
        incident_id=kept.get("incident_id"),
        language=kept.get("language", "en"),
        is_repeat=True,
        hazard=Hazard(HazardLevel(hazard[0]), hazard[1], hazard[2]) if hazard else None,
        token=token_for(LinkKind.CASE, kept["case_id"]) if kept.get("case_id") else "",
        interaction_reference=kept.get("reference", ""),
        alert_id=kept.get("alert"),
    )


def require_channel(service: Service, channel: Channel) -> None:
    """Staff may take any service for a caller; others only what the catalog offers there.

    Raises ChannelRefused with the channels that do take it.
    """
    if service.channels and channel not in service.channels and channel is not Channel.STAFF:
        raise ChannelRefused(channels=sorted(service.channels))


def route_of(
    service: Service,
    spot: Spot,
    answers: dict[str, tuple[str, ...]],
    *,
    at: datetime,
    channel: Channel,
    jurisdiction: Jurisdiction,
    organisation: Organisation,
) -> routing.Routed:
    """The queue for a matter, and why."""
    return routing.route(
        routing_rules(jurisdiction),
        routing.RoutingFacts(
            service=service.code,
            areas=frozenset(spot.areas),
            local_at=at.astimezone(organisation.zone),
            answers=answers,
            channel=channel.value,
        ),
        service_queue=organisation.queues[service.queue_id].code,
        fallback_queue=organisation.fallback_queue.code,
        active_queues=frozenset(
            queue.code for queue in organisation.queues.values() if queue.is_active
        ),
    )


def _touch(draft: IntakeDraft, jurisdiction: Jurisdiction) -> contacts.Touch:
    return contacts.Touch(
        jurisdiction_id=draft.jurisdiction_id,
        channel=draft.channel,
        kind=draft.kind,
        language=draft.language,
        at=draft.received_at.astimezone(ZoneInfo(jurisdiction.zone)),
        source_key=draft.source_key,
        body_digest=draft.body_digest(),
        handler_account_id=draft.handler_account_id,
    )


def _opening(
    draft: IntakeDraft,
    jurisdiction: Jurisdiction,
    interaction_id: int,
    hazard: Hazard,
) -> Opening:
    service = service_by_code(jurisdiction, draft.service_code)
    require_channel(service, draft.channel)
    answers = dict(check_answers(service.questions, draft.answers))
    spot = locate(draft, service, jurisdiction)
    organisation = organisation_of(jurisdiction)
    local = draft.received_at.astimezone(organisation.zone)
    contact = draft.contact
    person = note_person(contact, jurisdiction, language=draft.language, at=draft.received_at)
    return Opening(
        number=contacts.next_number(local),
        service=service,
        organisation=organisation,
        routed=route_of(
            service,
            spot,
            answers,
            at=draft.received_at,
            channel=draft.channel,
            jurisdiction=jurisdiction,
            organisation=organisation,
        ),
        spot=spot,
        opened_at=draft.received_at,
        channel=draft.channel,
        language=draft.language,
        privacy=_privacy(service, draft),
        description=draft.description,
        public_text=mask_text(
            draft.description, name=contact.name, phone=contact.phone, email=contact.email
        ),
        answers=answers,
        media_urls=_addresses(draft),
        attachments=draft.attachments,
        person_id=person.pk if person else None,
        interaction_id=interaction_id,
        hazard=hazard.kind,
    )


def _receipt(case: Opened, draft: IntakeDraft, hazard: Hazard, reference: str) -> Receipt:
    return Receipt(
        number=case.number,
        case_id=case.case_id,
        incident_id=case.incident_id,
        language=draft.language,
        is_repeat=False,
        hazard=hazard,
        token=token_for(LinkKind.CASE, case.case_id),
        interaction_reference=reference,
        alert_id=case.alert_id,
    )


def _keep_in_log(
    interaction: Interaction, draft: IntakeDraft, receipt: Receipt, *, at: datetime
) -> None:
    """What was said, and what came of it."""
    contacts.add_message(
        interaction,
        draft.description,
        at=at,
        media_urls=_addresses(draft),
        handled_at=at,
        original_key=draft.original,
    )
    contacts.end_interaction(
        interaction, at=at, case_number=receipt.number, outcome="case", receipt=as_kept(receipt)
    )


def _addresses(draft: IntakeDraft) -> tuple[str, ...]:
    """Of pictures elsewhere and of those kept here, which are addressed at once."""
    return draft.media_urls + tuple(media.address_of(key) for key in draft.attachments)


def _privacy(service: Service, draft: IntakeDraft) -> Privacy:
    """The service's own; a reporter may keep a public matter private, never the reverse."""
    if service.privacy is Privacy.PUBLIC and not draft.wants_public:
        return Privacy.PRIVATE
    return service.privacy


def as_kept(receipt: Receipt) -> dict[str, object]:
    """What a repeat needs of a receipt; the token is made again rather than kept."""
    hazard = receipt.hazard
    return {
        "number": receipt.number,
        "case_id": receipt.case_id,
        "incident_id": receipt.incident_id,
        "language": receipt.language,
        "hazard": [hazard.level.value, hazard.kind, hazard.line] if hazard else None,
        "reference": receipt.interaction_reference,
        "alert": receipt.alert_id,
    }
