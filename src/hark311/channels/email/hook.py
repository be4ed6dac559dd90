"""Where providers hand mail in: checked, kept, answered; it is read by a job."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from anymail.exceptions import AnymailWebhookValidationFailure
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hark311.channels.email.jobs import take_kept
from hark311.domain.errors import NotAllowed, NotFound, UnreadablePayload
from hark311.platform import log, media
from hark311.platform.problem import answer
from hark311.platform.views import Audience, open_to

# Each knows the signature or the secret of its provider, and how it writes a mail down.
PROVIDERS: Mapping[str, str] = MappingProxyType(
    {
        "brevo": "anymail.webhooks.brevo.BrevoInboundWebhookView",
        "mailersend": "anymail.webhooks.mailersend.MailerSendInboundWebhookView",
        "mailgun": "anymail.webhooks.mailgun.MailgunInboundWebhookView",
        "mailjet": "anymail.webhooks.mailjet.MailjetInboundWebhookView",
        "postmark": "anymail.webhooks.postmark.PostmarkInboundWebhookView",
        "resend": "anymail.webhooks.resend.ResendInboundWebhookView",
        "sparkpost": "anymail.webhooks.sparkpost.SparkPostInboundWebhookView",
    }
)
_MALFORMED = (ValueError, KeyError, TypeError, AttributeError, ImproperlyConfigured)

_log = log.get(__name__)


@csrf_exempt
@open_to(Audience.MACHINE)
@require_http_methods(["HEAD", "POST"])
def take_hook(request: HttpRequest, provider: str) -> HttpResponse:
    """Keep each mail that the provider hands in, and take it soon after.

    404 for a provider that is not set, 403 without its signature or secret.
    """
    if provider != settings.MAIL_PROVIDER or provider not in PROVIDERS:
        return answer(request, NotFound(what="provider"))
    if request.method == "HEAD":
        return HttpResponse()
    try:
        raws = _mails(request, provider)
    except AnymailWebhookValidationFailure:
        _log.warning("mail_hook_refused", provider=provider)
        return answer(request, NotAllowed(what="signature"))
    except _MALFORMED:
        return answer(request, UnreadablePayload(channel="email"))
    with transaction.atomic():
        for raw in raws:
            take_kept.defer(key=media.save_once(raw, "message/rfc822"))
    return HttpResponse(status=204)


def _mails(request: HttpRequest, provider: str) -> list[bytes]:
    """The mails in a request that proved to be the provider's.

    Raises AnymailWebhookValidationFailure, also where no secret is set to prove it by.
    """
    if not (settings.MAIL_HOOK_SECRET or settings.MAIL_SIGNING_KEY):
        raise AnymailWebhookValidationFailure("no secret is set")
    hook: Any = import_string(PROVIDERS[provider])()
    hook.run_validators(request)
    return [event.message.as_bytes() for event in hook.parse_events(request)]
