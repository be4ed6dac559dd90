"""Why a notice was not sent, as a code that is kept and as words that staff read."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_REFUSED = "refused"
_BOUNCED = "bounced"
_TEXT_REFUSED = "text_refused"

REASONS: Mapping[str, LazyText] = MappingProxyType(
    {
        "answered": gettext_lazy("It was answered, or opened again, before this could be sent."),
        "bad_address": gettext_lazy("The address cannot be written to."),
        "erased": gettext_lazy("What it said was removed as private."),
        "gave_up": gettext_lazy("Every try was broken off."),
        "no_email": gettext_lazy("No e-mail address was given."),
        "not_wanted": gettext_lazy("The person wants no messages."),
        "question_closed": gettext_lazy("The question was closed before this could be sent."),
        "server_away": gettext_lazy(
            "The mail server could not be reached, or takes no mail of us."
        ),
        "too_old": gettext_lazy("It happened more than a week before it was read."),
        "unfollowed": gettext_lazy("The person no longer follows, or it is no longer public."),
        "withdrawn": gettext_lazy("The report was taken back before this could be sent."),
    }
)


def refused_with(code: int) -> str:
    """The reason of a mail that the server refused with this SMTP code."""
    return f"{_REFUSED}:{code}"


def text_refused_with(code: int) -> str:
    """The reason of a text that the provider refused with this HTTP status."""
    return f"{_TEXT_REFUSED}:{code}"


def bounced_with(status: str) -> str:
    """The reason of a mail that came back with this status, as 5.1.1."""
    return f"{_BOUNCED}:{status}"


def reason_words(reason: str) -> str:
    """A reason for staff, without anything about the person; "" stays so."""
    kind, _colon, code = reason.partition(":")
    if kind == _REFUSED:
        return _("The mail server refused it (%(code)s).") % {"code": code}
    if kind == _TEXT_REFUSED:
        return _("The provider takes no text for this number (%(code)s).") % {"code": code}
    if kind == _BOUNCED:
        return _("It came back: the address took it no further (%(code)s).") % {"code": code}
    return str(REASONS.get(kind, reason))
