"""Reads who works for a government: for whoever administers its people."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from hark311.domain.actor import Role
from hark311.domain.errors import NotFound
from hark311.domain.staffing import GivenRole
from hark311.government.models import Account, Jurisdiction, StaffRole

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who works here or did. has_password: False until they have chosen one."""

    account_id: int
    name: str
    email: str
    language: str
    spoken: tuple[str, ...]
    roles: tuple[GivenRole, ...]
    absent_from: date | None
    absent_to: date | None
    is_active: bool
    has_password: bool
    last_login: datetime | None

    def is_away_on(self, day: date) -> bool:
        starts, ends = self.absent_from, self.absent_to
        return starts is not None and starts <= day and (ends is None or day <= ends)


@dataclass(frozen=True, slots=True)
class StaffPage:
    rows: tuple[StaffMember, ...]
    page: int
    has_after: bool

    @property
    def has_before(self) -> bool:
        return self.page > 1

    @property
    def before(self) -> int:
        return self.page - 1

    @property
    def after(self) -> int:
        return self.page + 1


def staff_page(jurisdiction: Jurisdiction, *, words: str = "", page: int = 1) -> StaffPage:
    """Everybody with a role here by name, who is at work first; two statements."""
    rows = Account.objects.filter(staff_roles__jurisdiction=jurisdiction).distinct()
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(email__icontains=words))
    start = (max(page, 1) - 1) * PAGE_SIZE
    ordered = rows.prefetch_related(_roles(jurisdiction)).order_by("-is_active", "name", "email")
    found = list(ordered[start : start + PAGE_SIZE + 1])
    return StaffPage(
        rows=tuple(_member(row) for row in found[:PAGE_SIZE]),
        page=max(page, 1),
        has_after=len(found) > PAGE_SIZE,
    )


def staff_member(account_id: int, jurisdiction: Jurisdiction) -> StaffMember:
    """Two statements. Raises NotFound for an account without a role here."""
    row = (
        Account.objects.filter(pk=account_id, staff_roles__jurisdiction=jurisdiction)
        .prefetch_related(_roles(jurisdiction))
        .first()
    )
    if row is None:
        raise NotFound(what="account")
    return _member(row)


def _roles(jurisdiction: Jurisdiction) -> "Prefetch[str, QuerySet[StaffRole], str]":
    rows = StaffRole.objects.filter(jurisdiction=jurisdiction).order_by("id")
    return Prefetch("staff_roles", queryset=rows, to_attr="roles_here")


def _member(row: Account) -> StaffMember:
    roles: list[StaffRole] = row.roles_here  # type: ignore[attr-defined]  # prefetched
    return StaffMember(
        account_id=row.pk,
        name=row.name,
        email=row.email,
        language=row.language,
        spoken=tuple(row.spoken),
        roles=tuple(GivenRole(Role(one.role), one.department_id, one.queue_id) for one in roles),
        absent_from=row.absent_from,
        absent_to=row.absent_to,
        is_active=row.is_active,
        has_password=row.has_usable_password(),
        last_login=row.last_login,
    )
