"""Each URL says to whom it is open."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from hark311.platform.views import Audience, audience_of


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        where = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, where)
        else:
            yield where, entry


ADDRESSES = [pytest.param(entry, id=where) for where, entry in _patterns(get_resolver())]


@pytest.mark.parametrize("entry", ADDRESSES)
def test_the_address_says_to_whom_it_is_open(entry):
    said = audience_of(entry.callback)

    assert said is not None, "put @open_to(Audience....) on the view"
    audience, permission = said
    assert bool(permission) == (audience is Audience.STAFF), "staff pages name a permission"
