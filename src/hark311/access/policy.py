"""Who may do what: a role gives permissions, a queue gives the place where they hold."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from hark311.domain.actor import Actor, ActorKind, Role
from hark311.domain.errors import NotAllowed


class Permission(StrEnum):
    """Everything that may be allowed or refused to somebody."""

    READ_CASES = "read_cases"
    REPORT_FOR_OTHERS = "report_for_others"
    HANDLE_INBOX = "handle_inbox"
    OPEN_CONTACT = "open_contact"
    ACKNOWLEDGE = "acknowledge"
    ASSIGN = "assign"
    TRANSFER = "transfer"
    WORK = "work"
    NOTE = "note"
    ASK = "ask"
    CLOSE = "close"
    REOPEN = "reopen"
    CHANGE_SERVICE = "change_service"
    CORRECT_PLACE = "correct_place"
    SET_SEVERITY = "set_severity"
    SPLIT = "split"
    MERGE = "merge"
    RELATE = "relate"
    REDACT = "redact"
    DECIDE_DISPUTE = "decide_dispute"
    OVERSEE = "oversee"
    SHARE_VIEWS = "share_views"
    KEEP_TEXTS = "keep_texts"
    MANAGE_ALERTS = "manage_alerts"
    WRITE_POSTS = "write_posts"
    APPROVE_POSTS = "approve_posts"
    EDIT_ANSWERS = "edit_answers"
    MANAGE_CATALOG = "manage_catalog"
    MANAGE_PEOPLE = "manage_people"
    POST_STATUS = "post_status"


_READING = frozenset({Permission.READ_CASES})
_CREW = _READING | {
    Permission.ACKNOWLEDGE,
    Permission.WORK,
    Permission.NOTE,
    Permission.ASK,
    Permission.CLOSE,
    Permission.TRANSFER,
    Permission.CORRECT_PLACE,
    Permission.RELATE,
}
_AGENT = _CREW | {
    Permission.REPORT_FOR_OTHERS,
    Permission.HANDLE_INBOX,
    Permission.OPEN_CONTACT,
    Permission.ASSIGN,
    Permission.CHANGE_SERVICE,
    Permission.SET_SEVERITY,
    Permission.WRITE_POSTS,
}
_SUPERVISOR = _AGENT | {
    Permission.REOPEN,
    Permission.SPLIT,
    Permission.MERGE,
    Permission.REDACT,
    Permission.DECIDE_DISPUTE,
    Permission.OVERSEE,
    Permission.SHARE_VIEWS,
    Permission.KEEP_TEXTS,
    Permission.MANAGE_ALERTS,
    Permission.APPROVE_POSTS,
    Permission.EDIT_ANSWERS,
}
_ADMIN = _SUPERVISOR | {Permission.MANAGE_CATALOG, Permission.MANAGE_PEOPLE}

ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.VIEWER: _READING,
        Role.CREW: _CREW,
        Role.AGENT: _AGENT,
        Role.SUPERVISOR: _SUPERVISOR,
        Role.ADMIN: _ADMIN,
    }
)

# Whoever takes a call speaks for the caller, whichever department has the matter.
_ANYWHERE = frozenset({Permission.REPORT_FOR_OTHERS})
# What a department with a work order may do on an incident that another queue owns.
_WITH_A_WORK_ORDER = frozenset({Permission.WORK, Permission.NOTE, Permission.ASK})


def permissions_of(actor: Actor) -> frozenset[Permission]:
    """What the actor may do somewhere; where is another question."""
    if actor.kind in {ActorKind.SYSTEM, ActorKind.IMPORT}:
        return frozenset(Permission)
    if actor.kind is ActorKind.KEY:
        return frozenset({Permission.POST_STATUS})
    return frozenset().union(*(ROLE_PERMISSIONS[role] for role in actor.roles))


def may(
    actor: Actor,
    permission: Permission,
    *,
    queue_id: int | None = None,
    work_departments: frozenset[int] = frozenset(),
) -> bool:
    """True if the actor may do this, in this queue where one is given."""
    if permission not in permissions_of(actor):
        return False
    if queue_id is None or actor.kind in {ActorKind.SYSTEM, ActorKind.IMPORT}:
        return True
    if permission in _ANYWHERE:
        return True
    if queue_id in actor.queues and permission in _permissions_in(actor, queue_id):
        return True
    return permission in _WITH_A_WORK_ORDER and bool(actor.departments & work_departments)


def require(
    actor: Actor,
    permission: Permission,
    *,
    queue_id: int | None = None,
    work_departments: frozenset[int] = frozenset(),
) -> None:
    """Raises NotAllowed unless the actor may do this, in this queue where one is given."""
    if not may(actor, permission, queue_id=queue_id, work_departments=work_departments):
        raise NotAllowed(permission=permission.value)


def _permissions_in(actor: Actor, queue_id: int) -> frozenset[Permission]:
    """What the actor's roles allow in one of their queues: a role counts where it was given."""
    if not actor.roles_by_queue:
        return permissions_of(actor)
    roles = (role for queue, role in actor.roles_by_queue if queue == queue_id)
    return frozenset[Permission]().union(*(ROLE_PERMISSIONS[role] for role in roles))
