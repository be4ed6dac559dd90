"""What danger a message names, as closely as its way in has time for."""

from hark311.cases.danger_reader import READ_LATER
from hark311.domain.actor import Actor
from hark311.domain.draft import Hazard
from hark311.domain.vocabulary import Channel, Origin
from hark311.language.hazard import find_hazard
from hark311.language.readers import hazard_of


def danger_in(text: str, language: str, channel: Channel, *, actor: Actor) -> Hazard:
    """By words and meaning; for machines, which nobody waits with, by words at once.

    What machines send is read again after the commit (``danger_reader``). Behind what was
    imported or simulated nobody waits at all.
    """
    if channel in READ_LATER or actor.origin is not Origin.LIVE:
        return find_hazard(text, language)
    return hazard_of(text, language)
