"""The token that telephone requests are signed with: the provider's, else one of our own."""

from django.conf import settings
from django.utils.crypto import salted_hmac


def token() -> str:
    """PHONE_TOKEN, or without a provider the token that this place and its gateway both know."""
    given: str = settings.PHONE_TOKEN
    return given or salted_hmac("hark311.phone", "gateway", algorithm="sha256").hexdigest()
