"""Whether a request comes from the provider of telephone and text: signed, and not stale."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from twilio.request_validator import RequestValidator

from hark311.contacts import tallies
from hark311.domain.errors import NotFound, UnreadablePayload
from hark311.domain.vocabulary import Channel
from hark311.platform import clock, log, phone_token
from hark311.platform.views import Audience, open_to

View = Callable[..., HttpResponse]
_log = log.get(__name__)


def signed(channel: Channel) -> Callable[[View], View]:
    """Mark a view as the provider's: unsigned and stale requests are refused and counted."""

    def mark(view: View) -> View:
        @open_to(Audience.MACHINE)
        @csrf_exempt
        @require_POST
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **parts: object) -> HttpResponse:
            if not _is_signed(request):
                return _refused(channel, "signature")
            try:
                return view(request, *args, **parts)
            except NotFound:
                return _refused(channel, "stale")
            except UnreadablePayload:
                return HttpResponse("", status=400)

        return guarded

    return mark


def _is_signed(request: HttpRequest) -> bool:
    validator = RequestValidator(phone_token.token())
    given = request.headers.get("X-Twilio-Signature", "")
    path = request.get_full_path()
    # As the provider knows us: the public address, or the one that was asked.
    addresses = {f"{settings.PUBLIC_URL.rstrip('/')}{path}", request.build_absolute_uri()}
    form = {name: request.POST.getlist(name) for name in request.POST}
    fields = {name: values[0] if len(values) == 1 else values for name, values in form.items()}
    return any(validator.validate(address, fields, given) for address in addresses)


def _refused(channel: Channel, reason: str) -> HttpResponse:
    now = clock.now()
    tallies.count([f"refused:{reason}"], channel, jurisdiction_id=None, at=now)
    _log.warning("webhook_refused", channel=channel.value, reason=reason)
    return HttpResponse("", status=403)
