"""Tries social networks: each account that is set, and the handshakes by which hooks are proved."""

from collections.abc import Iterator
from secrets import token_hex

import requests
from django.conf import settings

from hark311.commands.trying_channels.step import Step
from hark311.domain.social import Network
from hark311.platform.social.accounts import account_on
from hark311.platform.social.network import TIMEOUT_S, Away, Refused
from hark311.platform.social.signatures import answer_to_x


def steps() -> Iterator[Step]:
    """Ask each network whose account it is, and our own hooks for what providers ask them."""
    accounts = {one: account for one in Network if (account := account_on(one)) is not None}
    if not accounts:
        yield Step("no network is set: see docs/how-to/social-media.md", False)
    for network, account in accounts.items():
        try:
            yield Step(f"{network.name_for_people} knows us as {account.name()}")
        except (Away, Refused) as fault:
            yield Step(f"{network.name_for_people} does not take the account: {fault}", False)
    if settings.META_VERIFY_TOKEN:
        word = token_hex(8)
        asked = {"hub.verify_token": settings.META_VERIFY_TOKEN, "hub.challenge": word}
        yield _hook("meta", asked, word)
    if len(settings.X_KEYS) > 1:
        word = token_hex(8)
        yield _hook("x", {"crc_token": word}, answer_to_x(settings.X_KEYS[1], word.encode()))


def _hook(name: str, asked: dict[str, str], wanted: str) -> Step:
    """Whether the hook is reached from outside and answers rightly."""
    address = f"{settings.PUBLIC_URL.rstrip('/')}/channels/social/{name}"
    try:
        answer = requests.get(address, params=asked, timeout=TIMEOUT_S)
    except requests.RequestException as fault:
        return Step(f"{address} is not reached: {type(fault).__name__}", False)
    if wanted not in answer.text:
        return Step(f"{address} answers {answer.status_code}, not what it was asked for", False)
    return Step(f"{address} answers the handshake")
