"""Writes to the staff of a government about their own accounts."""

from hark311.domain.texts import in_language
from hark311.government.models import Account, Jurisdiction
from hark311.platform.letters import send_letter


def send_way_in(account: Account, link: str, jurisdiction: Jurisdiction, *, language: str) -> bool:
    """Send the link by which a colleague chooses a password. False if no mail can be sent now."""
    city = in_language(jurisdiction.names, language) or jurisdiction.key
    facts = {"city_name": city, "name": account.name, "link": link}
    return send_letter("government/way_in", account.email, language=language, context=facts)
