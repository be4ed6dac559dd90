"""Takes a posted request: who posts, what it says, whether it may be known already."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext

from hark311.access.keys import Scope, count_use, key_for, require_use
from hark311.access.models import ApiKey
from hark311.catalog.queries import Service, service_by_code
from hark311.channels.open311.adapter import read_report, word_receipt
from hark311.channels.open311.exchange import Answer, Call
from hark311.channels.open311.refusals import CANDIDATES
from hark311.domain.actor import Actor
from hark311.domain.draft import Hazard, IntakeDraft, OfferedCandidate, Receipt
from hark311.domain.errors import Conflict, UnreadablePayload
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import HazardLevel
from hark311.intake.candidates import candidates
from hark311.intake.submit import submit
from hark311.platform import clock


def post_request(call: Call) -> Answer:
    """Open a matter. 201 with its number or token; 200 with the same for a repeat.

    Raises NotAllowed, TooMany, what the adapter and ``submit`` refuse, and
    Conflict(reason="may_be_known") with the candidates where the client asked to be told.
    """
    key, actor = sender_of(call, Scope.REPORT)
    draft = read_report(call, key_id=key.pk, received_at=clock.now())
    service = service_by_code(call.jurisdiction, draft.service_code)
    receipt = _submitted(call, draft, service, actor)
    notice = "\n".join(part for part in (_warning(receipt.hazard), _notice(call, service)) if part)
    status = 200 if receipt.is_repeat else 201
    return Answer(word_receipt(receipt, service.kind, notice), status)


def sender_of(call: Call, scope: Scope) -> tuple[ApiKey, Actor]:
    """The key that posts, counted, and the actor it is here.

    Raises NotAllowed and TooMany.
    """
    key = key_for(call.parameters.one("api_key"))
    actor = require_use(key, scope, call.jurisdiction)
    count_use(key)
    return key, replace(actor, language=call.language)


def _submitted(call: Call, draft: IntakeDraft, service: Service, actor: Actor) -> Receipt:
    given = call.parameters
    number = given.one("join")
    if number:
        chosen = _chosen(number, _offered(call, service, draft))
        return submit(replace(draft, join_incident=chosen.incident_id), actor=actor)
    is_asking = given.truth("check_duplicates") and not given.truth("acknowledge_duplicates")
    return _asked(call, draft, service, actor) if is_asking else submit(draft, actor=actor)


@transaction.atomic
def _asked(call: Call, draft: IntakeDraft, service: Service, actor: Actor) -> Receipt:
    """The receipt, unless something else nearby may be the same: then nothing is kept.

    Asked after it was opened, so that a repeat gets its receipt rather than itself offered.
    """
    receipt = submit(draft, actor=actor)
    if not receipt.is_repeat:
        _refuse_known(_offered(call, service, draft), receipt)
    return receipt


def _refuse_known(offered: tuple[OfferedCandidate, ...], receipt: Receipt) -> None:
    others = tuple(one for one in offered if one.incident_id != receipt.incident_id)
    if others:
        raise Conflict(reason=CANDIDATES, candidates=others)


def _chosen(number: str, offered: tuple[OfferedCandidate, ...]) -> OfferedCandidate:
    for one in offered:
        if one.number == number:
            return one
    raise UnreadablePayload(field="join", reason="not_a_candidate")


def _offered(call: Call, service: Service, draft: IntakeDraft) -> tuple[OfferedCandidate, ...]:
    return candidates(call.jurisdiction, service, draft.point, now=draft.received_at)


def _notice(call: Call, service: Service) -> str:
    return in_language(service.next_step, call.language)


def _warning(hazard: Hazard | None) -> str:
    """What danger in the words calls for, before anything else."""
    if hazard is None or hazard.level is HazardLevel.NONE or not hazard.line:
        return ""
    if hazard.level is HazardLevel.STOP:
        return gettext("If anybody is in danger, call %(line)s now.") % {"line": hazard.line}
    return gettext("Is anybody in danger? Then call %(line)s.") % {"line": hazard.line}
