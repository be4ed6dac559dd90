"""Tags of the shared design: icons, instants, the present address with one value changed."""

from datetime import datetime

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from hark311.platform.icons import drawing

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """The drawing of that name."""
    return mark_safe(drawing(name))  # noqa: S308  # our own constant, nothing typed by anyone


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, name: str, value: object) -> str:
    """The present query string with ``name`` set to ``value``, for links to other pages."""
    request = context["request"]
    if not isinstance(request, HttpRequest):
        raise TypeError("a page is rendered with its request")
    query = request.GET.copy()
    query[name] = str(value)
    return f"?{query.urlencode()}"


@register.filter(expects_localtime=True)
def instant(at: datetime | None) -> str:
    """A time for machines, to the second and with its zone, as <time datetime> takes it."""
    return at.isoformat(timespec="seconds") if at else ""
