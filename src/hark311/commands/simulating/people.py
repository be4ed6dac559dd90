"""Who reports: residents with a language, a channel and habits of their own."""

from dataclasses import dataclass
from random import Random

from hark311.catalog.queries import Service
from hark311.commands.simulating.chance import Draw, stream
from hark311.commands.simulating.city import City
from hark311.commands.simulating.profile import Profile
from hark311.commands.simulating.words import languages
from hark311.domain.vocabulary import Channel

DOMAIN = "demo.hark311.test"
_LIKES_ANOTHER_CHANNEL = 0.25


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who lives here. email: '' for who never says how to be reached."""

    language: str
    channel: Channel
    email: str


class People:
    """The residents of a city; who they are is decided by seed and number alone."""

    def __init__(self, city: City, profile: Profile, seed: str, *, count: int) -> None:
        spoken = languages() & frozenset(city.languages)
        shares = profile.shares("reporting.languages")
        tongues = {code: share for code, share in shares.items() if code in spoken}
        self._languages = Draw.of(tongues or {"en": 1.0})
        self._channels = Draw.of(
            {Channel(name): share for name, share in profile.shares("reporting.channels").items()}
        )
        self._gives_contact = profile.number("reporting.gives_contact")
        self._habit = profile.number("reporting.habit")
        rng = stream(seed, "people")
        self._people = [self._born(rng, number) for number in range(max(count, 1))]

    def somebody(self, rng: Random) -> Resident:
        """Who reports next: few report often, most once, many never."""
        return self._people[int(len(self._people) * rng.random() ** self._habit)]

    def channel_of(self, who: Resident, service: Service, rng: Random) -> Channel:
        """The way they come: mostly their own, if the service is offered there."""
        wanted = who.channel
        if rng.random() < _LIKES_ANOTHER_CHANNEL:
            wanted = self._channels.one(rng)
        if not service.channels or wanted in service.channels:
            return wanted
        return sorted(service.channels)[0]

    def _born(self, rng: Random, number: int) -> Resident:
        has_contact = rng.random() < self._gives_contact
        return Resident(
            language=self._languages.one(rng),
            channel=self._channels.one(rng),
            email=f"neighbor-{number}@{DOMAIN}" if has_contact else "",
        )
