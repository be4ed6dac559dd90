"""Keys of machines: who is let in, for what, how often, and where."""

from datetime import timedelta

import pytest
from tests.cases.make import make_city

from hark311.access.keys import (
    DEMO_SECRET,
    Scope,
    count_use,
    create_key,
    ensure_demo_key,
    key_for,
    require_use,
    revoke_key,
)
from hark311.access.models import Allowance, ApiKey
from hark311.domain.actor import ActorKind
from hark311.domain.errors import BadDraft, NotAllowed, NotFound, TooMany

pytestmark = pytest.mark.django_db

BOTH = frozenset(Scope)


@pytest.fixture
def city(frozen_clock):
    return make_city()


def test_the_secret_opens_and_is_kept_nowhere(city):
    key, secret = create_key(city.jurisdiction, "Street app", BOTH, 60)

    assert key_for(secret) == key
    assert secret not in str(ApiKey.objects.values().get())


def test_two_keys_never_share_a_secret(city):
    assert create_key(None, "a", BOTH)[1] != create_key(None, "a", BOTH)[1]


@pytest.mark.parametrize("secret", ["", "wrong", "é" * 5000])
def test_an_unknown_secret_is_refused(city, secret):
    with pytest.raises(NotAllowed) as refused:
        key_for(secret)
    assert refused.value.facts == {"reason": "bad_key"}


def test_a_revoked_key_opens_no_more_and_stays_revoked_at_the_first_instant(city, frozen_clock):
    key, secret = create_key(city.jurisdiction, "Street app", BOTH)
    first = revoke_key(key.pk).revoked_at
    frozen_clock.move_by(timedelta(hours=1))

    assert revoke_key(key.pk).revoked_at == first
    with pytest.raises(NotAllowed):
        key_for(secret)


def test_revoking_what_is_not_there_is_not_found(city):
    with pytest.raises(NotFound):
        revoke_key(999_999)


def test_a_key_of_one_city_acts_there_only(city):
    key, _ = create_key(city.jurisdiction, "Street app", BOTH)
    there = make_city("elsewhere").jurisdiction

    actor = require_use(key, Scope.REPORT, city.jurisdiction)
    assert (actor.kind, actor.jurisdiction_id) == (ActorKind.KEY, city.jurisdiction.pk)
    with pytest.raises(NotAllowed) as refused:
        require_use(key, Scope.REPORT, there)
    assert refused.value.facts["reason"] == "bad_key"


def test_a_key_of_no_city_acts_in_each(city):
    key, _ = create_key(None, "State app", BOTH)
    there = make_city("elsewhere").jurisdiction

    assert require_use(key, Scope.REPORT, there).jurisdiction_id == there.pk


def test_a_key_does_only_what_its_scopes_say(city):
    key, _ = create_key(None, "Reader", frozenset({Scope.REPORT}))

    with pytest.raises(NotAllowed) as refused:
        require_use(key, Scope.UPDATE, city.jurisdiction)
    assert refused.value.facts == {"reason": "scope", "scope": "update"}


def test_a_minute_holds_so_many_uses_and_the_next_begins_anew(city, frozen_clock):
    frozen_clock.move_by(timedelta(seconds=20))
    key, _ = create_key(None, "Slow", BOTH, 2)
    count_use(key)
    count_use(key)

    with pytest.raises(TooMany) as refused:
        count_use(key)
    assert refused.value.facts == {"retry_after_s": 40}

    frozen_clock.move_by(timedelta(seconds=40))
    count_use(key)
    assert Allowance.objects.count() == 2


def test_counting_costs_one_statement(city, django_assert_num_queries):
    key, _ = create_key(None, "App", BOTH)

    with django_assert_num_queries(1):
        count_use(key)


@pytest.mark.parametrize(
    ("name", "scopes", "per_minute", "field"),
    [
        (" ", BOTH, 1, "name"),
        ("App", frozenset(), 1, "scope"),
        ("App", BOTH, 0, "per_minute"),
    ],
)
def test_a_key_that_could_do_nothing_is_not_made(city, name, scopes, per_minute, field):
    with pytest.raises(BadDraft) as refused:
        create_key(None, name, scopes, per_minute)
    assert refused.value.facts == {"field": field}


def test_the_demo_key_opens_in_demonstrations_only(city, settings):
    first, again = ensure_demo_key(), ensure_demo_key()

    assert first == again
    assert first.per_minute >= 100 * 60
    settings.DEMO = True
    assert key_for(DEMO_SECRET) == first
    settings.DEMO = False
    with pytest.raises(NotAllowed):
        key_for(DEMO_SECRET)
