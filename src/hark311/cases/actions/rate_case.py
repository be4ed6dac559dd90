"""Takes how a reporter found the handling; an unhappy word on a closing disputes it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from hark311.cases.actions.request_dispute import dispute_locked, has_open_dispute, is_too_late
from hark311.cases.ledger import Json, record
from hark311.cases.locks import lock_case, require_active, require_in_queue, require_voice
from hark311.cases.models import Case, Incident, Rating
from hark311.domain.actor import Actor
from hark311.domain.errors import DoesNotApply, MissingText
from hark311.domain.lifecycle import State
from hark311.domain.surveys import CHANGE_WITHIN_DAYS
from hark311.domain.vocabulary import EventKind, Visibility
from hark311.platform import clock

UNHAPPY = 2
BEST = 5


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody thinks of the handling. stars: 1 (bad) to 5 (good), or None.

    is_fixed: None if they did not say.
    """

    stars: int | None
    comment: str = ""
    is_fixed: bool | None = None

    @property
    def is_unhappy(self) -> bool:
        """Says that it is not fixed; where it says nothing of that, one or two stars say so."""
        if self.is_fixed is not None:
            return not self.is_fixed
        return self.stars is not None and self.stars <= UNHAPPY


@transaction.atomic
def rate_case(
    case_id: int, stars: int | None, comment: str, *, actor: Actor, is_fixed: bool | None = None
) -> Rating:
    """Rate the handling of a case; of each closing there is one rating, changed for 30 days.

    An unhappy one disputes a closing that is not disputed yet and still may be; while the
    incident is open it counts as asking again.

    Raises NotFound, NotAllowed, MissingText(field="rating") without stars and without whether
    it is fixed, and DoesNotApply with reason ``stars``, ``withdrawn``, ``merged`` or ``rated``.
    """
    opinion = Opinion(stars, comment.strip(), is_fixed)
    case, incident = lock_case(case_id, actor)
    require_voice(actor)
    require_active(case)
    require_in_queue(incident)
    _require_whole(opinion)
    now = clock.now()
    rating = _rating_of(case, incident, now)
    rating.stars, rating.comment, rating.is_fixed = stars, opinion.comment, is_fixed
    is_open = State(incident.state).is_open
    if opinion.is_unhappy and is_open:
        incident.asked_again += 1
    record(
        incident,
        EventKind.RATED,
        actor=actor,
        at=now,
        facts=_facts(opinion),
        rows=[rating, incident],
        case=case,
        visibility=Visibility.REPORTER,
    )
    if opinion.is_unhappy and not is_open and _may_dispute(case, incident, now):
        dispute_locked(case, incident, opinion.comment, actor=actor, at=now)
    return rating


def _require_whole(opinion: Opinion) -> None:
    if opinion.stars is None and opinion.is_fixed is None:
        raise MissingText(field="rating")
    if opinion.stars is not None and not 1 <= opinion.stars <= BEST:
        raise DoesNotApply(reason="stars")


def _rating_of(case: Case, incident: Incident, at: datetime) -> Rating:
    """The rating of the present closing, to be changed, or a new one."""
    since = incident.closed_at
    kept = (
        Rating.objects.select_for_update(no_key=True).filter(case=case, at__gte=since).first()
        if since is not None
        else None
    )
    if kept is None:
        return Rating(case=case, at=at)
    if at - kept.at > timedelta(days=CHANGE_WITHIN_DAYS):
        raise DoesNotApply(reason="rated")
    return kept


def _facts(opinion: Opinion) -> dict[str, Json]:
    facts: dict[str, Json] = {"stars": opinion.stars, "text": opinion.comment}
    if opinion.is_fixed is not None:
        facts["is_fixed"] = opinion.is_fixed
    return facts


def _may_dispute(case: Case, incident: Incident, at: datetime) -> bool:
    return not has_open_dispute(case) and not is_too_late(incident, at)
