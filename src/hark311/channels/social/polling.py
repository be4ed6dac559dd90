"""Asks the networks that do not tell by themselves what is new."""

from datetime import timedelta

from hark311.channels.social.readers import ASKED_FOR
from hark311.channels.social.taking import take
from hark311.government.queries import jurisdiction_for_host
from hark311.platform import clock, log
from hark311.platform.social.accounts import polled_accounts
from hark311.platform.social.network import Away, Refused

# What is older was taken long ago: that it was is remembered for 30 days.
OLDEST = timedelta(days=14)

_log = log.get(__name__)


def ask_networks() -> int:
    """Take what is new on each network; return how much that was."""
    taken = 0
    jurisdiction = jurisdiction_for_host("") if polled_accounts() else None
    for network, account in polled_accounts().items():
        try:
            news = list(account.news())
        except (Away, Refused) as fault:
            _log.warning("network_away", network=network.value, reason=str(fault))
            continue
        for one in reversed(news):
            said = ASKED_FOR[network](one)
            if said is None or jurisdiction is None or said.at < clock.now() - OLDEST:
                continue
            taken += take(said, jurisdiction) != "repeat"
    return taken
