"""What the machine answers on a network: danger first, then what is missing, then the number."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from hark311.domain.draft import Hazard
from hark311.domain.vocabulary import HazardLevel
from hark311.platform.languages import written_language


def danger_line(hazard: Hazard, language: str) -> str:
    """Who to call now; "" if nothing sounds like danger."""
    if hazard.level is HazardLevel.NONE or not hazard.line:
        return ""
    with override(written_language(language)):
        if hazard.level is HazardLevel.STOP:
            return _("This sounds like danger. Call %(line)s now.") % {"line": hazard.line}
        return _("Is anyone in danger right now? Then call %(line)s.") % {"line": hazard.line}


def first_answer(language: str, *, has_words: bool, has_place: bool) -> str:
    """What one person is told, and asked, when they write. It is for them alone."""
    with override(written_language(language)):
        thanks = _("Thank you. We read your message.")
        if not has_words:
            ask = _("Please tell us here what is wrong, and where.")
        elif not has_place:
            ask = _("Please tell us here where it is: an address or the nearest corner.")
        else:
            ask = _("A person looks at it now, and sends you the number here.")
        care = _("Do not post your address or telephone number where everyone can read it.")
        return f"{thanks} {ask} {care}"


def number_in_public(number: str, page: str, language: str) -> str:
    """The number and where to follow it, for all to read; nothing about the person."""
    with override(written_language(language)):
        return _("Thank you. This is case %(number)s. Follow it here: %(page)s") % {
            "number": number,
            "page": page,
        }


def number_in_private(number: str, page: str, language: str) -> str:
    """The number for one person alone."""
    with override(written_language(language)):
        return _("We have your report. Its number is %(number)s. See what happens: %(page)s") % {
            "number": number,
            "page": page,
        }
