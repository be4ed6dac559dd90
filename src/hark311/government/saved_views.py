"""Lists that staff keep under a name: their own, and those of the departments they work in.

Who may change those of a department is for ``access`` to say: the caller hands it in.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from hark311.domain.actor import Actor
from hark311.domain.errors import DoesNotApply, NotFound
from hark311.government.models import SavedView

MOST_VIEWS = 30
_LONGEST_NAME = 60
_LONGEST_QUERY = 500


@dataclass(frozen=True, slots=True)
class View:
    """A kept list. department_id: None if it is the reader's own."""

    id: int
    name: str
    queue_code: str
    query: str
    department_id: int | None
    is_default: bool


def views_for(actor: Actor, departments: Iterable[int]) -> tuple[View, ...]:
    """The actor's own lists in their order, then those of these departments. One statement."""
    rows = SavedView.objects.filter(
        Q(account=actor.account_id) | Q(department__in=list(departments)),
        jurisdiction=actor.jurisdiction_id,
    ).order_by("department_id", "position", "id")
    views = [_view(row) for row in rows]
    return tuple(sorted(views, key=lambda view: view.department_id is not None))


def default_view(views: Iterable[View]) -> View | None:
    """The list that work begins with: the reader's own choice, else that of a department."""
    return next((view for view in views if view.is_default), None)


@transaction.atomic
def keep_view(
    name: str, queue_code: str, query: str, *, actor: Actor, department_id: int | None = None
) -> View:
    """Keep a list at the end of the actor's own, or of a department's.

    Raises DoesNotApply with reason ``no_name``, ``name_taken``, ``too_many_views`` or
    ``too_long``.
    """
    if len(query) > _LONGEST_QUERY:
        raise DoesNotApply(reason="too_long")
    beside = _of_owner(actor, department_id)
    if len(beside) >= MOST_VIEWS:
        raise DoesNotApply(reason="too_many_views")
    row = SavedView(
        jurisdiction_id=actor.jurisdiction_id,
        account_id=None if department_id is not None else actor.account_id,
        department_id=department_id,
        name=_free_name(name, beside),
        queue_code=queue_code,
        query=query,
        position=max((one.position for one in beside), default=0) + 1,
    )
    row.save()
    return _view(row)


@transaction.atomic
def rename_view(view_id: int, name: str, *, actor: Actor, shares: frozenset[int]) -> View:
    """Call a list otherwise. Raises NotFound, DoesNotApply as keep_view does."""
    row, beside = _mine(view_id, actor, shares)
    row.name = _free_name(name, [one for one in beside if one.pk != row.pk])
    row.save(update_fields=["name"])
    return _view(row)


@transaction.atomic
def move_view(view_id: int, *, by: int, actor: Actor, shares: frozenset[int]) -> None:
    """Put a list so many places later among its owner's, earlier if ``by`` is below zero.

    Raises NotFound.
    """
    row, beside = _mine(view_id, actor, shares)
    order = [one for one in beside if one.pk != row.pk]
    here = next(place for place, one in enumerate(beside) if one.pk == row.pk)
    order.insert(max(here + by, 0), row)
    for position, one in enumerate(order, start=1):
        one.position = position
    SavedView.objects.bulk_update(order, ["position"])


@transaction.atomic
def begin_with_view(view_id: int, *, actor: Actor, shares: frozenset[int]) -> None:
    """Make a list the one that its owner's work begins with; once more, and it no longer is.

    Raises NotFound.
    """
    row, beside = _mine(view_id, actor, shares)
    SavedView.objects.filter(pk__in=[one.pk for one in beside]).update(is_default=False)
    if not row.is_default:
        SavedView.objects.filter(pk=row.pk).update(is_default=True)


@transaction.atomic
def forget_view(view_id: int, *, actor: Actor, shares: frozenset[int]) -> None:
    """Raises NotFound, also for a list that somebody else keeps."""
    row, _beside = _mine(view_id, actor, shares)
    row.delete()


def _view(row: SavedView) -> View:
    return View(row.pk, row.name, row.queue_code, row.query, row.department_id, row.is_default)


def _of_owner(actor: Actor, department_id: int | None) -> list[SavedView]:
    """All lists of one owner in their order, locked."""
    account_id = actor.account_id if department_id is None else None
    rows = SavedView.objects.select_for_update().filter(
        jurisdiction=actor.jurisdiction_id, account=account_id, department=department_id
    )
    return list(rows.order_by("position", "id"))


def _mine(view_id: int, actor: Actor, shares: frozenset[int]) -> tuple[SavedView, list[SavedView]]:
    """A list that the actor may change, and all of the same owner with it."""
    found = SavedView.objects.filter(
        Q(account=actor.account_id) | Q(department__in=shares),
        jurisdiction=actor.jurisdiction_id,
        pk=view_id,
    ).first()
    beside = _of_owner(actor, found.department_id) if found else []
    row = next((one for one in beside if one.pk == view_id), None)
    if row is None:
        raise NotFound(what="view")
    return row, beside


def _free_name(name: str, beside: Iterable[SavedView]) -> str:
    wanted = " ".join(name.replace("\0", " ").split())[:_LONGEST_NAME]
    if not wanted:
        raise DoesNotApply(reason="no_name")
    if any(one.name.casefold() == wanted.casefold() for one in beside):
        raise DoesNotApply(reason="name_taken")
    return wanted
