"""Sends what waits: each notice once, tried again for hours when the mail server is away."""

import smtplib
from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from hark311.notifications import texting
from hark311.notifications.addresses import message_id, reply_address
from hark311.notifications.letters import Letter, NothingToTell, letter_of
from hark311.notifications.models import Notice
from hark311.notifications.reasons import refused_with, text_refused_with
from hark311.people.wishes import address_of
from hark311.platform import clock, log
from hark311.platform.texts import TextRefused

AT_ONCE = 50
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
TRIES = len(PAUSES) + 1

_log = log.get(__name__)


class _ServerAway(Exception):
    """The server takes no mail of anybody now."""


def send_waiting(limit: int = AT_ONCE) -> int:
    """Send up to ``limit`` of the notices whose time has come; return how many left.

    Any number may run at once. Ends early while the server is away, so that the rest does
    not wait for it in turn.
    """
    connection = get_connection()
    sent = 0
    try:
        while sent < limit:
            claimed = _claim(clock.now())
            if claimed is None:
                break
            _send_claimed(claimed, connection)
            sent += 1
    except _ServerAway:
        pass
    finally:
        connection.close()
    return sent


@transaction.atomic
def _claim(now: datetime) -> Notice | None:
    """Count a try and set the time of the next before it is made.

    So a process that dies with a notice, or one that cannot be worded, holds up no other.
    """
    rows = Notice.objects.select_for_update(no_key=True, skip_locked=True).filter(
        state="waiting", next_try_at__lte=now
    )
    notice = rows.order_by("next_try_at", "id").first()
    if notice is None:
        return None
    if notice.attempts >= TRIES:
        _settle(notice, "failed", notice.reason or "gave_up")
        return notice
    notice.next_try_at = now + PAUSES[min(notice.attempts, len(PAUSES) - 1)]
    notice.attempts += 1
    notice.save(update_fields=["next_try_at", "attempts"])
    return notice


def _send_claimed(claimed: Notice, connection: BaseEmailBackend) -> None:
    """Make the try, holding the row: whoever else comes by passes over it.

    It waits for the row where _claim passes over it: a claim that was looking when this one
    was made may hold it for a moment, and the mail would lie until its next try.

    Raises _ServerAway, once the notice says so, if no other mail would leave now either.
    """
    with transaction.atomic():
        notice = (
            Notice.objects.select_for_update(no_key=True, of=("self",))
            .select_related("event__body", "person", "jurisdiction")
            .filter(pk=claimed.pk, state="waiting", attempts=claimed.attempts)
            .first()
        )
        is_away = notice is not None and _try(notice, connection)
    if is_away:
        raise _ServerAway


def _try(notice: Notice, connection: BaseEmailBackend) -> bool:
    """Send one notice and note what became of it; return whether the server is away."""
    now = clock.now()
    by_text = notice.channel == texting.CHANNEL
    try:
        if by_text:
            texting.require_wanted(notice)
        letter = letter_of(notice, now=now)
    except NothingToTell as nothing:
        _settle(notice, "skipped", nothing.reason)
        return False
    notice.subject = letter.subject[:300]
    if by_text:
        return _try_text(notice, letter, now)
    return _try_mail(notice, letter, connection, now)


def _try_mail(notice: Notice, letter: Letter, connection: BaseEmailBackend, now: datetime) -> bool:
    """Send one mail and note what became of it; return whether the server is away."""
    notice.message_id = message_id(notice.pk)
    try:
        connection.open()
        connection.send_messages([_mail(notice, letter)])
    except smtplib.SMTPRecipientsRefused as refused:
        connection.close()
        _refused(notice, max(code for code, _said in refused.recipients.values()))
    except smtplib.SMTPDataError as refused:
        connection.close()
        _refused(notice, refused.smtp_code)
    except (smtplib.SMTPNotSupportedError, ValueError):
        _settle(notice, "failed", "bad_address")
    except OSError as away:
        # What smtplib raises for all else, such as a sender it does not know: for us to mend.
        connection.close()
        _put_off(notice, "server_away")
        _log.warning("mail_server_away", error=type(away).__name__)
        return True
    else:
        notice.sent_at = now
        _settle(notice, "sent", "")
    return False


def _try_text(notice: Notice, letter: Letter, now: datetime) -> bool:
    """Send one text and note what became of it; a provider that is away holds up no mail."""
    try:
        texting.send(notice, letter)
    except TextRefused as refused:
        _settle(notice, "failed", text_refused_with(refused.code))
        _log.warning("text_refused", notice_id=notice.pk, status=refused.code)
    except OSError as away:
        _put_off(notice, "server_away")
        _log.warning("text_provider_away", error=type(away).__name__)
    else:
        notice.sent_at = now
        _settle(notice, "sent", "")
    return False


def _mail(notice: Notice, letter: Letter) -> EmailMultiAlternatives:
    headers = {"Message-ID": notice.message_id, "Auto-Submitted": "auto-generated"}
    if letter.unsubscribe:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        # Mail programs may then end it themselves, by one request (RFC 8058).
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        letter.sender,
        [address_of(notice.person)],
        reply_to=[reply_address(notice.pk)],
        headers=headers,
    )
    mail.attach_alternative(letter.html, "text/html")
    return mail


def _refused(notice: Notice, code: int) -> None:
    """A refusal of this address or mail is final from 500 on; below, the server asks to wait."""
    reason = refused_with(code)
    if code >= 500:
        _settle(notice, "failed", reason)
    else:
        _put_off(notice, reason)


def _put_off(notice: Notice, reason: str) -> None:
    if notice.attempts >= TRIES:
        _settle(notice, "failed", reason)
        return
    notice.reason = reason
    notice.save(update_fields=["reason", "subject", "message_id"])


def _settle(notice: Notice, state: str, reason: str) -> None:
    notice.state, notice.reason, notice.next_try_at = state, reason, None
    notice.save()
    if state == "failed":
        _log.warning("notice_failed", notice_id=notice.pk, reason=reason)
