"""Sends what goes back to networks: answers of staff and of the machine, and numbers of cases."""

from django.db import transaction

from hark311.cases.queries.reporter import case_id_of, speaking_for
from hark311.channels.social.wording import number_in_private, number_in_public
from hark311.contacts.mentions import (
    claim_answers,
    note_sent,
    note_unsent,
    send_back,
    untold,
)
from hark311.contacts.models import Mention, SocialAnswer
from hark311.domain.social import Network
from hark311.government.address import base_of
from hark311.platform import clock, log
from hark311.platform.social.accounts import account_on
from hark311.platform.social.network import Away, Refused

_log = log.get(__name__)


def send_answers() -> int:
    """Send what is due; return how many were tried."""
    due = claim_answers(clock.now())
    for answer in due:
        _send(answer)
    return len(due)


@transaction.atomic
def tell_numbers() -> int:
    """Tell the number of each case that a mention led to; return how many.

    In public only where everybody could read the report and its case is public; else alone.
    """
    now = clock.now()
    found = untold(now)
    for mention in found:
        _tell(mention)
        mention.told_at = now
        mention.save(update_fields=["told_at"])
    return len(found)


def _send(answer: SocialAnswer) -> None:
    mention = answer.mention
    network = Network(mention.network)
    account = account_on(network)
    try:
        if account is None:
            raise Refused("no_account")
        if answer.is_public:
            language = mention.interaction.language
            text = answer.message.text
            key = account.publish(text, language=language, answers=mention.post).key
        else:
            key = account.write_to(mention.author, answer.message.text, answers=mention.post)
    except Away as away:
        note_unsent(answer, str(away), is_final=False, at=clock.now())
    except Refused as refused:
        note_unsent(answer, refused.reason, is_final=True, at=clock.now())
    else:
        note_sent(answer, key)
    _log.info("social_answer", network=network.value, state=answer.state, reason=answer.failure)


def _tell(mention: Mention) -> None:
    interaction = mention.interaction
    jurisdiction, number = interaction.jurisdiction, interaction.case_number
    case = speaking_for(jurisdiction.pk, case_id_of(jurisdiction, number))
    page = f"{base_of(jurisdiction)}/track/{number}"
    is_public = mention.is_public and case.is_public and not case.is_sensitive
    word = number_in_public if is_public else number_in_private
    text = word(number, page, interaction.language)
    send_back(mention, text, is_public=is_public, at=clock.now())
