"""Prints what another system tells of a case: its opening, what was noted, its end."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from hark311.cases.actions.open_case import Opening
from hark311.cases.press import openings, work
from hark311.cases.press.paper import Paper, Said, iso
from hark311.cases.press.standing import Office, Printed
from hark311.domain.closing import Closing
from hark311.domain.vocabulary import EventKind, Outcome, Visibility
from hark311.privacy.text import mask_text

Json = Any


class Retold:
    """One imported case under print. changed_at: when it last changed there."""

    def __init__(
        self,
        paper: Paper,
        opening: Opening,
        office: Office,
        *,
        by: Said,
        changed_at: datetime | None,
        facts: Mapping[str, Json],
    ) -> None:
        self._paper, self._by, self._changed_at = paper, by, changed_at
        self.incident: Printed = openings.open_case(
            paper, opening, office, by=by, changed_at=changed_at, facts=facts
        )
        self.case_id: int = self.incident.cases[0].line.key
        self._steps: list[tuple[datetime, int, Callable[[], None]]] = []

    def acknowledge(self, at: datetime) -> None:
        """What happens is told by ``settle``, in order of time."""
        self._then(at, 0, partial(work.acknowledge, self._paper, self.incident, by=self._by, at=at))

    def note(self, at: datetime, text: str, visibility: Visibility) -> None:
        self._then(at, 1, partial(self._note, at, text, visibility))

    def close(self, at: datetime) -> None:
        """Closed there, and not said why."""
        closing = Closing(Outcome.NOT_RECORDED, text="")
        close = partial(work.close, self._paper, self.incident, closing, by=self._by, at=at)
        self._then(at, 2, partial(close, changed_at=self._changed_at))

    def settle(self) -> None:
        """Tell what happened; at one instant the acknowledgement first, the closing last."""
        for _at, _order, step in sorted(self._steps, key=lambda step: step[:2]):
            step()
        self._steps.clear()

    def _then(self, at: datetime, order: int, step: Callable[[], None]) -> None:
        self._steps.append((at, order, step))

    def _note(self, at: datetime, text: str, visibility: Visibility) -> None:
        line = self.incident.line
        if visibility is Visibility.PUBLIC:
            text = line["public_note"] = mask_text(text)
            line["updated_at"] = max(line["updated_at"], iso(at))
        self._paper.tell(
            self.incident.stream,
            EventKind.NOTED,
            by=self._by,
            at=iso(at),
            facts={"text": text},
            rows=[line],
            visibility=visibility,
        )
