"""Every address says to whom it is open; a test walks them all.

``@open_to(Audience.PUBLIC)`` goes outermost on a view function, or on ``View.as_view()``.
The mark states the intention; the view still asks ``access`` about the row at hand.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from django.http.response import HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

_MARK = "hark311_open_to"


class Audience(StrEnum):
    """For whom an address is."""

    PUBLIC = "public"
    REPORTER = "reporter"
    STAFF = "staff"
    MACHINE = "machine"
    OPERATOR = "operator"


def open_to(audience: Audience, permission: str = "") -> Callable[[View], View]:
    """Mark a view with its audience, and for staff with the permission it asks for."""

    def mark(view: View) -> View:
        setattr(view, _MARK, (audience, permission))
        return view

    return mark


def audience_of(view: object) -> tuple[Audience, str] | None:
    """Return audience and permission of a view; None if nobody said."""
    found: tuple[Audience, str] | None = getattr(view, _MARK, None)
    return found
