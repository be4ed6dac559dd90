"""What a mail goes on with: a notice of the city, a mail that it answered, a case by number."""

import re
from dataclasses import dataclass

from hark311.cases.queries.reporter import case_id_of
from hark311.channels.email.mail import Mail
from hark311.contacts.threads import touch_named_in
from hark311.domain.errors import BadNumber, NotFound
from hark311.domain.numbers import parse_number
from hark311.government.models import Jurisdiction
from hark311.intake.notices import Had, had_by

_NUMBER = re.compile(r"\b\d{2}-?\d{8}-?\d\b")


@dataclass(frozen=True, slots=True)
class Thread:
    """notice: it answers that. touch_id: it goes on with that. case_id: it names that case."""

    notice: Had | None = None
    touch_id: int | None = None
    case_id: int | None = None
    number: str = ""


def thread_of(mail: Mail, jurisdiction: Jurisdiction) -> Thread:
    """What a mail belongs to: by the signed address, then by what it answers, then by number."""
    signed = " ".join((*mail.sent_to, mail.answers))
    notice = had_by(signed)
    if notice is not None:
        return Thread(notice=notice, case_id=notice.case_id, number=notice.number)
    touch_id = touch_named_in(signed)
    if touch_id is not None:
        return Thread(touch_id=touch_id)
    return _by_number(mail.subject, jurisdiction)


def _by_number(words: str, jurisdiction: Jurisdiction) -> Thread:
    for found in _NUMBER.findall(words):
        try:
            number = parse_number(found)
            return Thread(case_id=case_id_of(jurisdiction, number), number=number)
        except (BadNumber, NotFound):
            continue
    return Thread()
