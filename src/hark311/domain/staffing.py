"""Who may give which roles to whom, and who must always be left."""

from collections.abc import Set
from dataclasses import dataclass

from hark311.domain.actor import Role
from hark311.domain.errors import DoesNotApply, NotAllowed


@dataclass(frozen=True, slots=True)
class GivenRole:
    """A role and where it holds: one queue, a department, or (both None) everywhere.

    department_id is that of the queue where one is given.
    """

    role: Role
    department_id: int | None = None
    queue_id: int | None = None

    @property
    def is_everywhere(self) -> bool:
        return self.department_id is None

    @property
    def leads_the_city(self) -> bool:
        return self.role is Role.ADMIN and self.is_everywhere


@dataclass(frozen=True, slots=True)
class Giver:
    """Who changes roles: their account, and the roles that they hold themselves."""

    account_id: int
    roles: frozenset[GivenRole]

    def may_give(self, given: GivenRole) -> bool:
        """True where the giver is the administrator: everywhere, or of that department."""
        places = {one.department_id for one in self.roles if one.role is Role.ADMIN}
        whole = {
            one.department_id
            for one in self.roles
            if one.role is Role.ADMIN and one.queue_id is None
        }
        return None in places or (given.department_id is not None and given.department_id in whole)


def require_change(
    giver: Giver,
    account_id: int,
    before: Set[GivenRole],
    after: Set[GivenRole],
    *,
    other_leaders: int,
) -> None:
    """Let a change of roles pass, or say why not. other_leaders: of the whole city, at work.

    Raises NotAllowed for a role outside the giver's own departments, and DoesNotApply with
    reason ``own_roles``, ``last_admin`` or ``unchanged``.
    """
    if account_id == giver.account_id:
        raise DoesNotApply(reason="own_roles")
    if before == after:
        raise DoesNotApply(reason="unchanged")
    if not all(giver.may_give(one) for one in before ^ after):
        raise NotAllowed(permission="manage_people")
    is_leader, stays = (any(one.leads_the_city for one in roles) for roles in (before, after))
    if is_leader and not stays and not other_leaders:
        raise DoesNotApply(reason="last_admin")
