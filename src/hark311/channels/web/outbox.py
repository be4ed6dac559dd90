"""The mail of a demonstration, which goes nowhere: read it here instead."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hark311.domain.errors import NotFound
from hark311.platform.views import Audience, open_to

_NEWEST = 100
_NAME = re.compile(r"[A-Za-z0-9.-]{1,120}\.eml")


@dataclass(frozen=True, slots=True)
class Letter:
    name: str
    to: str
    subject: str
    sent: str
    text: str


@open_to(Audience.PUBLIC)
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The newest letters. Raises NotFound outside a demonstration."""
    _require_demo()
    folder = Path(settings.EMAIL_FILE_PATH)
    paths = sorted(folder.glob("[!.]*.eml"), reverse=True)[:_NEWEST] if folder.is_dir() else []
    letters = [_read(path) for path in paths]
    return render(request, "web/outbox.html", {"letters": letters})


@open_to(Audience.PUBLIC)
@require_safe
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """One letter as text. Raises NotFound outside a demonstration, or if there is none."""
    _require_demo()
    path = Path(settings.EMAIL_FILE_PATH) / name
    if not _NAME.fullmatch(name) or not path.is_file():
        raise NotFound(what="letter")
    return render(request, "web/letter.html", {"letter": _read(path)})


def _require_demo() -> None:
    if not settings.DEMO or not settings.EMAIL_FILE_PATH:
        raise NotFound(what="page")


def _read(path: Path) -> Letter:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    if not isinstance(message, EmailMessage):
        raise NotFound(what="letter")
    body = message.get_body(preferencelist=("plain",))
    return Letter(
        name=path.name,
        to=str(message.get("To", "")),
        subject=str(message.get("Subject", "")),
        sent=str(message.get("Date", "")),
        text=str(body.get_content()) if body is not None else "",
    )
