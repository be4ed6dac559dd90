"""What it takes to close an incident, and for how long a closing may be disputed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from hark311.domain.errors import MissingEvidence, MissingOutcome, MissingText
from hark311.domain.vocabulary import Outcome

DISPUTE_WITHIN_DAYS = 30


@dataclass(frozen=True, slots=True)
class Closing:
    """What staff say when they close.

    text: for residents. detail: whose it is, why it cannot be done, or when it will be.
    planned_on: the day for which it is planned, where there is one; detail may then be empty.
    evidence: attachment ids. translations: the text for readers of other languages, by language.
    """

    outcome: Outcome
    text: str
    detail: str = ""
    evidence: tuple[int, ...] = ()
    translations: Mapping[str, str] = field(default_factory=dict)
    planned_on: date | None = None

    @property
    def says_enough(self) -> bool:
        """True unless the outcome needs to say more than its name."""
        has_day = self.outcome is Outcome.PLANNED and self.planned_on is not None
        return has_day or not self.outcome.needs_detail or bool(self.detail.strip())


def check_closing(
    closing: Closing, evidence_needed: frozenset[str], evidence_kinds: frozenset[str]
) -> None:
    """Return if staff may close so; ``evidence_kinds`` are those among what was attached.

    Proof is asked for by outcomes that claim work only: nobody can photograph that a matter
    is another government's.

    Raises MissingText without words, MissingOutcome with reason ``not_for_staff`` (the
    outcome is set by withdrawal or import alone) or ``detail``, and MissingEvidence
    naming the kinds that are missing.
    """
    if not closing.text.strip():
        raise MissingText(field="text")
    if not closing.outcome.is_for_staff:
        raise MissingOutcome(outcome=closing.outcome.value, reason="not_for_staff")
    if not closing.says_enough:
        raise MissingOutcome(outcome=closing.outcome.value, reason="detail")
    missing = sorted(evidence_needed - evidence_kinds)
    if missing and closing.outcome.claims_work:
        raise MissingEvidence(missing=tuple(missing))


def last_day_to_dispute(closed_on: date, outcome: Outcome, expected_on: date | None) -> date:
    """Return the last day on which the closing may be disputed, in the city's own zone.

    What was planned can be judged from its planned day on, so the days count from there.
    """
    start = closed_on
    if outcome is Outcome.PLANNED and expected_on is not None:
        start = max(closed_on, expected_on)
    return start + timedelta(days=DISPUTE_WITHIN_DAYS)
