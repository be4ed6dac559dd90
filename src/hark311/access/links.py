"""Secrets in links sent to people: made from the site's key, so none is stored anywhere.

A token names what it opens and nothing else; whether the door is still open (a question
answered, a case withdrawn) is for the rule behind it to say.
"""

from datetime import timedelta
from enum import StrEnum

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from hark311.domain.errors import LinkExpired

_LENGTH = 32


class LinkKind(StrEnum):
    """What a token opens; one made for one kind opens no other."""

    CASE = "case"
    QUESTION = "question"
    FOLLOW = "follow"
    REPLY = "reply"
    SURVEY = "survey"
    SIGN_IN = "sign_in"
    KIOSK = "kiosk"
    LIVE = "live"
    TICKET = "ticket"
    STOP = "stop"
    TOUCH = "touch"
    STAFF = "staff"


def token_for(kind: LinkKind, row_id: int) -> str:
    """The lasting token of one case, question, follow or notice: 32 letters and digits."""
    return salted_hmac(f"hark311.{kind.value}", str(row_id), algorithm="sha256").hexdigest()[
        :_LENGTH
    ]


def opens(kind: LinkKind, row_id: int, token: str) -> bool:
    """True if the token was made for exactly this."""
    return constant_time_compare(token_for(kind, row_id), token)


def require_opens(kind: LinkKind, row_id: int, token: str) -> None:
    """Raises LinkExpired if the token was not made for exactly this."""
    if not opens(kind, row_id, token):
        raise LinkExpired(kind=kind.value)


def timed_token(kind: LinkKind, value: str) -> str:
    """A token that carries ``value`` and the instant it was made."""
    return signing.TimestampSigner(salt=f"hark311.{kind.value}").sign_object({"value": value})


def read_timed(kind: LinkKind, token: str, *, within: timedelta) -> str:
    """The value in a timed token.

    Raises LinkExpired if it is older than ``within``, or not ours.
    """
    try:
        signer = signing.TimestampSigner(salt=f"hark311.{kind.value}")
        return str(signer.unsign_object(token, max_age=within)["value"])
    except signing.BadSignature as bad:
        raise LinkExpired(kind=kind.value) from bad
