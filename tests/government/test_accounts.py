import pytest
from tests.cases.make import make_account, make_city, the_city

from hark311.access.policy import Permission, may
from hark311.domain.actor import Role
from hark311.government.accounts import colleagues_of_queue, staff_actor
from hark311.government.models import StaffRole
from hark311.government.queries import organisation_of

pytestmark = pytest.mark.django_db


def _give(account, city, role: Role, department: str | None) -> None:
    StaffRole.objects.create(
        account=account,
        jurisdiction=city.jurisdiction,
        department=city.departments[department] if department else None,
        role=role.value,
    )


def test_a_role_of_a_department_holds_in_all_its_queues():
    city, account = the_city(), make_account()
    _give(account, city, Role.CREW, "community")

    actor = staff_actor(account, city.jurisdiction, language="en")

    assert actor.queues == city.queue_ids("parks", "care")
    assert actor.departments == {city.departments["community"].pk}


def test_a_role_without_department_holds_everywhere_but_in_sensitive_queues():
    city, account = the_city(), make_account()
    _give(account, city, Role.ADMIN, None)

    actor = staff_actor(account, city.jurisdiction, language="en")

    assert actor.queues == city.queue_ids("desk", "streets", "parks")


def test_a_queue_that_is_not_active_is_nobodys():
    city, account = the_city(), make_account()
    city.queues["parks"].is_active = False
    city.queues["parks"].save()
    _give(account, city, Role.CREW, "community")

    assert staff_actor(account, city.jurisdiction, language="en").queues == city.queue_ids("care")


def test_two_roles_do_not_lend_each_other_their_rights():
    city, account = the_city(), make_account()
    _give(account, city, Role.VIEWER, "works")
    _give(account, city, Role.SUPERVISOR, "community")

    actor = staff_actor(account, city.jurisdiction, language="en")

    assert not may(actor, Permission.CLOSE, queue_id=city.queues["streets"].pk)
    assert may(actor, Permission.CLOSE, queue_id=city.queues["parks"].pk)


def test_who_has_no_role_here_or_has_left_is_no_staff():
    city, account = the_city(), make_account()
    _give(account, make_city("elsewhere"), Role.ADMIN, None)
    assert staff_actor(account, city.jurisdiction, language="en") is None

    _give(account, city, Role.ADMIN, None)
    account.is_active = False
    assert staff_actor(account, city.jurisdiction, language="en") is None


def test_colleagues_are_who_may_act_in_the_queue_by_name():
    city = the_city()
    for name, role, department in (
        ("Zoe", Role.CREW, "works"),
        ("Bo", Role.AGENT, None),
        ("Max", Role.VIEWER, "works"),
        ("Eve", Role.CREW, "community"),
    ):
        _give(make_account(name), city, role, department)
    queue = organisation_of(city.jurisdiction).queue_by_code("streets")

    assert [one.name for one in colleagues_of_queue(city.jurisdiction, queue)] == ["Bo", "Zoe"]


def test_who_only_looks_on_in_a_department_works_on_none_of_its_orders():
    city, account = the_city(), make_account()
    _give(account, city, Role.VIEWER, "works")
    _give(account, city, Role.CREW, "community")

    actor = staff_actor(account, city.jurisdiction, language="en")

    works = frozenset({city.departments["works"].pk})
    elsewhere = organisation_of(city.jurisdiction).queue_by_code("streets").id
    assert not may(actor, Permission.NOTE, queue_id=elsewhere, work_departments=works)
