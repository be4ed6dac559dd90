"""Labels of the workspace for the closed word lists; what residents read is worded in cases."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise as LazyText
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from hark311.cases.queries.staff_known import Names
from hark311.contacts.ticket_words import NEEDS as TICKET_NEEDS
from hark311.domain.canned import TextUse
from hark311.domain.clocks import ClockState
from hark311.domain.disruptions import Gravity
from hark311.domain.lifecycle import WaitingFor
from hark311.domain.routing import RoutingRule
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import (
    Channel,
    DiscardReason,
    DisputeState,
    InteractionKind,
    Severity,
    Target,
    Visibility,
    WorkOrderKind,
    WorkOrderState,
)
from hark311.platform.languages import OWN_NAMES

SEVERITIES: Mapping[Severity, LazyText] = MappingProxyType(
    {
        Severity.LOW: gettext_lazy("Low"),
        Severity.NORMAL: gettext_lazy("Normal"),
        Severity.HIGH: gettext_lazy("High"),
        Severity.URGENT: gettext_lazy("Urgent"),
    }
)
GRAVITIES: Mapping[Gravity, LazyText] = MappingProxyType(
    {
        Gravity.MINOR: gettext_lazy("A small thing to know"),
        Gravity.MODERATE: gettext_lazy("Many are troubled"),
        Gravity.SEVERE: gettext_lazy("Grave: people may come to harm"),
    }
)
WAITING: Mapping[WaitingFor, LazyText] = MappingProxyType(
    {
        WaitingFor.THIRD_PARTY: gettext_lazy("Somebody outside: the clocks stand still"),
        WaitingFor.SCHEDULE: gettext_lazy("Our own plan: the clocks run on"),
    }
)
CHANNELS: Mapping[Channel, LazyText] = MappingProxyType(
    {
        Channel.WEB: gettext_lazy("Web"),
        Channel.APP: gettext_lazy("App"),
        Channel.OPEN311: gettext_lazy("Open311"),
        Channel.PHONE: gettext_lazy("Phone"),
        Channel.SMS: gettext_lazy("Text message"),
        Channel.EMAIL: gettext_lazy("E-mail"),
        Channel.FAX: gettext_lazy("Fax"),
        Channel.CHAT: gettext_lazy("Chat"),
        Channel.SOCIAL: gettext_lazy("Social media"),
        Channel.DESK: gettext_lazy("Desk"),
        Channel.OUTREACH: gettext_lazy("Outreach"),
        Channel.STAFF: gettext_lazy("Found by staff"),
        Channel.IMPORT: gettext_lazy("Import"),
    }
)
VISIBILITIES: Mapping[Visibility, LazyText] = MappingProxyType(
    {
        Visibility.PUBLIC: gettext_lazy("Public"),
        Visibility.REPORTER: gettext_lazy("Reporter and staff"),
        Visibility.STAFF: gettext_lazy("Staff only"),
    }
)
ORDER_KINDS: Mapping[WorkOrderKind, LazyText] = MappingProxyType(
    {
        WorkOrderKind.INSPECTION: gettext_lazy("Inspection"),
        WorkOrderKind.REPAIR: gettext_lazy("Repair"),
        WorkOrderKind.FOLLOW_UP: gettext_lazy("Follow-up"),
    }
)
ORDER_STATES: Mapping[WorkOrderState, LazyText] = MappingProxyType(
    {
        WorkOrderState.READY: gettext_lazy("Ready"),
        WorkOrderState.SENT: gettext_lazy("Sent"),
        WorkOrderState.DONE: gettext_lazy("Done"),
        WorkOrderState.FAILED: gettext_lazy("Failed"),
        WorkOrderState.CANCELLED: gettext_lazy("Cancelled"),
    }
)
# What brings a work order into a state, as a link.
ORDER_STEPS: Mapping[WorkOrderState, LazyText] = MappingProxyType(
    {
        WorkOrderState.READY: gettext_lazy("Try again"),
        WorkOrderState.SENT: gettext_lazy("Send"),
        WorkOrderState.DONE: gettext_lazy("It is done"),
        WorkOrderState.FAILED: gettext_lazy("It failed"),
        WorkOrderState.CANCELLED: gettext_lazy("Cancel it"),
    }
)
TEXT_USES: Mapping[TextUse, LazyText] = MappingProxyType(
    {
        TextUse.NEWS: gettext_lazy("News for people"),
        TextUse.QUESTION: gettext_lazy("A question to a reporter"),
        TextUse.CLOSING: gettext_lazy("A closing"),
        TextUse.REOPENING: gettext_lazy("A reopening"),
        TextUse.ANSWER: gettext_lazy("An answer to a dispute"),
    }
)
DEED_GROUPS: Mapping[str, LazyText] = MappingProxyType(
    {
        "next": gettext_lazy("Move it on"),
        "tell": gettext_lazy("Tell or ask"),
        "work": gettext_lazy("Work"),
        "correct": gettext_lazy("Correct"),
        "join": gettext_lazy("Join or part"),
    }
)
TARGETS: Mapping[Target, LazyText] = MappingProxyType(
    {
        Target.ACKNOWLEDGE: gettext_lazy("First look"),
        Target.UPDATE: gettext_lazy("News to people"),
        Target.RESOLVE: gettext_lazy("Work done"),
    }
)
CLOCK_STATES: Mapping[ClockState, LazyText] = MappingProxyType(
    {
        ClockState.RUNNING: gettext_lazy("Runs"),
        ClockState.PAUSED: gettext_lazy("Stands still"),
        ClockState.MET: gettext_lazy("Kept"),
        ClockState.SUPERSEDED: gettext_lazy("Replaced"),
    }
)
PAUSES: Mapping[str, LazyText] = MappingProxyType(
    {
        "question": gettext_lazy("a question waits for the reporter"),
        "third_party": gettext_lazy("we wait for somebody outside"),
    }
)
DISPUTES: Mapping[DisputeState, LazyText] = MappingProxyType(
    {
        DisputeState.REQUESTED: gettext_lazy("Waits for an answer"),
        DisputeState.UPHELD: gettext_lazy("Upheld"),
        DisputeState.DECLINED: gettext_lazy("Declined"),
    }
)
QUESTIONS: Mapping[str, LazyText] = MappingProxyType(
    {
        "open": gettext_lazy("Waits for an answer"),
        "answered": gettext_lazy("Answered"),
        "lapsed": gettext_lazy("No answer in time"),
    }
)
NOTICES: Mapping[str, LazyText] = MappingProxyType(
    {
        "waiting": gettext_lazy("Waits to be sent"),
        "sent": gettext_lazy("Sent"),
        "failed": gettext_lazy("Failed"),
        "skipped": gettext_lazy("Not sent"),
    }
)
NOTICE_CHANNELS: Mapping[str, LazyText] = MappingProxyType(
    {
        "email": gettext_lazy("E-mail"),
        "sms": gettext_lazy("Text message"),
        "push": gettext_lazy("App"),
    }
)
NOTICE_KINDS: Mapping[str, LazyText] = MappingProxyType(
    {
        "opened": gettext_lazy("The report was received"),
        "question": gettext_lazy("A question"),
        "update": gettext_lazy("News"),
        "closed": gettext_lazy("The closing"),
        "reopened": gettext_lazy("The reopening"),
        "dispute_answered": gettext_lazy("The answer to a dispute"),
        "moved": gettext_lazy("A join or a parting"),
    }
)
# What staff decide about a picture.
JUDGEMENTS: Mapping[str, LazyText] = MappingProxyType(
    {
        "checking": gettext_lazy("Not yet"),
        "shown": gettext_lazy("Pass it: show it to the public"),
        "hidden": gettext_lazy("Refuse it: hide it"),
    }
)
PICTURES: Mapping[str, LazyText] = MappingProxyType(
    {
        "checking": gettext_lazy("Waits to be looked at"),
        "shown": gettext_lazy("Shown to the public"),
        "hidden": gettext_lazy("Hidden from the public"),
    }
)
WATCHED: Mapping[str, LazyText] = MappingProxyType(
    {
        "late": gettext_lazy("Late"),
        "soon": gettext_lazy("Soon late"),
        "asked": gettext_lazy("Asked again"),
        "disputed": gettext_lazy("Closing disputed"),
        "unproved": gettext_lazy("Closed without proof"),
        "stuck": gettext_lazy("Messages that did not arrive"),
    }
)
ANSWER_STATES: Mapping[str, LazyText] = MappingProxyType(
    {
        "waiting": gettext_lazy("On its way"),
        "sent": gettext_lazy("Sent"),
        "failed": gettext_lazy("Did not arrive"),
    }
)
ENDINGS: Mapping[InteractionKind, LazyText] = MappingProxyType(
    {
        InteractionKind.INQUIRY: gettext_lazy("A question that was answered"),
        InteractionKind.STATUS_CHECK: gettext_lazy("How an earlier case stands"),
        InteractionKind.FEEDBACK: gettext_lazy("Praise or a complaint"),
    }
)
# The tag ``label`` finds these by name.
LANGUAGES, NEEDS = OWN_NAMES, TICKET_NEEDS

DISCARDS: Mapping[DiscardReason, LazyText] = MappingProxyType(
    {
        DiscardReason.NOTHING_SAID: gettext_lazy("Nobody said anything"),
        DiscardReason.TAKEN_ALREADY: gettext_lazy("It is a case already"),
        DiscardReason.NOT_FOR_US: gettext_lazy("It is no matter for us"),
        DiscardReason.WRONG_NUMBER: gettext_lazy("A wrong number or address"),
        DiscardReason.SPAM: gettext_lazy("Advertising or spam"),
        DiscardReason.TEST: gettext_lazy("A test"),
    }
)
LINKS: Mapping[str, LazyText] = MappingProxyType(
    {
        "related": gettext_lazy("Related"),
        "merged_from": gettext_lazy("Was joined into this one"),
        "merged_into": gettext_lazy("This one was joined into it"),
        "follows": gettext_lazy("This one goes on from it"),
        "followed_by": gettext_lazy("Goes on from this one"),
    }
)
_REASONS: Mapping[str, LazyText] = MappingProxyType(
    {
        "rule": gettext_lazy("The rule “%(rule)s” sent it here."),
        "service": gettext_lazy("The rule holds for %(service)s."),
        "area": gettext_lazy("It lies in %(area)s."),
        "channel": gettext_lazy("It came in by %(channel)s."),
        "answer": gettext_lazy("The answer to “%(question)s” was “%(answer)s”."),
        "time": gettext_lazy("It came between %(from)s and %(to)s."),
        "weekday": gettext_lazy("It came on a %(weekday)s."),
        "service_queue": gettext_lazy("No rule matched; %(service)s goes to this queue."),
        "fallback_queue": gettext_lazy("Nothing else matched; this queue takes what is left."),
        "queue_inactive": gettext_lazy("The queue %(queue)s is not active."),
        "transferred": gettext_lazy("A colleague handed it over: %(reason)s"),
    }
)


def reason_sentence(reason: Mapping[str, object], names: Names) -> str:
    """One part of "why here" as a sentence; a reason without words of its own shows its code."""
    code = str(reason.get("code", ""))
    facts = reason.get("facts")
    given = facts if isinstance(facts, Mapping) else {}
    named = {key: _named(key, str(value), names) for key, value in given.items()}
    template = _REASONS.get(code)
    if template is None:
        return ": ".join((code, ", ".join(named.values()))) if named else code
    try:
        return str(template) % named
    except KeyError:
        return code


def _named(key: str, value: str, names: Names) -> str:
    if key == "service":
        found = (one for one in names.services.values() if one.code == value)
        return next((in_language(one.names, names.language) for one in found), value)
    if key == "area":
        return names.area_names([value])[0]
    if key == "weekday":
        return str(WEEKDAYS[int(value)])
    if key == "channel":
        return str(CHANNELS[Channel(value)])
    return value


def language_name(code: str) -> str:
    """The name of a language in the reader's own; else in the language itself, else its code."""
    try:
        return str(get_language_info(code.lower())["name_translated"])
    except KeyError:
        return OWN_NAMES.get(code, code)


