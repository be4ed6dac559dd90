"""Whether a request was signed by who says they sent it, over its bytes as they came."""

import base64
import hmac
from hashlib import sha256

_PREFIX = "sha256="


def is_from_x(secret: str, body: bytes, given: str) -> bool:
    """True if X signed the body. given: the header ``x-twitter-webhooks-signature``."""
    return bool(secret) and hmac.compare_digest(answer_to_x(secret, body).encode(), given.encode())


def answer_to_x(secret: str, said: bytes) -> str:
    """How X wants to be answered when it asks whether we know the secret, and how it signs."""
    return _PREFIX + base64.b64encode(hmac.digest(secret.encode(), said, sha256)).decode()


def is_from_meta(secret: str, body: bytes, given: str) -> bool:
    """True if Meta signed the body. given: the header ``X-Hub-Signature-256``."""
    wanted = _PREFIX + hmac.new(secret.encode(), body, sha256).hexdigest()
    return bool(secret) and hmac.compare_digest(wanted.encode(), given.encode())
