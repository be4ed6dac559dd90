"""Where X and Meta hand in what people said: proved, kept, answered; a job reads it soon after."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from types import MappingProxyType

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hark311.channels.social import meta, x
from hark311.channels.social.jobs import take_kept
from hark311.channels.social.payload import Payload
from hark311.channels.social.said import Said
from hark311.contacts import tallies
from hark311.contacts.handed_in import is_first
from hark311.domain.errors import NotAllowed, UnreadablePayload
from hark311.domain.vocabulary import Channel
from hark311.government.face import jurisdiction_of
from hark311.platform import clock, log, media
from hark311.platform.problem import answer
from hark311.platform.social.signatures import answer_to_x, is_from_meta, is_from_x
from hark311.platform.views import Audience, open_to

# Longer than any provider tries again, and shorter than deliveries are remembered.
OLDEST = timedelta(days=8)

_log = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Provider:
    """is_signed: asks body and header. said_in: reads the body."""

    name: str
    header: str
    is_signed: Callable[[bytes, str], bool]
    said_in: Callable[[Payload], Iterator[Said]]


_X = Provider(
    name="x",
    header="x-twitter-webhooks-signature",
    is_signed=lambda body, given: is_from_x(_secret_of_x(), body, given),
    said_in=x.said_in,
)
_META = Provider(
    name="meta",
    header="X-Hub-Signature-256",
    is_signed=lambda body, given: is_from_meta(settings.META_APP_SECRET, body, given),
    said_in=meta.said_in,
)
PROVIDERS: Mapping[str, Provider] = MappingProxyType({one.name: one for one in (_META, _X)})


@csrf_exempt
@open_to(Audience.MACHINE)
@require_http_methods(["GET", "POST"])
def x_hook(request: HttpRequest) -> HttpResponse:
    """What X hands in; a GET asks whether we know the secret."""
    if request.method == "POST":
        return _take(request, _X)
    asked, secret = request.GET.get("crc_token", ""), _secret_of_x()
    if not asked or not secret:
        return _refuse(request, "handshake")
    return JsonResponse({"response_token": answer_to_x(secret, asked.encode())})


@csrf_exempt
@open_to(Audience.MACHINE)
@require_http_methods(["GET", "POST"])
def meta_hook(request: HttpRequest) -> HttpResponse:
    """What Meta hands in; a GET says the word that was agreed, and wants its challenge back."""
    if request.method == "POST":
        return _take(request, _META)
    agreed, said = settings.META_VERIFY_TOKEN, request.GET.get("hub.verify_token", "")
    if not agreed or not constant_time_compare(said, agreed):
        return _refuse(request, "handshake")
    return HttpResponse(request.GET.get("hub.challenge", ""), content_type="text/plain")


def _take(request: HttpRequest, provider: Provider) -> HttpResponse:
    """Refuse what is not signed, too old, or was handed in before; keep everything else."""
    body, given = request.body, request.headers.get(provider.header, "")
    if not provider.is_signed(body, given):
        return _refuse(request, "signature")
    try:
        payload = json.loads(body)
    except ValueError:
        return answer(request, UnreadablePayload(channel=Channel.SOCIAL.value))
    said = list(provider.said_in(payload))
    now = clock.now()
    if said and max(one.at for one in said) < now - OLDEST:
        return _refuse(request, "old")
    digest = sha256(given.encode() + body).hexdigest()
    jurisdiction = jurisdiction_of(request)
    with transaction.atomic():
        if not is_first(Channel.SOCIAL, digest, at=now):
            return _refuse(request, "repeated")
        if said:
            key = media.save_once(body, "application/json")
            take_kept.defer(provider=provider.name, key=key, jurisdiction_id=jurisdiction.pk)
    return HttpResponse("", status=200)


def _refuse(request: HttpRequest, reason: str) -> HttpResponse:
    now = clock.now()
    tallies.count([f"refused:{reason}"], Channel.SOCIAL, jurisdiction_id=None, at=now)
    _log.warning("webhook_refused", channel=Channel.SOCIAL.value, reason=reason)
    return answer(request, NotAllowed(what="signature"))


def _secret_of_x() -> str:
    return settings.X_KEYS[1] if len(settings.X_KEYS) > 1 else ""
