"""Sends one letter to one person now: text and HTML of a template, in the person's language."""

from collections.abc import Mapping
from smtplib import SMTPException
from types import MappingProxyType

import structlog
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

NO_HEADERS: Mapping[str, str] = MappingProxyType({})

log = structlog.get_logger(__name__)


def send_letter(
    template: str,
    to: str,
    *,
    language: str,
    context: Mapping[str, object],
    headers: Mapping[str, str] = NO_HEADERS,
) -> bool:
    """Send the letter; False if no mail can be sent now.

    template: a folder and name without ending; ``.subject.txt``, ``.txt`` and ``.html`` exist.
    headers: further ones, as of the mail that it answers.
    """
    with translation.override(language):
        facts = {**context, "language": language}
        subject = " ".join(render_to_string(f"{template}.subject.txt", facts).split())
        letter = EmailMultiAlternatives(
            subject,
            render_to_string(f"{template}.txt", facts),
            to=[to],
            headers=dict(headers),
        )
        letter.attach_alternative(render_to_string(f"{template}.html", facts), "text/html")
    try:
        letter.send()
    except (SMTPException, OSError) as error:
        log.warning("letter_failed", template=template, error=type(error).__name__)
        return False
    return True
