"""Takes photos that come with words about a case; what was taken stays over a refused form."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import ngettext

from hark311.channels.web.file_words import about_file
from hark311.domain.errors import BadMedia
from hark311.domain.files import plain_name
from hark311.platform import media

MOST = 5
_SALT = "hark311.web.uploads"


@dataclass(frozen=True, slots=True)
class Uploads:
    """The storage keys of the photos taken, and a sentence for each file that was not."""

    keys: tuple[str, ...]
    faults: tuple[str, ...] = ()

    @property
    def packed(self) -> str:
        """The keys for a form to hold until it is sent again; "" if there are none."""
        return signing.dumps(list(self.keys), salt=_SALT) if self.keys else ""


def uploads_of(kept: str, files: Sequence[UploadedFile[bytes]], language: str) -> Uploads:
    """The photos that a form held already, and those that come with it now."""
    keys, faults = list(_kept(kept)), []
    for file in files:
        if len(keys) >= MOST:
            faults.append(_too_many(len(files)))
            break
        try:
            picture = media.cleaned_picture(file.read(media.LARGEST_BYTES + 1))
        except BadMedia as error:
            name = plain_name(file.name or "")
            faults.append(about_file({**error.facts, "name": name}, language))
            continue
        key = media.save_once(picture.content, picture.content_type)
        if key not in keys:
            keys.append(key)
    return Uploads(tuple(keys), tuple(faults))


def _kept(packed: str) -> list[str]:
    """What a form held; a changed or foreign value holds nothing."""
    try:
        keys = signing.loads(packed, salt=_SALT) if packed else []
    except signing.BadSignature:
        return []
    return [key for key in keys if media.exists(key)]


def _too_many(count: int) -> str:
    return ngettext(
        "%(most)s photos are enough. We left out the rest of the %(count)s.",
        "%(most)s photos are enough. We left out the rest of the %(count)s.",
        count,
    ) % {"most": MOST, "count": count}
