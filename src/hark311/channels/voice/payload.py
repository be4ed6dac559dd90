"""Reads what a provider or the gateway posts: which call, who calls, what the caller did."""

from collections.abc import Mapping
from dataclasses import dataclass

from hark311.channels.voice.records import Act, Did
from hark311.domain.errors import UnreadablePayload
from hark311.domain.vocabulary import Channel

_LONGEST = {"CallSid": 64, "From": 60, "Digits": 40, "RecordingUrl": 2000}
_OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
# What providers write where a caller keeps their number back.
_WITHHELD = frozenset({"anonymous", "unknown", "restricted", "unavailable", "+266696687"})


@dataclass(frozen=True, slots=True)
class Posted:
    """One request about a call. caller: '' if it is withheld."""

    call: str
    caller: str
    acts: tuple[Act, ...]
    is_over: bool


def read(form: Mapping[str, str]) -> Posted:
    """Pure: the same form reads the same.

    Raises UnreadablePayload without a call's id, or with a value that is too long.
    """
    for name, longest in _LONGEST.items():
        if len(form.get(name, "")) > longest:
            raise UnreadablePayload(channel=Channel.PHONE.value, field=name, reason="too_long")
    call = form.get("CallSid", "").strip()
    if not call:
        raise UnreadablePayload(channel=Channel.PHONE.value, field="CallSid", reason="missing")
    return Posted(
        call=call,
        caller=_caller(form.get("From", "")),
        acts=_acts(form),
        is_over=form.get("CallStatus", "") in _OVER,
    )


def _acts(form: Mapping[str, str]) -> tuple[Act, ...]:
    """What the caller did, in order: a recording may be ended by a key that means more."""
    acts = []
    if form.get("DialCallStatus"):
        return (Act(Did.DIALED, form["DialCallStatus"]),)
    digits = form.get("Digits", "").strip()
    if form.get("RecordingUrl") and form.get("RecordingDuration", "1") != "0":
        acts.append(Act(Did.RECORDED, form["RecordingUrl"]))
        digits = "" if digits == "#" else digits
    if digits and digits != "hangup":
        acts.append(Act(Did.KEYS, digits))
    return tuple(acts) or (Act(Did.NOTHING),)


def _caller(sender: str) -> str:
    """A telephone number, also out of a SIP address; '' where it is kept back."""
    said = sender.strip().removeprefix("sips:").removeprefix("sip:").partition("@")[0]
    is_number = said.removeprefix("+").isdecimal() and len(said) >= 7
    return said if is_number and said.lower() not in _WITHHELD else ""
