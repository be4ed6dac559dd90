"""The drafts that simulated residents send, as a channel would have read them."""

from hark311.commands.simulating.steps import Deed, Life, Report, Step
from hark311.domain.draft import Contact, IntakeDraft, ReplyDraft, ReplyKind

REPLIES = {
    Deed.ANSWER: ReplyKind.ANSWER,
    Deed.WITHDRAW: ReplyKind.WITHDRAW,
    Deed.FOLLOW: ReplyKind.FOLLOW,
    Deed.RATE: ReplyKind.RATE,
    Deed.DISPUTE: ReplyKind.DISPUTE,
}


def source_key(report: Report) -> str:
    """What makes a report known again."""
    return f"sim:{report.key}"


def draft_of(
    life: Life, report: Report, jurisdiction_id: int, *, join: int | None = None
) -> IntakeDraft:
    """A report; join: the incident that its sender says it is about."""
    return IntakeDraft(
        jurisdiction_id=jurisdiction_id,
        channel=report.channel,
        source_key=source_key(report),
        received_at=report.at,
        language=report.language,
        service_code=life.service.code,
        description=report.text,
        point=report.place.point,
        address_text=report.place.address,
        answers=report.answers,
        contact=Contact(email=report.email),
        join_incident=join,
        acknowledge_candidates=True,
        beside_alerts=True,
    )


def reply_of(report: Report, step: Step, jurisdiction_id: int) -> ReplyDraft:
    """What the sender of a report, or a follower, says later."""
    kind = REPLIES[step.deed]
    return ReplyDraft(
        jurisdiction_id=jurisdiction_id,
        channel=report.channel,
        source_key=f"{source_key(report)}:{kind.value}",
        received_at=step.at,
        language=report.language,
        kind=kind,
        text=step.text,
        rating=step.stars or None,
        email=step.detail if kind is ReplyKind.FOLLOW else "",
    )
