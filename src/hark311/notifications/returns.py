"""What comes back about a notice: who had it and answers, that it did not arrive, or enough."""

from dataclasses import dataclass

from django.db import transaction

from hark311.access.links import LinkKind, opens, token_for
from hark311.cases.models import Follow
from hark311.domain.errors import LinkExpired
from hark311.notifications.addresses import notice_named_in
from hark311.notifications.kinds import Kind
from hark311.notifications.models import Notice
from hark311.notifications.reasons import bounced_with
from hark311.people.actions import stop_updates
from hark311.platform import log

_log = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Had:
    """Somebody who had a notice. is_reporter: not one who only follows the case."""

    notice_id: int
    jurisdiction_id: int
    case_id: int
    number: str
    language: str
    is_reporter: bool
    is_question: bool
    follow_token: str = ""


def had_by(words: str) -> Had | None:
    """Who had the notice whose signed name stands in ``words``: an address or a Message-ID.

    None if none stands there, or one that was not signed here. Two statements at most.
    """
    named = notice_named_in(words)
    return _had(named) if named is not None else None


def had_behind(notice_id: int, token: str) -> Had:
    """Who had the notice, by the token of the link that ends its messages. Raises LinkExpired."""
    found = _had(notice_id) if opens(LinkKind.STOP, notice_id, token) else None
    if found is None:
        raise LinkExpired(kind=LinkKind.STOP.value)
    return found


@transaction.atomic
def note_bounce(notice_id: int, status: str) -> bool:
    """Note that a notice came back: it failed, with the status of RFC 3463. False if it had.

    One that waits to be sent anew, or failed before, stays as it is.
    """
    notice = Notice.objects.select_for_update(no_key=True).filter(pk=notice_id).first()
    if notice is None or notice.state != "sent":
        return False
    notice.state, notice.reason = "failed", bounced_with(status)
    notice.save(update_fields=["state", "reason"])
    _log.warning("notice_came_back", notice_id=notice_id, status=status)
    return True


def stop_notices(notice_id: int) -> None:
    """Write no more to the person of this notice about the case that it is about."""
    stop_updates(Notice.objects.values_list("person_id", flat=True).get(pk=notice_id))


def _had(notice_id: int) -> Had | None:
    notice = Notice.objects.select_related("case").filter(pk=notice_id).first()
    if notice is None:
        return None
    is_reporter = notice.person_id == notice.case.person_id
    return Had(
        notice_id=notice.pk,
        jurisdiction_id=notice.jurisdiction_id,
        case_id=notice.case_id,
        number=notice.case.number,
        language=notice.language,
        is_reporter=is_reporter,
        is_question=notice.kind == Kind.QUESTION.value,
        follow_token="" if is_reporter else _follow_token(notice),
    )


def _follow_token(notice: Notice) -> str:
    follows = Follow.objects.filter(
        case=notice.case_id, person=notice.person_id, to_at__isnull=True
    )
    follow_id = follows.values_list("pk", flat=True).first()
    return token_for(LinkKind.FOLLOW, follow_id) if follow_id else ""
