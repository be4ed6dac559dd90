"""Turns a case and its history into the few records that its page shows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from hark311.cases import answer
from hark311.cases.queries.public import PublicCase
from hark311.cases.wording import (
    by_when,
    outcome_label,
    state_label,
)
from hark311.channels.web.visitor import Visitor
from hark311.domain.lifecycle import State
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import Outcome, Standing

_ICONS: Mapping[State, str] = MappingProxyType(
    {
        State.RECEIVED: "ring",
        State.ACKNOWLEDGED: "eye",
        State.IN_PROGRESS: "half",
        State.WAITING: "wait",
        State.CLOSED: "check",
    }
)


@dataclass(frozen=True, slots=True)
class Badge:
    """The state as a shape and a word."""

    icon: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list: its badge, and in one line what comes next."""

    case: PublicCase
    title: str
    badge: Badge
    place: str
    who: str
    by: str


def answer_of(case: PublicCase, visitor: Visitor, now: datetime) -> answer.Answer:
    """The answer in the visitor's language."""
    return answer.answer_of(case, ZoneInfo(visitor.jurisdiction.zone), visitor.language, now=now)


def badge_of(case: PublicCase, visitor: Visitor, now: datetime) -> Badge:
    """The state as the city calls it; a withdrawn, disputed or late case says that first."""
    if case.standing is Standing.WITHDRAWN:
        return Badge("cross", _("Taken back"), "calm")
    if case.dispute_answer_by is not None:
        return Badge("return", _("Questioned"), "soon")
    if case.state.is_open and case.due_at and not case.is_paused and case.due_at < now:
        return Badge("warning", _("Late"), "late")
    settings, language = visitor.jurisdiction.settings, visitor.language
    if case.outcome is None:
        label = state_label(case.state, settings, language)
    else:
        label = outcome_label(case.outcome, settings, language)
    is_good = case.outcome is Outcome.FIXED
    return Badge(_ICONS[case.state], label, "good" if is_good else "calm" if case.outcome else "")


def state_icon(state: State) -> str:
    """The drawing that goes with the name of a state."""
    return _ICONS[state]


def own_row_of(case: PublicCase, visitor: Visitor, now: datetime) -> Row:
    """The same for the one whose it is: a question to them is what they see first."""
    row = row_of(case, visitor, now)
    if not case.has_open_question:
        return row
    return replace(row, badge=Badge("chat", _("Waiting for your answer"), "soon"))


def row_of(case: PublicCase, visitor: Visitor, now: datetime) -> Row:
    return Row(
        case=case,
        title=in_language(case.service.names, visitor.language),
        badge=badge_of(case, visitor, now),
        place=case.address,
        who=in_language(case.department.names, visitor.language),
        by=by_when(case, ZoneInfo(visitor.jurisdiction.zone)),
    )
