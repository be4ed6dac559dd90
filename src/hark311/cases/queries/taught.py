"""What closed cases teach: the words of a report, and the service that staff settled on."""

from collections.abc import Iterator
from dataclasses import dataclass

from hark311.cases.models import Case
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import Outcome, Privacy

_AT_ONCE = 2000
# Of these nobody knows what they were about.
_TEACHES_NOTHING = (Outcome.INVALID.value, Outcome.NOT_RECORDED.value, Outcome.WITHDRAWN.value)


@dataclass(frozen=True, slots=True)
class Taught:
    """A report's masked words and its service; is_corrected: staff chose another than was said."""

    text: str
    service_code: str
    language: str
    is_corrected: bool


def taught_by_closed_cases(jurisdiction_id: int) -> Iterator[Taught]:
    """Every closed case with words, oldest first; none that is sensitive. Reads in portions."""
    told = (
        Case.objects.filter(
            jurisdiction_id=jurisdiction_id, incident__state=State.CLOSED.value, origin="live"
        )
        .exclude(privacy=Privacy.SENSITIVE.value)
        .exclude(public_text="")
        .exclude(incident__outcome__in=_TEACHES_NOTHING)
        .order_by("pk")
        .values_list(
            "public_text",
            "incident__service__code",
            "language",
            "incident__service_id",
            "service_version__service_id",
        )
    )
    for text, code, language, settled, said in told.iterator(_AT_ONCE):
        yield Taught(text, code, language, settled != said)
