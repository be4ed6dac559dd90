"""Whether the public may see a picture that came with a case, and what stands in its place."""

from hark311.cases.models import Attachment
from hark311.domain.errors import NotFound
from hark311.domain.vocabulary import Privacy


def is_picture_shown(key: str) -> bool:
    """True once it was checked, False while it waits for that. Only who was told the key knows it.

    Raises NotFound for a hidden picture, proof of work, and one of a case that is not public.
    """
    states = frozenset(
        Attachment.objects.filter(
            storage_key=key,
            is_evidence=False,
            case__privacy=Privacy.PUBLIC.value,
        ).values_list("state", flat=True)
    )
    if "shown" in states:
        return True
    if "checking" in states:
        return False
    raise NotFound(what="picture")
