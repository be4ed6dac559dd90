"""Tags of residents' pages."""

from collections.abc import Iterable

from django import template

register = template.Library()


@register.simple_tag
def error_of(errors: Iterable[tuple[str, str]] | str, field: str) -> str:
    """What is wrong with one field; "" if nothing is. errors: '' where a page has none."""
    pairs = () if isinstance(errors, str) else errors
    return next((sentence for name, sentence in pairs if name == field), "")
