"""Where a provider or gateway hands faxes in: proved, kept, answered; a job reads the pages."""

import hmac
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hark311.channels.fax.jobs import take_kept
from hark311.contacts import tallies
from hark311.contacts.handed_in import is_first
from hark311.domain.errors import BadMedia, NotAllowed, UnreadablePayload
from hark311.domain.vocabulary import Channel
from hark311.government.face import jurisdiction_of
from hark311.platform import clock, log, media
from hark311.platform.pages import LARGEST_BYTES
from hark311.platform.problem import answer
from hark311.platform.views import Audience, open_to

OLDEST = timedelta(minutes=10)
_FIELDS = ("at", "id", "from", "to", "sha256")
_PREFIX = "sha256="

_log = log.get(__name__)


@csrf_exempt
@open_to(Audience.MACHINE)
@require_POST
def take_fax(request: HttpRequest) -> HttpResponse:
    """Keep a fax, and have it read soon after. It is a form with a file and what is signed.

    403 for what is not signed, too old or repeated; 413 for more than 20 MB, which is kept
    all the same and waits for a person.
    """
    fields = {name: request.POST.get(name, "") for name in _FIELDS}
    sent, now = request.FILES.get("file"), clock.now()
    given = request.headers.get("X-Fax-Signature", "")
    if not is_signed(fields, given):
        return _refuse(request, "signature")
    if abs(now - _moment(fields["at"])) > OLDEST:
        return _refuse(request, "old")
    content = sent.read() if sent is not None else b""
    if sha256(content).hexdigest() != fields["sha256"] or not content or not fields["id"]:
        return answer(request, UnreadablePayload(channel=Channel.FAX.value))
    jurisdiction = jurisdiction_of(request)
    with transaction.atomic():
        if not is_first(Channel.FAX, sha256(given.encode()).hexdigest(), at=now):
            return _refuse(request, "repeated")
        key = media.save_once(content, "application/octet-stream")
        take_kept.defer(
            fax_id=fields["id"],
            sender=fields["from"],
            key=key,
            received_at=now.isoformat(),
            jurisdiction_id=jurisdiction.pk,
        )
    if len(content) > LARGEST_BYTES:
        return answer(request, BadMedia(reason="too_large", limit=LARGEST_BYTES))
    return HttpResponse(status=204)


def is_signed(fields: dict[str, str], given: str) -> bool:
    """True if the fields were signed with the secret of both."""
    secret: str = settings.FAX_SECRET
    return bool(secret) and hmac.compare_digest(signature(secret, fields).encode(), given.encode())


def signature(secret: str, fields: dict[str, str]) -> str:
    """The signature over the fields, each on a line of its own."""
    said = "\n".join(fields[name] for name in _FIELDS)
    return _PREFIX + hmac.new(secret.encode(), said.encode(), sha256).hexdigest()


def _moment(seconds: str) -> datetime:
    """The instant of a count of seconds; long ago where it is none."""
    is_count = seconds.isdecimal() and len(seconds) < 12
    return datetime.fromtimestamp(int(seconds) if is_count else 0, UTC)


def _refuse(request: HttpRequest, reason: str) -> HttpResponse:
    now = clock.now()
    tallies.count([f"refused:{reason}"], Channel.FAX, jurisdiction_id=None, at=now)
    _log.warning("webhook_refused", channel=Channel.FAX.value, reason=reason)
    return answer(request, NotAllowed(what="signature"))
