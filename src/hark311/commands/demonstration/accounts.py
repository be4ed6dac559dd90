"""The four accounts of a demonstration, with a password that everybody knows."""

from dataclasses import replace

from hark311.domain.actor import Actor, Role
from hark311.domain.vocabulary import Origin
from hark311.government.accounts import staff_actor
from hark311.government.models import Account, Department, Jurisdiction, StaffRole
from hark311.government.queries import Organisation, organisation_of
from hark311.platform import clock

DOMAIN = "demo.hark311.test"
PASSWORD = "demo"  # noqa: S105  # known to everybody; a demonstration holds nothing real
# Their names are what they do: nobody real is meant.
_NAMES = {
    Role.AGENT: "Demo Agent",
    Role.CREW: "Demo Crew",
    Role.SUPERVISOR: "Demo Supervisor",
    Role.ADMIN: "Demo Admin",
}


def email_of(role: Role) -> str:
    return f"{role.value}@{DOMAIN}"


def ensure_accounts(jurisdiction: Jurisdiction) -> None:
    """Make what is missing of accounts and roles; fast when nothing is.

    The agent works in the department of the fallback queue, the crew in the one with most
    queues beside it, supervisor and administrator everywhere. Sensitive queues are the
    administrator's alone: somebody must work them, and the others show that they do not know.
    """
    organisation = organisation_of(jurisdiction)
    desk = organisation.fallback_queue.department_id
    departments = {Role.AGENT: desk, Role.CREW: _works(organisation, desk)}
    rows = Department.objects.in_bulk(departments.values())
    for role, name in _NAMES.items():
        account = Account.objects.filter(email=email_of(role)).first() or _made(role, name)
        StaffRole.objects.get_or_create(
            account=account,
            jurisdiction=jurisdiction,
            department=rows.get(departments.get(role, 0)),
            role=role.value,
        )
    admin = Account.objects.get(email=email_of(Role.ADMIN))
    sensitive = {
        queue.department_id for queue in organisation.queues.values() if queue.is_sensitive
    }
    for department in Department.objects.filter(pk__in=sensitive):
        StaffRole.objects.get_or_create(
            account=admin,
            jurisdiction=jurisdiction,
            department=department,
            role=Role.SUPERVISOR.value,
        )


def demo_actor(role: Role, jurisdiction: Jurisdiction) -> Actor:
    """The account of this role, acting for the demonstration: nobody is told anything."""
    account = Account.objects.get(email=email_of(role))
    actor = staff_actor(account, jurisdiction, language="en")
    if actor is None:
        raise AssertionError("ensure_accounts gave every account a role")
    return replace(actor, origin=Origin.DEMO)


def _made(role: Role, name: str) -> Account:
    account = Account(email=email_of(role), name=name, joined_at=clock.now())
    account.set_password(PASSWORD)
    account.save(force_insert=True)
    return account


def _works(organisation: Organisation, desk: int) -> int:
    """The department beside the desk with most queues; the first of equals."""
    counts = {
        department_id: sum(
            queue.department_id == department_id and queue.is_active and not queue.is_sensitive
            for queue in organisation.queues.values()
        )
        for department_id in organisation.departments
        if department_id != desk
    }
    return max(counts, key=lambda pk: (counts[pk], -pk), default=desk)
