"""Words why a file is not taken as a photo: by its name, what it is, and what to do."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

LONGEST_NAME = 60


def about_file(facts: Mapping[str, object], language: str) -> str:
    """What is wrong with the file whose ``name`` is among the facts, where it has one."""
    name = shown_name(str(facts.get("name") or ""))
    match facts.get("reason"):
        case "empty":
            line = _("%(name)s is empty. Choose the photo once more.")
        case "too_large":
            line = _("%(name)s has more than 10 MB. Choose a smaller one.")
        case "too_many_pixels":
            line = _("%(name)s is too large to open. Choose a smaller one.")
        case "broken":
            line = _("%(name)s is cut off or damaged. Choose it once more, or take it anew.")
        case "busy":
            line = _("We cannot open photos right now. Go on without %(name)s, or try again.")
        case _other:
            line = _not_a_photo(str(facts.get("kind") or ""))
    return line % {"name": name}


def shown_name(name: str) -> str:
    """The name as it stands in a sentence; its end tells more than its middle."""
    if not name:
        return pgettext("start of a sentence about an upload", "This file")
    if len(name) > LONGEST_NAME:
        name = f"{name[: LONGEST_NAME - 12]}…{name[-11:]}"
    return f"“{name}”"


def _not_a_photo(kind: str) -> str:
    match kind:
        case "pdf":
            return _("%(name)s is a PDF, not a photo. Send a JPEG, PNG, WebP or HEIC.")
        case "video":
            return _("%(name)s is a film, not a photo. Send a JPEG, PNG, WebP or HEIC.")
        case "gif" | "bmp" | "tiff" | "svg":
            return _(
                "%(name)s is a kind of picture that we cannot take. Send a JPEG, PNG, WebP or HEIC."
            )
        case "page":
            return _("%(name)s is a web page, not a photo. Send a JPEG, PNG, WebP or HEIC.")
        case "archive":
            return _("%(name)s is a packed folder. Send the photos in it one by one.")
    return _("%(name)s is not a photo that we can open. Send a JPEG, PNG, WebP or HEIC.")
