"""Reads what a resident filled in as a draft, and words the receipt of it."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from hark311.channels.web.report.draft import NONE_OF_THEM, ReportDraft
from hark311.domain.draft import Contact, IntakeDraft, Receipt, ReplyDraft, ReplyKind
from hark311.domain.place import point_from
from hark311.domain.vocabulary import Channel

CHANNEL = Channel.WEB


def read(
    draft: ReportDraft, *, jurisdiction_id: int, language: str, received_at: datetime
) -> IntakeDraft:
    """The report as every channel hands it over. Pure: the same draft reads the same.

    Raises BadPlace if the coordinates are not a pair of degrees.
    """
    return IntakeDraft(
        jurisdiction_id=jurisdiction_id,
        channel=CHANNEL,
        source_key=f"report:{draft.key}",
        received_at=received_at,
        language=language,
        service_code=draft.service,
        description=draft.description,
        point=point_from(draft.lat, draft.lon),
        address_text=draft.address,
        area=draft.area,
        answers={code: tuple(values) for code, values in draft.answers.items()},
        contact=Contact(
            name=draft.name,
            email=draft.email,
            phone=draft.phone,
            wants_updates=draft.wants_updates,
        ),
        media_urls=(draft.photo,) if draft.photo else (),
        attachments=tuple(draft.pictures),
        join_incident=int(draft.joins) if draft.joins.isdigit() else None,
        acknowledge_candidates=bool(draft.joins),
        beside_alerts=draft.joins == NONE_OF_THEM,
        wants_public=draft.wants_public,
    )


def read_reply(  # one argument per field of the form
    kind: ReplyKind,
    *,
    key: str,
    jurisdiction_id: int,
    language: str,
    received_at: datetime,
    text: str = "",
    rating: int | None = None,
    is_fixed: bool | None = None,
    pictures: tuple[str, ...] = (),
    token: str = "",
    email: str = "",
    phone: str = "",
) -> ReplyDraft:
    """More about a case as every channel hands it over."""
    return ReplyDraft(
        jurisdiction_id=jurisdiction_id,
        channel=CHANNEL,
        source_key=f"reply:{key}",
        received_at=received_at,
        language=language,
        kind=kind,
        text=text,
        rating=rating,
        is_fixed=is_fixed,
        attachments=pictures,
        token=token,
        email=email,
        phone=phone,
    )


def word(receipt: Receipt) -> str:
    """The answer in one sentence, in the receipt's language."""
    with override(receipt.language):
        return _("We have your report. Its number is %(number)s.") % {"number": receipt.number}
