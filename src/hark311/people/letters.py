"""Writes to an address to prove it: links to sign in or follow, codes, word of a change."""

from hark311.domain.texts import in_language
from hark311.government.models import Jurisdiction
from hark311.platform.letters import send_letter


def send_sign_in_link(to: str, link: str, jurisdiction: Jurisdiction, *, language: str) -> bool:
    """False if no mail can be sent now."""
    return _send("sign_in", to, jurisdiction, language, link=link)


def send_staff_hint(to: str, jurisdiction: Jurisdiction, *, language: str) -> bool:
    """Tell a member of staff that residents' links are not for them. False if none can be sent."""
    return _send("staff_hint", to, jurisdiction, language)


def send_follow_link(
    to: str, number: str, link: str, jurisdiction: Jurisdiction, *, language: str
) -> bool:
    """False if no mail can be sent now."""
    return _send("follow", to, jurisdiction, language, link=link, number=number)


def send_case_link(
    to: str, number: str, link: str, jurisdiction: Jurisdiction, *, language: str
) -> bool:
    """The link by which a reporter speaks for a case. False if no mail can be sent now."""
    return _send("case_link", to, jurisdiction, language, link=link, number=number)


def send_code(to: str, code: str, jurisdiction: Jurisdiction, *, language: str) -> bool:
    """False if no mail can be sent now."""
    return _send("code", to, jurisdiction, language, code=code)


def send_address_changed(
    to: str, new_address: str, jurisdiction: Jurisdiction, *, language: str
) -> bool:
    """Tell the old address that it opens the account no more. False if none can be sent."""
    return _send("address_changed", to, jurisdiction, language, new_address=new_address)


def _send(letter: str, to: str, jurisdiction: Jurisdiction, language: str, **facts: str) -> bool:
    city = in_language(jurisdiction.names, language) or jurisdiction.key
    return send_letter(
        f"people/{letter}", to, language=language, context={"city_name": city, **facts}
    )
