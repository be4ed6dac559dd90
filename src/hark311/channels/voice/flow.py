"""From one answer to the next: what means the same in every node, and where each node is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from django.utils.translation import gettext as _

from hark311.channels.voice.booth import Booth
from hark311.channels.voice.nodes import (
    answering,
    asking,
    handing_over,
    lines,
    menus,
    reporting,
)
from hark311.channels.voice.records import (
    RELAY_SECONDS,
    Act,
    Answer,
    Keys,
    Said,
    Session,
)
from hark311.contacts.calls import mark_relay

MISSES = 3


@dataclass(frozen=True, slots=True)
class Node:
    """What is said at a place, and where what the caller does leads; None if it fits nothing.

    is_own: the node itself knows what 0, 9, star and pound mean there.
    """

    say: Callable[[Session, Booth], Answer]
    hear: Callable[[Session, Act, Booth], Session | None]
    is_own: bool = False


def go(session: Session, act: Act, booth: Booth) -> Session:
    """Where the caller is after what they did."""
    after = _step(session, act, booth)
    if after.node != session.node:
        booth.count(f"{session.node}:left")
        booth.count(f"{after.node}:entered")
    return after


def answer_at(session: Session, booth: Booth) -> Answer:
    """What is said where the caller is now."""
    answer = node_of(session.node).say(session, booth)
    if session.misses and isinstance(answer.then, Keys):
        answer = replace(answer, says=(Said(_("I did not get that.")), *answer.says))
    if session.is_relay and isinstance(answer.then, Keys):
        slow = Keys(answer.then.most, max(answer.then.seconds, RELAY_SECONDS))
        answer = replace(answer, then=slow)
    return answer


def node_of(name: str) -> Node:
    """The node of a name as "menu:main"; the main menu's where a newer pack lacks it."""
    return _NODES.get(name.partition(":")[0], _NODES["menu"])


def _step(session: Session, act: Act, booth: Booth) -> Session:
    node = node_of(session.node)
    if not node.is_own and act.key in _ALWAYS:
        return _ALWAYS[act.key](session, booth)
    if session.node == "relay":
        return session.to(f"menu:{booth.phone.main}")
    after = node.hear(session, act, booth)
    return _missed(session, booth) if after is None else after


def _missed(session: Session, booth: Booth) -> Session:
    """Said again twice; then a person, and who is waiting for one already is let go."""
    if session.misses + 1 < MISSES:
        return replace(session, misses=session.misses + 1)
    if session.node == "danger":
        return session.to("dial:911")
    is_at_the_end = session.node.startswith("line") or session.node in {"thanks", "sent", "message"}
    return session.to("bye") if is_at_the_end else session.to(f"line:{booth.phone.person}")


def _person(session: Session, booth: Booth) -> Session:
    booth.count(f"{session.node}:person")
    return session.to(f"line:{booth.phone.person}")


def _danger(session: Session, booth: Booth) -> Session:
    return session.to("danger")


def _back(session: Session, booth: Booth) -> Session:
    return session.back()


def _again(session: Session, booth: Booth) -> Session:
    return replace(session, misses=0, waits=0)


def _say_relay(session: Session, booth: Booth) -> Answer:
    mark_relay(booth.call)
    return Answer((Said(_("Take all the time you need.")),), Keys(1, 1))


def _nowhere(session: Session, act: Act, booth: Booth) -> Session | None:
    return None


_ALWAYS: Mapping[str, Callable[[Session, Booth], Session]] = MappingProxyType(
    {"0": _person, "9": _danger, "*": _back, "#": _again}
)
_NODES: Mapping[str, Node] = MappingProxyType(
    {
        "answers": Node(answering.say_answers, answering.hear_answers),
        "bye": Node(handing_over.say_bye, _nowhere),
        "callback": Node(lines.say_callback, lines.hear_callback),
        "danger": Node(handing_over.say_danger, handing_over.hear_danger),
        "dial": Node(handing_over.say_dial, handing_over.hear_dial, is_own=True),
        "hotline": Node(answering.say_hotline, answering.hear_hotline),
        "kept": Node(reporting.say_kept, reporting.hear_sent),
        "line": Node(lines.say, lines.hear),
        "menu": Node(menus.say, menus.hear),
        "message": Node(lines.say_message, lines.hear_message),
        "not_reached": Node(handing_over.say_not_reached, lines.hear_thanks),
        "prove": Node(asking.say_proof, asking.hear_proof),
        "relay": Node(_say_relay, _nowhere),
        "report": Node(reporting.say, reporting.hear, is_own=True),
        "sent": Node(reporting.say_sent, reporting.hear_sent),
        "standing": Node(asking.say_standing, asking.hear_standing),
        "status": Node(asking.say, asking.hear),
        "thanks": Node(lines.say_thanks, lines.hear_thanks),
    }
)
