"""Fills a small demonstration for tests."""

from hark311.catalog.queries import service_version
from hark311.commands import demo_city
from hark311.government.models import Jurisdiction
from hark311.platform import clock


def peopled(city: str) -> Jurisdiction:
    """A loaded city with the accounts of a demonstration."""
    service_version.cache_clear()
    demo_city.load(city)
    demo_city.people(city)
    return Jurisdiction.objects.get(key=city)


def seeded(city: str, *, days: int, wanted: int) -> Jurisdiction:
    """The same with so many days of sample cases up to now."""
    jurisdiction = peopled(city)
    demo_city.seed(jurisdiction, now=clock.now(), days=days, wanted=wanted)
    return jurisdiction
