"""Keys of machines: made once, kept as a digest, counted by the minute, revoked at will."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from django.conf import settings

from hark311.access import allowance
from hark311.access.models import ApiKey
from hark311.domain.actor import Actor, ActorKind
from hark311.domain.errors import BadDraft, NotAllowed, NotFound, TooMany
from hark311.government.models import Jurisdiction
from hark311.platform import clock, planned

PER_MINUTE = 600
DEMO_SECRET = "demo-key"  # noqa: S105  # known to everybody, and refused outside demonstrations
DEMO_PER_MINUTE = 60_000

_PREFIX = "hk_"
_LONGEST_NAME = 120


class Scope(StrEnum):
    """What a key may do."""

    REPORT = "report"
    UPDATE = "update"


def create_key(
    jurisdiction: Jurisdiction | None,
    name: str,
    scopes: frozenset[Scope],
    per_minute: int = PER_MINUTE,
) -> tuple[ApiKey, str]:
    """Make a key; the secret is in the answer and nowhere else.

    jurisdiction: None for a key that every jurisdiction of the deployment takes.

    Raises BadDraft(field=...) without a name or a scope, or with a limit below 1.
    """
    secret = _PREFIX + secrets.token_urlsafe(32)
    return _kept(secret, jurisdiction, name, scopes, per_minute, is_demo=False), secret


def ensure_demo_key() -> ApiKey:
    """The key that everybody knows, made if it is not there yet; may be called at every start.

    Only a place in demo mode takes it.
    """
    found = ApiKey.objects.filter(digest=_digest(DEMO_SECRET)).first()
    if found is not None:
        return found
    return _kept(DEMO_SECRET, None, "demo", frozenset(Scope), DEMO_PER_MINUTE, is_demo=True)


def key_for(secret: str) -> ApiKey:
    """The key with this secret.

    Raises NotAllowed(reason="bad_key") for no key, one that was revoked, and the demo's
    key outside a demonstration.
    """
    key = planned.first(ApiKey, "digest = %s AND revoked_at IS NULL", [_digest(secret)])
    if key is None or (key.is_demo and not settings.DEMO):
        raise NotAllowed(reason="bad_key")
    return key


def require_use(key: ApiKey, scope: Scope, jurisdiction: Jurisdiction) -> Actor:
    """The actor that this key is here.

    Raises NotAllowed with reason ``bad_key`` in another jurisdiction than its own, else
    ``scope`` if it may not do this.
    """
    if key.jurisdiction_id not in {None, jurisdiction.pk}:
        raise NotAllowed(reason="bad_key")
    if scope.value not in key.scopes:
        raise NotAllowed(reason="scope", scope=scope.value)
    return Actor(kind=ActorKind.KEY, jurisdiction_id=jurisdiction.pk, name=key.name)


def count_use(key: ApiKey) -> None:
    """Count one use in this minute.

    Raises TooMany(retry_after_s=...) when the key has used up its minute.
    """
    now = clock.now()
    if allowance.count(f"key:{key.pk}", now=now) > key.per_minute:
        wait = _minute(now) + timedelta(minutes=1) - now
        raise TooMany(retry_after_s=max(1, -int(-wait.total_seconds() // 1)))


def all_keys(jurisdiction: Jurisdiction | None = None) -> tuple[ApiKey, ...]:
    """Every key, or those of one jurisdiction; oldest first."""
    keys = ApiKey.objects.select_related("jurisdiction").order_by("id")
    return tuple(keys if jurisdiction is None else keys.filter(jurisdiction=jurisdiction))


def revoke_key(key_id: int) -> ApiKey:
    """Refuse a key from now on; doing it twice keeps the first instant.

    Raises NotFound if there is none with this id.
    """
    ApiKey.objects.filter(pk=key_id, revoked_at__isnull=True).update(revoked_at=clock.now())
    key = ApiKey.objects.filter(pk=key_id).first()
    if key is None:
        raise NotFound(what="key", id=key_id)
    return key


def _kept(
    secret: str,
    jurisdiction: Jurisdiction | None,
    name: str,
    scopes: frozenset[Scope],
    per_minute: int,
    *,
    is_demo: bool,
) -> ApiKey:
    if not name.strip():
        raise BadDraft(field="name")
    if not scopes:
        raise BadDraft(field="scope")
    if per_minute < 1:
        raise BadDraft(field="per_minute")
    return ApiKey.objects.create(
        jurisdiction=jurisdiction,
        name=name.strip()[:_LONGEST_NAME],
        digest=_digest(secret),
        scopes=sorted(scope.value for scope in scopes),
        per_minute=per_minute,
        is_demo=is_demo,
        created_at=clock.now(),
    )


def _digest(secret: str) -> str:
    """A plain digest is enough: 32 random bytes cannot be guessed from it."""
    return sha256(secret.encode()).hexdigest()


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
