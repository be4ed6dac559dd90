"""Who may give which roles, as a table."""

import pytest

from hark311.domain.actor import Role
from hark311.domain.errors import DoesNotApply, NotAllowed
from hark311.domain.staffing import GivenRole, Giver, require_change

ME, THEM = 1, 2
CITY_ADMIN = GivenRole(Role.ADMIN)
WORKS_ADMIN = GivenRole(Role.ADMIN, department_id=7)
STREETS_ADMIN = GivenRole(Role.ADMIN, department_id=7, queue_id=70)
WORKS_CREW = GivenRole(Role.CREW, department_id=7)
STREETS_CREW = GivenRole(Role.CREW, department_id=7, queue_id=70)
PARKS_CREW = GivenRole(Role.CREW, department_id=8)


@pytest.mark.parametrize(
    ("held", "given", "may"),
    [
        pytest.param(CITY_ADMIN, CITY_ADMIN, True, id="the city's makes others of the city"),
        pytest.param(CITY_ADMIN, PARKS_CREW, True, id="the city's reaches every department"),
        pytest.param(WORKS_ADMIN, WORKS_CREW, True, id="a department's reaches its own"),
        pytest.param(WORKS_ADMIN, STREETS_CREW, True, id="and the queues of it"),
        pytest.param(WORKS_ADMIN, PARKS_CREW, False, id="no other department"),
        pytest.param(WORKS_ADMIN, CITY_ADMIN, False, id="never the whole city"),
        pytest.param(STREETS_ADMIN, STREETS_CREW, False, id="a queue's gives nothing"),
        pytest.param(WORKS_CREW, WORKS_CREW, False, id="who is no administrator gives nothing"),
    ],
)
def test_a_role_is_given_within_the_givers_own_place(held, given, may):
    giver = Giver(ME, frozenset({held}))

    assert giver.may_give(given) is may
    if not may:
        with pytest.raises(NotAllowed):
            require_change(giver, THEM, set(), {given}, other_leaders=1)


@pytest.mark.parametrize(
    ("account", "before", "after", "others", "reason"),
    [
        pytest.param(ME, {WORKS_CREW}, {CITY_ADMIN}, 1, "own_roles", id="nobody raises themselves"),
        pytest.param(ME, {CITY_ADMIN}, {WORKS_CREW}, 1, "own_roles", id="nor lowers"),
        pytest.param(THEM, {CITY_ADMIN}, {WORKS_CREW}, 0, "last_admin", id="one leader stays"),
        pytest.param(THEM, {WORKS_CREW}, {WORKS_CREW}, 1, "unchanged", id="nothing to do"),
    ],
)
def test_what_no_change_of_roles_may_do(account, before, after, others, reason):
    giver = Giver(ME, frozenset({CITY_ADMIN}))

    with pytest.raises(DoesNotApply) as refused:
        require_change(giver, account, before, after, other_leaders=others)

    assert refused.value.facts["reason"] == reason


def test_a_leader_steps_down_where_another_one_stays():
    giver = Giver(ME, frozenset({CITY_ADMIN}))

    require_change(giver, THEM, {CITY_ADMIN}, {WORKS_CREW}, other_leaders=1)
