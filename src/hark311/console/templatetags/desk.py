"""Marks of the workspace: when something is due, how it stands, how old it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from hark311.cases.queries.staff_known import Names
from hark311.console import wording
from hark311.console.desk import Desk
from hark311.domain.lifecycle import State
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import Channel, Outcome, Severity, Visibility
from hark311.platform import clock

register = template.Library()

_STATE_ICONS = {
    State.RECEIVED: "ring",
    State.ACKNOWLEDGED: "eye",
    State.IN_PROGRESS: "half",
    State.WAITING: "wait",
    State.CLOSED: "check",
}


@register.inclusion_tag("console/parts/_due.html")
def due_mark(due_at: datetime | None, state: State, *, is_soon: bool = False) -> dict[str, object]:
    """When it is due, by shape and words: late, soon, later, or no clock runs."""
    now = clock.now()
    if not state.is_open:
        return {"icon": "check", "tone": "", "words": _("Closed")}
    if due_at is None:
        return {"icon": "wait", "tone": "is-calm", "words": _("No clock runs")}
    if due_at < now:
        late = _("Late %(span)s") % {"span": wording.span_words(now - due_at)}
        return {"icon": "warning", "tone": "is-late", "words": late, "at": due_at}
    return {
        "icon": "half" if is_soon else "ring",
        "tone": "is-soon" if is_soon else "",
        "words": _day_words(due_at, now),
        "note": _("soon") if is_soon else "",
        "at": due_at,
    }


@register.inclusion_tag("console/parts/_state.html", takes_context=True)
def state_mark(
    context: Mapping[str, Any], state: State, *, outcome: Outcome | None = None
) -> dict[str, object]:
    """The state as a pill with its shape, as the city calls it; a closed one says how it ended."""
    desk: Desk = context["desk"]
    label = desk.outcome_label(outcome) if outcome else desk.state_label(state)
    tones = {State.WAITING: "is-calm", State.CLOSED: "is-good"}
    return {"icon": _STATE_ICONS[state], "tone": tones.get(state, ""), "words": label}


@register.filter
def age(at: datetime) -> str:
    """How long ago, in one unit."""
    return wording.span_words(clock.now() - at)


@register.filter
def span_to(start: datetime, end: datetime) -> str:
    """How long something took, in one unit."""
    return wording.span_words(end - start)


@register.filter
def severity_label(value: Severity) -> str:
    return str(wording.SEVERITIES[Severity(value)])


@register.filter
def channel_label(value: Channel) -> str:
    return str(wording.CHANNELS[Channel(value)])


@register.filter
def visibility_label(value: Visibility) -> str:
    return str(wording.VISIBILITIES[Visibility(value)])


@register.filter
def language_name(code: str) -> str:
    return wording.language_name(code)


@register.filter(name="in_language")
def words_in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in a language, else in another."""
    return in_language(texts, language)


@register.filter
def department(desk: Desk, department_id: int) -> str:
    return desk.names.department(department_id)


@register.filter
def state_name(desk: Desk, state: State) -> str:
    return desk.state_label(state)


@register.filter
def at(named: Mapping[int, str], key: int | None) -> str:
    """What stands under a key; "" for none."""
    return named.get(key or 0, "")


@register.simple_tag(takes_context=True)
def without_query(context: template.Context, name: str) -> str:
    """The present query string without one name, for links back to a first page."""
    query = context["request"].GET.copy()
    query.pop(name, None)
    return f"?{query.urlencode()}"


@register.simple_tag
def label(words: str, value: object) -> str:
    """The label of a value of one of the lists in console.wording, as in "ORDER_STATES"."""
    labels = getattr(wording, words)
    return str(labels.get(value, value))


@register.simple_tag
def reason(part: dict[str, object], names: Names) -> str:
    """One part of "why here" as a sentence."""
    return wording.reason_sentence(part, names)


def _day_words(at: datetime, now: datetime) -> str:
    local, today = timezone.localtime(at), timezone.localtime(now).date()
    time = formats.time_format(local, "TIME_FORMAT")
    days = (local.date() - today).days
    if days == 0:
        return _("Today %(time)s") % {"time": time}
    if days == 1:
        return _("Tomorrow %(time)s") % {"time": time}
    return formats.date_format(local, "SHORT_DATE_FORMAT" if days > 300 else "MONTH_DAY_FORMAT")
