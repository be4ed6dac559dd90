"""What comes back about a notice that was sent: an answer, a failure, or the wish for no more."""

from hark311.domain.actor import Actor, ActorKind
from hark311.domain.draft import ReplyDraft, ReplyKind
from hark311.domain.vocabulary import Channel
from hark311.intake.reply import reply
from hark311.notifications.returns import Had, had_behind, had_by, note_bounce, stop_notices
from hark311.platform import clock

__all__ = ["Had", "had_behind", "had_by", "note_bounce", "speaker", "stop"]


def speaker(had: Had) -> Actor:
    """Whoever answers a notice, as far as that they had it proves who they are."""
    return Actor(
        kind=ActorKind.RESIDENT,
        jurisdiction_id=had.jurisdiction_id,
        language=had.language,
        case_id=had.case_id if had.is_reporter else None,
    )


def stop(had: Had) -> None:
    """Write no more to who had the notice about its case; doing it twice changes nothing."""
    if had.follow_token:
        draft = ReplyDraft(
            jurisdiction_id=had.jurisdiction_id,
            channel=Channel.EMAIL,
            source_key=f"stop:{had.notice_id}",
            received_at=clock.now(),
            language=had.language,
            kind=ReplyKind.UNFOLLOW,
            token=had.follow_token,
        )
        reply(draft, had.case_id, actor=speaker(had))
    elif had.is_reporter:
        stop_notices(had.notice_id)
