"""Takes the photos that come with a form, each cleaned; what was taken stays over a refusal."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hark311.channels.web.file_words import about_file, shown_name
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


@dataclass(frozen=True, slots=True)
class Taken:
    """The photos that are held now; sentences about files; where the first of them was taken."""

    keys: tuple[str, ...]
    faults: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    position: tuple[float, float] | None = None


def take_photos(held: Sequence[str], files: Sequence[UploadedFile[bytes]], language: str) -> Taken:
    """The photos held already and those that come now, up to MOST; the others are named."""
    keys, faults, remarks = list(held), [], []
    position = None
    for file in files:
        name = plain_name(file.name or "")
        if len(keys) >= MOST:
            faults.append(_too_many(len(files)))
            break
        try:
            picture = media.cleaned_picture(file.read(media.LARGEST_BYTES + 1))
        except BadMedia as error:
            faults.append(about_file({**error.facts, "name": name}, language))
            continue
        key = media.save_once(picture.content, picture.content_type)
        if picture.is_first_of_several:
            remarks.append(
                _("%(name)s moves. We keep its first picture.") % {"name": shown_name(name)}
            )
        if key not in keys:
            keys.append(key)
        position = position or picture.position
    return Taken(tuple(keys), tuple(faults), tuple(remarks), position)


def uploads_of(kept: str, files: Sequence[UploadedFile[bytes]], language: str) -> Uploads:
    """The photos that a form held already, and those that come with it now."""
    taken = take_photos(_kept(kept), files, language)
    return Uploads(taken.keys, taken.faults)


def _kept(packed: str) -> list[str]:
    """What a form held; a changed or foreign value holds nothing."""
    try:
        keys = signing.loads(packed, salt=_SALT) if packed else []
    except signing.BadSignature:
        return []
    return [key for key in keys if media.exists(key)]


def _too_many(count: int) -> str:
    chosen = ngettext("You chose %(count)s.", "You chose %(count)s.", count) % {"count": count}
    line = _("We take up to %(most)s photos and kept the first ones.") % {"most": MOST}
    return f"{line} {chosen}" if count > 1 else line
