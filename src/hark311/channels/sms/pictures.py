"""Puts a fetched photo with the talk it came in, or with the case that the talk became."""

from django.db import transaction

from hark311.cases.queries.reporter import case_id_of
from hark311.channels.sms import adapter
from hark311.contacts.conversations import keep_state, lock_conversation
from hark311.contacts.files import fetched_picture
from hark311.domain.actor import Actor, ActorKind
from hark311.domain.draft import ReplyKind
from hark311.domain.vocabulary import Channel
from hark311.intake.reply import reply
from hark311.platform import clock


@transaction.atomic
def take_picture(file_id: int) -> None:
    """Fetch it and put it where it belongs; nothing happens to what is no picture.

    Raises OSError while the provider cannot be reached, so that it is tried again.
    """
    found = fetched_picture(file_id)
    if found is None:
        return
    interaction, key = found
    row = getattr(interaction, "conversation", None)
    if row is None:
        return
    row = lock_conversation(interaction.jurisdiction_id, Channel.SMS, row.key)
    if row is not None and row.ended_at is None:
        talk = dict(row.state.get("talk") or {})
        talk["pictures"] = [*talk.get("pictures", []), key]
        keep_state(row, {**row.state, "talk": talk})
        return
    if interaction.case_number:
        draft = adapter.read_reply(
            ReplyKind.WORDS,
            "",
            jurisdiction_id=interaction.jurisdiction_id,
            key=f"file:{file_id}",
            sender=row.key if row is not None else "",
            language=interaction.language,
            received_at=clock.now(),
            pictures=(key,),
        )
        case_id = case_id_of(interaction.jurisdiction, interaction.case_number)
        actor = Actor(
            kind=ActorKind.RESIDENT, jurisdiction_id=interaction.jurisdiction_id, case_id=case_id
        )
        reply(draft, case_id, actor=actor)
