"""Marks of messages to everybody: their state, and how each network fared."""

from django import template

from hark311.console.post_words import DELIVERY_STATES, POST_STATES, POST_STEPS
from hark311.domain.social import PostState
from hark311.platform.languages import direction

register = template.Library()

_ICONS = {
    PostState.DRAFT: ("edit", ""),
    PostState.ASKED: ("wait", ""),
    PostState.APPROVED: ("clock", "is-calm"),
    PostState.PUBLISHED: ("check", "is-good"),
    PostState.TAKEN_BACK: ("return", ""),
}


@register.inclusion_tag("console/parts/_state.html")
def post_state(state: PostState) -> dict[str, object]:
    """The pill of a state."""
    icon, tone = _ICONS[state]
    return {"icon": icon, "tone": tone, "words": POST_STATES[state]}


@register.simple_tag
def delivery_state(state: str) -> str:
    return str(DELIVERY_STATES.get(state, state))


@register.simple_tag
def step_label(kind: str) -> str:
    return str(POST_STEPS.get(kind, kind))


@register.filter
def direction_of(language: str) -> str:
    return direction(language)
