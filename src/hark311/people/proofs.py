"""Proves that somebody reads an address: a link that works once, or a short code typed in."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from hark311.access.links import LinkKind, read_timed, timed_token
from hark311.domain.errors import LinkExpired, TooMany
from hark311.government.models import Jurisdiction
from hark311.people.models import AddressProof
from hark311.platform import clock

LINK_LASTS = timedelta(minutes=30)
FOLLOW_LASTS = timedelta(days=3)
CODE_LASTS = timedelta(minutes=15)
MOST_TRIES = 5
_LASTS = {LinkKind.SIGN_IN: LINK_LASTS, LinkKind.FOLLOW: FOLLOW_LASTS}


def new_link(kind: LinkKind, address: str, jurisdiction: Jurisdiction, *, now: datetime) -> str:
    """A token that proves ``address`` once, for this purpose; it names a row, not the address."""
    proof = AddressProof.objects.create(
        jurisdiction=jurisdiction, address=address, sent_at=now, expires_at=now + _LASTS[kind]
    )
    return timed_token(kind, str(proof.pk))


def address_behind(kind: LinkKind, token: str, jurisdiction: Jurisdiction, *, now: datetime) -> str:
    """The address that an unused link would prove; looking does not use it.

    Raises LinkExpired if it is too old, used, not ours or another city's.
    """
    proof = _open_proofs(kind, token, jurisdiction, now).first()
    if proof is None:
        raise LinkExpired(kind=kind.value)
    return proof.address


@transaction.atomic
def use_link(kind: LinkKind, token: str, jurisdiction: Jurisdiction, *, now: datetime) -> str:
    """Use the link up and return the address it proves. Raises LinkExpired as above."""
    proof = _open_proofs(kind, token, jurisdiction, now).select_for_update(no_key=True).first()
    if proof is None:
        raise LinkExpired(kind=kind.value)
    proof.used_at = now
    proof.save(update_fields=["used_at"])
    return proof.address


def new_code(account_id: int, address: str, jurisdiction: Jurisdiction, *, now: datetime) -> str:
    """Six digits that prove ``address`` for an account; an earlier code for it ends."""
    AddressProof.objects.filter(
        account_id=account_id, address=address, used_at__isnull=True
    ).update(expires_at=now)
    code = f"{secrets.randbelow(1_000_000):06d}"
    proof = AddressProof.objects.create(
        jurisdiction=jurisdiction,
        account_id=account_id,
        address=address,
        sent_at=now,
        expires_at=now + CODE_LASTS,
    )
    proof.code_digest = _digest(proof.pk, code)
    proof.save(update_fields=["code_digest"])
    return code


def is_proved_by(account_id: int, address: str, code: str, *, now: datetime) -> bool:
    """True if this is the code that was sent; using it uses it up. Wrong tries are counted.

    Raises LinkExpired if no code is waiting, and TooMany after five tries.
    """
    # Not in one transaction with what is raised: a counted try must stay counted.
    with transaction.atomic():
        proof = (
            AddressProof.objects.select_for_update(no_key=True)
            .filter(
                account_id=account_id, address=address, used_at__isnull=True, expires_at__gt=now
            )
            .order_by("-id")
            .first()
        )
        if proof is not None and proof.tries < MOST_TRIES:
            proof.tries += 1
            typed = "".join(code.split())
            is_right = constant_time_compare(proof.code_digest, _digest(proof.pk, typed))
            if is_right:
                proof.used_at = now
            proof.save(update_fields=["tries", "used_at"])
            return is_right
    if proof is None:
        raise LinkExpired(kind="code")
    raise TooMany(what="code")


def _open_proofs(
    kind: LinkKind, token: str, jurisdiction: Jurisdiction, now: datetime
) -> QuerySet[AddressProof]:
    value = read_timed(kind, token, within=_LASTS[kind])
    return AddressProof.objects.filter(
        pk=int(value), jurisdiction=jurisdiction, used_at__isnull=True, expires_at__gt=now
    )


def _digest(proof_id: int, code: str) -> str:
    return salted_hmac(f"hark311.proof.{proof_id}", code, algorithm="sha256").hexdigest()


def sweep_proofs() -> int:
    """Forget links and codes a day after they ended; return how many."""
    return AddressProof.objects.filter(expires_at__lt=clock.now() - timedelta(days=1)).delete()[0]
