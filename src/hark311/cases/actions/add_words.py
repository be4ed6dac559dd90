"""Takes words or photos that a reporter adds to a case."""

from collections.abc import Sequence

from django.db import transaction

from hark311.cases.actions.open_case import photo_rows
from hark311.cases.ledger import record
from hark311.cases.locks import lock_case, require_active, require_in_queue, require_voice
from hark311.cases.models import Case
from hark311.domain.actor import Actor
from hark311.domain.errors import MissingText
from hark311.domain.vocabulary import EventKind, Privacy, Visibility
from hark311.people.models import Person
from hark311.platform import clock, media
from hark311.privacy.text import mask_text


@transaction.atomic
def add_words(
    case_id: int,
    text: str,
    media_urls: Sequence[str],
    *,
    actor: Actor,
    pictures: Sequence[str] = (),
) -> Case:
    """Add to a case what its reporter says more; staff see that somebody asked again.

    The words as written stay in the contact log; the event holds them masked. pictures:
    storage keys, which nobody outside sees until they are checked.

    Raises NotFound, NotAllowed, MissingText if there are neither words nor photos, and
    DoesNotApply with reason ``withdrawn`` or ``merged``.
    """
    case, incident = lock_case(case_id, actor)
    require_voice(actor)
    require_in_queue(incident)
    require_active(case)
    if not text.strip() and not media_urls and not pictures:
        raise MissingText(field="text")
    now = clock.now()
    urls = [*media_urls, *(media.address_of(key) for key in pictures)]
    case.media_urls = [*case.media_urls, *urls]
    case.updated_at = incident.updated_at = now
    incident.asked_again += 1
    record(
        incident,
        EventKind.ADDED_TO,
        actor=actor,
        at=now,
        facts={"text": masked_for(case, text.strip()), "media": urls},
        rows=[*photo_rows(pictures, case, incident, at=now), case, incident],
        case=case,
        visibility=visibility_of(case),
    )
    return case


def masked_for(case: Case, text: str) -> str:
    """A reporter's words without what would name or reach them, or anybody else."""
    person = Person.objects.filter(pk=case.person_id).first() if case.person_id else None
    if person is None:
        return mask_text(text)
    return mask_text(text, name=person.name, phone=person.phone, email=person.email)


def visibility_of(case: Case) -> Visibility:
    """Who may read what happens to this case alone."""
    return Visibility.PUBLIC if case.privacy == Privacy.PUBLIC.value else Visibility.REPORTER
