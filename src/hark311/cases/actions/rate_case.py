"""Takes how a reporter found the handling; an unhappy rating of a closing disputes it."""

from datetime import datetime

from django.db import transaction

from hark311.cases.actions.request_dispute import dispute_locked, has_open_dispute, is_too_late
from hark311.cases.ledger import record
from hark311.cases.locks import lock_case, require_active, require_in_queue, require_voice
from hark311.cases.models import Case, Incident, Rating
from hark311.domain.actor import Actor
from hark311.domain.errors import DoesNotApply
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import EventKind, Visibility
from hark311.platform import clock

UNHAPPY = 2
BEST = 5


@transaction.atomic
def rate_case(case_id: int, stars: int, comment: str, *, actor: Actor) -> Rating:
    """Rate the handling of a case, 1 (bad) to 5 (good), as often as one likes.

    One or two stars dispute a closing that is not disputed yet and still may be; while the
    incident is open they count as asking again.

    Raises NotFound, NotAllowed, and DoesNotApply with reason ``stars``, ``withdrawn`` or
    ``merged``.
    """
    case, incident = lock_case(case_id, actor)
    require_voice(actor)
    require_active(case)
    require_in_queue(incident)
    if not 1 <= stars <= BEST:
        raise DoesNotApply(reason="stars")
    now, words = clock.now(), comment.strip()
    rating = Rating(case=case, stars=stars, comment=words, at=now)
    is_open, is_unhappy = State(incident.state).is_open, stars <= UNHAPPY
    if is_unhappy and is_open:
        incident.asked_again += 1
    record(
        incident,
        EventKind.RATED,
        actor=actor,
        at=now,
        facts={"stars": stars, "text": words},
        rows=[rating, incident],
        case=case,
        visibility=Visibility.REPORTER,
    )
    if is_unhappy and not is_open and _may_dispute(case, incident, now):
        dispute_locked(case, incident, words, actor=actor, at=now)
    return rating


def _may_dispute(case: Case, incident: Incident, at: datetime) -> bool:
    return not has_open_dispute(case) and not is_too_late(incident, at)
