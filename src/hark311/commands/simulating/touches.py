"""Prints the contact log of a simulated city: who reached it how, and what they said."""

from datetime import datetime
from functools import lru_cache

from hark311.cases.press.paper import Line, Paper, iso
from hark311.commands.simulating.city import City
from hark311.commands.simulating.drafts import REPLIES
from hark311.commands.simulating.steps import Report, Step
from hark311.domain.draft import Hazard
from hark311.domain.numbers import format_number
from hark311.domain.vocabulary import HazardLevel, InteractionKind
from hark311.language.hazard import find_hazard

SERIAL = "contacts_serial"
"""The one sequence of numbers, by the name under which a printer is given its first."""


class TouchPrinter:
    """Prints interactions, their messages, and the people behind them.

    serial: the first number to give.
    """

    def __init__(self, paper: Paper, city: City, serial: int) -> None:
        self._paper, self._city, self.serial = paper, city, serial

    def first(self, report: Report) -> Line:
        """The touch that brings a report, with the number that its case will have."""
        reference = self._next_number(report.at)
        number = self._next_number(report.at)
        touch = self._interaction(report, reference, report.at, InteractionKind.REQUEST)
        touch["case_number"], touch["outcome"] = number, "case"
        self._message(touch, report.text, report.at, is_handled=True)
        return touch

    def reply(self, report: Report, number: str, step: Step, kind: InteractionKind) -> Line:
        """The touch by which a reporter says more."""
        touch = self._interaction(report, self._next_number(step.at), step.at, kind)
        touch["case_number"], touch["outcome"] = number, REPLIES[step.deed].value
        danger = hazard_in(step.text, report.language).level
        self._message(touch, step.text, step.at, is_handled=danger is HazardLevel.NONE)
        return touch

    def person(self, email: str, language: str, at: datetime) -> int | None:
        """Whoever gave an address, as a person of this one occasion; None without one."""
        if not email:
            return None
        return self._paper.line(
            "person",
            {
                "jurisdiction_id": self._city.jurisdiction.pk,
                "email": email,
                "language": language,
                "created_at": iso(at),
            },
        ).key

    def _interaction(
        self, report: Report, reference: str, at: datetime, kind: InteractionKind
    ) -> Line:
        return self._paper.line(
            "interaction",
            {
                "jurisdiction_id": self._city.jurisdiction.pk,
                "reference": reference,
                "channel": report.channel.value,
                "kind": kind.value,
                "language": report.language,
                "started_at": iso(at),
                "ended_at": iso(at),
            },
        )

    def _message(self, touch: Line, text: str, at: datetime, *, is_handled: bool) -> None:
        self._paper.line(
            "message",
            {
                "interaction_id": touch.key,
                "text": text,
                "at": iso(at),
                "handled_at": iso(at) if is_handled else None,
            },
        )

    def _next_number(self, at: datetime) -> str:
        serial, self.serial = self.serial, self.serial + 1
        return format_number(at.astimezone(self._city.zone).year, serial)


@lru_cache(maxsize=20_000)
def hazard_in(text: str, language: str) -> Hazard:
    """The same as ``find_hazard``, kept for words that come again and again."""
    return find_hazard(text, language)
