"""What proves that an address is read by who says so."""

from datetime import timedelta

import pytest

from hark311.access.links import LinkKind
from hark311.domain.errors import LinkExpired
from hark311.government.models import Jurisdiction
from hark311.people.proofs import address_behind, new_link, use_link
from hark311.platform import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(frozen_clock) -> Jurisdiction:
    return Jurisdiction.objects.create(key="town", center_lon=0, center_lat=0)


def link(town: Jurisdiction, kind: LinkKind = LinkKind.SIGN_IN) -> str:
    return new_link(kind, "ada@people.test", town, now=clock.now())


def test_looking_at_a_link_does_not_use_it(town):
    token = link(town)

    for _twice in range(2):
        found = address_behind(LinkKind.SIGN_IN, token, town, now=clock.now())
    assert found == use_link(LinkKind.SIGN_IN, token, town, now=clock.now()) == "ada@people.test"


def test_a_used_link_proves_nothing(town):
    token = link(town)
    use_link(LinkKind.SIGN_IN, token, town, now=clock.now())

    with pytest.raises(LinkExpired):
        use_link(LinkKind.SIGN_IN, token, town, now=clock.now())


def test_a_link_made_to_follow_signs_nobody_in(town):
    with pytest.raises(LinkExpired):
        use_link(LinkKind.SIGN_IN, link(town, LinkKind.FOLLOW), town, now=clock.now())


def test_a_link_of_one_city_opens_nothing_in_another(town):
    other = Jurisdiction.objects.create(key="other", center_lon=0, center_lat=0)

    with pytest.raises(LinkExpired):
        use_link(LinkKind.SIGN_IN, link(town), other, now=clock.now())


def test_a_link_is_over_after_its_time(town, frozen_clock):
    token = link(town)
    frozen_clock.move_by(timedelta(minutes=31))

    with pytest.raises(LinkExpired):
        address_behind(LinkKind.SIGN_IN, token, town, now=clock.now())
