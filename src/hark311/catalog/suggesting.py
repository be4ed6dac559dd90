"""The services that a person's words may mean, by what was learned and by the catalog's words."""

from collections.abc import Sequence

from hark311.catalog.queries import Service
from hark311.catalog.search import AT_MOST, find_services
from hark311.language.readers import reader_for
from hark311.language.reading import HeadName

# What is less likely than this is offered only if it shares words with what was said.
_LIKELY = 0.04


def suggest_services(
    services: Sequence[Service], words: str, language: str, *, city: str, at_most: int = AT_MOST
) -> tuple[Service, ...]:
    """The services that ``words`` may mean, best first; none if they name nothing.

    city: the key of the jurisdiction whose examples were learned from. Where there are none,
    the words of the catalog decide alone.
    """
    shared = find_services(services, words, language, at_most=at_most)
    reader = reader_for(city)
    if HeadName.SERVICES not in reader.heads:
        return shared
    known = {service.code: service for service in services}
    learned = reader.services(words, reader.vector_of(words))
    likely = [one.code for one in learned if one.confidence >= _LIKELY and one.code in known]
    best = dict.fromkeys((*likely, *(service.code for service in shared)))
    return tuple(known[code] for code in best)[:at_most]
