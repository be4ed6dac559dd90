"""The addresses that stand in notices: of pages, and of the mail itself."""

import re
from email.utils import formataddr, parseaddr
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from hark311.access.links import LinkKind, opens, token_for
from hark311.government.address import base_of
from hark311.government.models import Jurisdiction

_NAMED = re.compile(r"(?:reply\+|notice-)(\d{1,18})-([0-9a-f]{32})", re.IGNORECASE)


def case_link(jurisdiction: Jurisdiction, number: str, language: str, *, case_id: int = 0) -> str:
    """The page of a case. case_id: for its reporter, whom the link proves to be that."""
    token = token_for(LinkKind.CASE, case_id) if case_id else ""
    return _page("web:case", jurisdiction, number, language, token)


def answer_link(jurisdiction: Jurisdiction, number: str, language: str, question_id: int) -> str:
    """Where a question is answered."""
    token = token_for(LinkKind.QUESTION, question_id)
    return _page("web:question", jurisdiction, number, language, token)


def survey_link(jurisdiction: Jurisdiction, number: str, language: str, case_id: int) -> str:
    """Where its reporter says whether it is fixed; the link opens nothing else."""
    return _page("web:survey", jurisdiction, number, language, token_for(LinkKind.SURVEY, case_id))


def unfollow_link(jurisdiction: Jurisdiction, number: str, language: str, follow_id: int) -> str:
    """Where a follower ends the following."""
    token = token_for(LinkKind.FOLLOW, follow_id)
    return _page("web:unfollow", jurisdiction, number, language, token)


def sender(city: str) -> str:
    """The sender with the city's name before the address."""
    return formataddr((f"{city} 311", _from_address()))


def reply_address(notice_id: int) -> str:
    """Where an answer to this very notice goes; whoever writes there had the notice."""
    return f"reply+{_token(notice_id)}@{_from_domain()}"


def message_id(notice_id: int) -> str:
    """The same for each try, so that a mail program shows a repeat once."""
    return f"<notice-{_token(notice_id)}@{_from_domain()}>"


def notice_named_in(words: str) -> int | None:
    """The notice whose reply address or Message-ID stands in ``words``, if it was signed here."""
    for found in _NAMED.finditer(words):
        notice_id = int(found[1])
        if opens(LinkKind.REPLY, notice_id, found[2].lower()):
            return notice_id
    return None


def stop_link(jurisdiction: Jurisdiction, notice_id: int) -> str:
    """What ends the messages to this person about this case, by one press and no more."""
    path = reverse("email:stop", args=[notice_id, token_for(LinkKind.STOP, notice_id)])
    return f"{base_of(jurisdiction)}{path}"


def _token(notice_id: int) -> str:
    return f"{notice_id}-{token_for(LinkKind.REPLY, notice_id)}"


def _page(name: str, jurisdiction: Jurisdiction, number: str, language: str, token: str) -> str:
    with translation.override(language):
        path = reverse(name, args=[number])
    query = f"?{urlencode({'t': token})}" if token else ""
    return f"{base_of(jurisdiction)}{path}{query}"


def _from_address() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def _from_domain() -> str:
    return _from_address().rpartition("@")[2] or "localhost"