def span_words(span: timedelta) -> str:
    """A span as people say it, in its largest unit: "3 days", "2 h", "5 min"."""
    minutes = max(int(span.total_seconds() // 60), 0)
    if minutes >= 2 * 24 * 60:
        days = minutes // (24 * 60)
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if minutes >= 60:
        return _("%(count)d h") % {"count": minutes // 60}
    return _("%(count)d min") % {"count": minutes}


def rule_sentences(rule: RoutingRule, names: Names) -> tuple[str, ...]:
    """The conditions of a rule in words; none for a rule that always holds."""
    said = []
    for key, label, values in (
        ("service", _("Service"), sorted(rule.services)),
        ("area", _("Area"), sorted(rule.areas)),
        ("weekday", _("Day"), [str(day) for day in sorted(rule.weekdays)]),
        ("channel", _("Channel"), sorted(rule.channels)),
    ):
        if values:
            said.append(f"{label}: {', '.join(_named(key, value, names) for value in values)}")
    if rule.minutes is not None:
        start, end = (f"{minute // 60:02}:{minute % 60:02}" for minute in rule.minutes)
        said.append(_("Between %(from)s and %(to)s") % {"from": start, "to": end})
    for question, answers in sorted(rule.answers.items()):
        said.append(f"{question}: {', '.join(sorted(answers))}")
    return tuple(said)
