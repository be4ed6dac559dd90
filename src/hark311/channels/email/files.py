"""The pictures that came with a mail, under the rules that hold for every picture."""

from collections.abc import Iterable
from dataclasses import dataclass

from hark311.channels.email.mail import File
from hark311.domain.errors import BadMedia
from hark311.platform import media

MOST = 5
# What mail programs put into every mail: logos, and the dots that tell who has read it.
_SMALLEST_BYTES = 2048


@dataclass(frozen=True, slots=True)
class Came:
    """keys: of the pictures that were kept. left: what is no picture that can be shown, by name."""

    keys: tuple[str, ...]
    left: tuple[str, ...]


def kept_pictures(files: Iterable[File]) -> Came:
    """Keep up to five pictures; all else stays in the mail as it came, which is kept as well."""
    keys: list[str] = []
    left: list[str] = []
    for file in files:
        is_dot = len(file.content) < _SMALLEST_BYTES and file.content_type.startswith("image/")
        key = "" if is_dot or len(keys) >= MOST else _kept(file)
        if key and key not in keys:
            keys.append(key)
        elif not key and not is_dot and file.name:
            left.append(file.name)
    return Came(tuple(keys), tuple(left))


def _kept(file: File) -> str:
    try:
        picture = media.cleaned_picture(file.content)
    except BadMedia:
        return ""
    return media.save_once(picture.content, picture.content_type)
