"""What providers and the gateway ask for: the start of a call, its turns, its end, recordings."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from hark311.channels.voice import calls
from hark311.channels.voice.payload import Posted, read
from hark311.contacts.files import LARGEST_RECORDING, keep_recording
from hark311.contacts.provider import signed
from hark311.domain.errors import BadMedia, UnreadablePayload
from hark311.domain.vocabulary import Channel
from hark311.government.face import jurisdiction_of
from hark311.platform.views import Audience, open_to

_XML = "text/xml; charset=utf-8"
_DAY_S = 86_400


@signed(Channel.PHONE)
def call(request: HttpRequest) -> HttpResponse:
    """A call begins."""
    text = calls.start(
        _posted(request), jurisdiction_of(request), address=_address, play=prompt_address
    )
    return HttpResponse(text, content_type=_XML)


@signed(Channel.PHONE)
def turn(request: HttpRequest, number: int) -> HttpResponse:
    """The caller did something, or nothing for a while."""
    text = calls.turn(
        _posted(request), number, jurisdiction_of(request), address=_address, play=prompt_address
    )
    return HttpResponse(text, content_type=_XML)


@signed(Channel.PHONE)
def ended(request: HttpRequest) -> HttpResponse:
    """The provider says how a call stands; only its end matters here."""
    posted = _posted(request)
    if posted.is_over:
        calls.end(posted, jurisdiction_of(request))
    return HttpResponse("", status=204)


@signed(Channel.PHONE)
def recording(request: HttpRequest) -> HttpResponse:
    """The own gateway hands a recording over; the answer is where it is."""
    posted, sent = _posted(request), request.FILES.get("file")
    if sent is None or sent.size is None or sent.size > LARGEST_RECORDING:
        raise UnreadablePayload(channel=Channel.PHONE.value, field="file", reason="missing")
    content = sent.read()
    if hashlib.sha256(content).hexdigest() != request.POST.get("Sha256"):
        raise UnreadablePayload(channel=Channel.PHONE.value, field="file", reason="digest")
    try:
        key = keep_recording(content)
    except BadMedia as bad:
        raise UnreadablePayload(channel=Channel.PHONE.value, field="file") from bad
    return HttpResponse(f"kept:{key}:{posted.call}", content_type="text/plain")


@open_to(Audience.PUBLIC)
@require_safe
def prompt(request: HttpRequest, language: str, name: str) -> FileResponse:
    """A prompt that somebody recorded for this city."""
    path = _prompt_path(language, name)
    if not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type="audio/wav")
    response.headers["Cache-Control"] = f"public, max-age={_DAY_S}"
    return response


def prompt_address(language: str, name: str) -> str:
    """Where a recorded prompt is asked for, '' if nobody recorded it."""
    if not _prompt_path(language, name).is_file():
        return ""
    return f"{settings.PUBLIC_URL}{reverse('voice:prompt', args=[language, name])}"


def _prompt_path(language: str, name: str) -> Path:
    return Path(settings.DATA) / "prompts" / language.lower() / f"{name}.wav"


def _posted(request: HttpRequest) -> Posted:
    return read({name: str(request.POST[name]) for name in request.POST})


def _address(number: int) -> str:
    return reverse("voice:turn", args=[number])
