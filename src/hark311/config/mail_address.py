"""Reads the address of the mail server into what Django is told."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from hark311.platform.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Mail:
    """How mail leaves: Django's backend and, for SMTP, the server."""

    backend: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    uses_tls: bool = False
    uses_starttls: bool = False
    folder: str = ""


_SMTP = "django.core.mail.backends.smtp.EmailBackend"
_CONSOLE = "django.core.mail.backends.console.EmailBackend"
_OUTBOX = "hark311.platform.mail.OutboxBackend"
_FORMS = "smtp://, smtps://, file:///folder or consolemail://"


def mail_at(url: str) -> Mail:
    """Return how mail leaves by ``url``: smtp, smtps, a folder of .eml files, or the console.

    smtp://user:password@host:587 starts TLS when there is a user, unless ?starttls=no.
    Raises Trouble if the address has another form.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Trouble(f"EMAIL_URL must begin with {_FORMS}") from None
    if parts.scheme == "consolemail":
        return Mail(_CONSOLE)
    if parts.scheme == "file" and not parts.netloc and len(parts.path) > 1:
        return Mail(_OUTBOX, folder=unquote(parts.path))
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise Trouble(f"EMAIL_URL must begin with {_FORMS}")
    is_tls = parts.scheme == "smtps"
    wish = parse_qs(parts.query).get("starttls", ["yes" if parts.username else "no"])[0]
    return Mail(
        _SMTP,
        host=parts.hostname,
        port=port or (465 if is_tls else 587 if parts.username else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        uses_tls=is_tls,
        uses_starttls=not is_tls and wish.lower() not in {"no", "0", "false"},
    )
