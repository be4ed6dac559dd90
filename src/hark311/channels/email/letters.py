"""The one letter that this channel sends: that a mail was read, and which number it has."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import override

from hark311.access.allowance import spend
from hark311.channels.email.mail import Mail
from hark311.contacts.threads import name_of_touch
from hark311.domain.draft import Receipt
from hark311.domain.errors import TooMany
from hark311.domain.reply_line import reply_line
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import HazardLevel
from hark311.government.address import base_of
from hark311.government.models import Jurisdiction
from hark311.platform import clock
from hark311.platform.languages import written_language
from hark311.platform.letters import send_letter
from hark311.platform.sender import own_domain

# To one address; whoever is answered more often is answered by a machine.
_MOST, _WITHIN = 3, timedelta(hours=1)


def acknowledge(mail: Mail, receipt: Receipt, touch_id: int, jurisdiction: Jurisdiction) -> bool:
    """Answer a mail; False if it may not be answered, or no mail can be sent now.

    What a machine wrote is never answered, nor is one address more than three times an hour.
    """
    if mail.is_automatic:
        return False
    try:
        validate_email(mail.sender)
        spend("mail_answer", mail.sender, at_most=_MOST, within=_WITHIN, now=clock.now())
    except (TooMany, ValidationError):
        return False
    language = written_language(receipt.language)
    hazard = receipt.hazard
    with override(language):
        line = reply_line(_("Write your answer above this line"))
    return send_letter(
        "email/received",
        mail.sender,
        language=language,
        context={
            "city": in_language(jurisdiction.names, language) or jurisdiction.key,
            "number": receipt.number,
            "page": base_of(jurisdiction),
            "danger": hazard.line if hazard and hazard.level is not HazardLevel.NONE else "",
            "reply_line": line,
        },
        headers=_headers(mail, name_of_touch(touch_id)),
    )


def _headers(mail: Mail, name: str) -> dict[str, str]:
    """Of an answer that a machine gives (RFC 3834), in the thread of what it answers."""
    mine = {
        "Auto-Submitted": "auto-replied",
        "Message-ID": f"<touch-{name}@{own_domain()}>",
        "Reply-To": f"reply+t{name}@{own_domain()}",
    }
    if not mail.message_id:
        return mine
    return {**mine, "In-Reply-To": mail.message_id, "References": mail.message_id}
