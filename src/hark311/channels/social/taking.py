"""Takes what was said on a network: more of what waits, more of a case, or a draft of its own."""

from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.db import transaction

from hark311.access.allowance import spend
from hark311.channels.social import adapter
from hark311.channels.social.said import LONGEST_TEXT, Said
from hark311.channels.social.wording import danger_line, first_answer
from hark311.contacts import actions as contacts
from hark311.contacts.drafts import begin_draft
from hark311.contacts.handed_in import is_first
from hark311.contacts.mentions import From, earlier_touch, keep_mention, send_back, waiting_draft
from hark311.contacts.models import Draft, Interaction, Mention
from hark311.domain.errors import TooMany
from hark311.domain.vocabulary import Channel, HazardLevel, InteractionKind
from hark311.government.models import Jurisdiction
from hark311.intake.suggesting import Meaning, meaning_of, with_meaning
from hark311.platform import clock, log

# One author is answered by the machine so often; whoever is answered more is a machine as well.
_MOST, _WITHIN = 3, timedelta(hours=1)

_log = log.get(__name__)


def take(said: Said, jurisdiction: Jurisdiction, *, original: str = "") -> str:
    """Take it once, and return what became of it. original: where it is kept as it came."""
    meaning = meaning_of(said.text, jurisdiction, hint=said.language)
    now = clock.now().astimezone(ZoneInfo(jurisdiction.zone))
    with transaction.atomic():
        became = _taken(said, jurisdiction, meaning, original, now)
    _log.info("social_taken", network=said.network.value, became=became)
    return became


def _taken(
    said: Said, jurisdiction: Jurisdiction, meaning: Meaning, original: str, now: datetime
) -> str:
    digest = sha256(f"{jurisdiction.pk}:{said.source_key}".encode()).hexdigest()
    if not is_first(Channel.SOCIAL, digest, at=now):
        return "repeat"
    who = From(
        network=said.network,
        author=said.author,
        author_name=said.author_name,
        is_public=said.is_public,
        post=said.post,
        address=said.address,
    )
    earlier = earlier_touch(jurisdiction.pk, who, at=now) if said.is_answer else None
    if earlier is not None:
        return _go_on(said, earlier, meaning, original, now)
    draft = _begin(said, jurisdiction, meaning, original, now)
    mention = keep_mention(draft.interaction, who)
    _answer(said, mention, meaning, draft, now)
    return "draft"


def _begin(
    said: Said, jurisdiction: Jurisdiction, meaning: Meaning, original: str, now: datetime
) -> Draft:
    """A draft in the inbox, with the service and the place that the words seem to mean."""
    plain = adapter.read(said, jurisdiction_id=jurisdiction.pk, language=meaning.language)
    read = with_meaning(plain, meaning)
    touch = contacts.Touch(
        jurisdiction_id=jurisdiction.pk,
        channel=read.channel,
        kind=InteractionKind.REQUEST,
        language=read.language,
        at=now,
        source_key=read.source_key,
        body_digest=read.body_digest(),
    )
    draft = begin_draft(touch, adapter.content_of(read))
    _keep_words(draft.interaction, said, original, now)
    return draft


def _go_on(
    said: Said, interaction: Interaction, meaning: Meaning, original: str, now: datetime
) -> str:
    """Add to a talk: what waits learns of it, and a case that it led to has it in the inbox."""
    _keep_words(interaction, said, original, now)
    draft = waiting_draft(interaction)
    if draft is not None and draft.state == "open":
        draft.content = _with_more(draft.content, said, meaning)
        draft.version += 1
        draft.save(update_fields=["content", "version"])
    line = danger_line(meaning.hazard, meaning.language)
    if line:
        _send(said, interaction.mention, line, is_public=False, now=now)
    return "added"


def _with_more(content: dict[str, object], said: Said, meaning: Meaning) -> dict[str, object]:
    """What the draft says with what was said now; only what was empty is filled."""
    words = "\n".join(filter(None, (str(content.get("description", "")), said.text)))
    more: dict[str, object] = {"description": words[:LONGEST_TEXT]}
    if not content.get("address_text") and not content.get("point"):
        point, place = said.point, meaning.place
        if point is not None:
            more["point"] = {"lat": str(point.lat), "lon": str(point.lon)}
        elif place is not None:
            more["address_text"] = place.label
            more["point"] = {"lat": str(place.lat), "lon": str(place.lon)}
    if not content.get("service_code"):
        more["service_code"] = meaning.service_code
    return {**content, **more}


def _keep_words(interaction: Interaction, said: Said, original: str, now: datetime) -> None:
    contacts.add_message(
        interaction,
        said.text[:LONGEST_TEXT],
        at=now,
        media_urls=said.pictures,
        original_key=original,
    )


def _answer(said: Said, mention: Mention, meaning: Meaning, draft: Draft, now: datetime) -> None:
    """Say who to call if it sounds like danger, and ask alone for what is missing."""
    danger = danger_line(meaning.hazard, meaning.language)
    if danger and said.is_public and meaning.hazard.level is HazardLevel.STOP:
        _send(said, mention, danger, is_public=True, now=now)
    has_place = bool(draft.content.get("address_text") or draft.content.get("point"))
    answer = first_answer(meaning.language, has_words=bool(said.text.strip()), has_place=has_place)
    _send(said, mention, f"{danger} {answer}".strip(), is_public=False, now=now)


def _send(said: Said, mention: Mention, text: str, *, is_public: bool, now: datetime) -> None:
    if said.is_machine:
        return
    try:
        spend("social_answer", said.author, at_most=_MOST, within=_WITHIN, now=now)
    except TooMany:
        return
    send_back(mention, text, is_public=is_public, at=now)
