"""Whether the public may see a picture that came with a case, and what stands in its place."""

from django.db.models import Q

from hark311.cases.models import Attachment
from hark311.domain.errors import NotFound
from hark311.domain.vocabulary import Privacy

_OF_THE_PUBLIC = Q(is_evidence=False, case__privacy=Privacy.PUBLIC.value) | Q(
    is_evidence=True, state="shown", incident__cases__privacy=Privacy.PUBLIC.value
)


def is_picture_shown(key: str) -> bool:
    """True once it was checked, False while it waits for that. Only who was told the key knows it.

    Proof of work is shown once it was passed, where a public case is about the same thing.

    Raises NotFound for a hidden picture, other proof of work, and one of a case that is not
    public.
    """
    states = frozenset(
        Attachment.objects.filter(_OF_THE_PUBLIC, storage_key=key).values_list("state", flat=True)
    )
    if "shown" in states:
        return True
    if "checking" in states:
        return False
    raise NotFound(what="picture")
