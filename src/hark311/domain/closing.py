"""What it takes to close an incident: words, an outcome, and the proof the service asks for."""

from dataclasses import dataclass

from hark311.domain.errors import MissingEvidence, MissingOutcome, MissingText
from hark311.domain.vocabulary import Outcome


@dataclass(frozen=True, slots=True)
class Closing:
    """What staff say when they close.

    text: for residents. detail: whose it is, why it cannot be done, or when it will be.
    evidence: attachment ids.
    """

    outcome: Outcome
    text: str
    detail: str = ""
    evidence: tuple[int, ...] = ()


def check_closing(
    closing: Closing, evidence_needed: frozenset[str], evidence_kinds: frozenset[str]
) -> None:
    """Return if staff may close so; ``evidence_kinds`` are those among what was attached.

    Raises MissingText without words, MissingOutcome with reason ``not_for_staff`` (the
    outcome is set by withdrawal or import alone) or ``detail``, and MissingEvidence
    naming the kinds that are missing.
    """
    if not closing.text.strip():
        raise MissingText(field="text")
    if not closing.outcome.is_for_staff:
        raise MissingOutcome(outcome=closing.outcome.value, reason="not_for_staff")
    if closing.outcome.needs_detail and not closing.detail.strip():
        raise MissingOutcome(outcome=closing.outcome.value, reason="detail")
    missing = sorted(evidence_needed - evidence_kinds)
    if missing:
        raise MissingEvidence(missing=tuple(missing))
