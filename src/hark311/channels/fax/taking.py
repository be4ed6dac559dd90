"""Takes a fax: its pages are read, and it waits as a draft beside the pictures of them."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from hark311.channels.fax import adapter
from hark311.channels.fax.forms import Filled, filled_form
from hark311.channels.fax.incoming import Incoming
from hark311.contacts import actions as contacts
from hark311.contacts.drafts import begin_draft
from hark311.contacts.pages import keep_pages
from hark311.domain.errors import BadMedia
from hark311.domain.vocabulary import InteractionKind
from hark311.government.models import Jurisdiction
from hark311.intake.suggesting import meaning_of, with_meaning
from hark311.platform import log, media
from hark311.platform.pages import Opened, Page, can_read, open_pages, words_on

_log = log.get(__name__)


def take(fax: Incoming, jurisdiction: Jurisdiction) -> str:
    """Take it once, and return what became of it. What cannot be read waits for a person."""
    try:
        opened = open_pages(media.read(fax.key))
    except BadMedia as bad:
        became = _keep(fax, jurisdiction, Opened((), has_more=False), str(bad.facts["reason"]))
    else:
        became = _keep(fax, jurisdiction, opened, "")
    media.settle(fax.key)
    _log.info("fax_taken", became=became)
    return became


def _keep(fax: Incoming, jurisdiction: Jurisdiction, opened: Opened, fault: str) -> str:
    """A draft with what was made out, one for each fax."""
    filled = next((form for page in opened.pages if (form := filled_form(page))), None)
    spoken = tuple(str(one["code"]) for one in jurisdiction.languages)
    words = "" if filled else _words(opened.pages, spoken)
    meaning = meaning_of(words, jurisdiction)
    read = adapter.read(
        fax, words, filled, jurisdiction_id=jurisdiction.pk, language=meaning.language
    )
    draft = read if filled else with_meaning(read, meaning)
    notes = "\n".join(_notes(opened, filled, draft.description, fault))
    at = fax.received_at.astimezone(ZoneInfo(jurisdiction.zone))
    touch = contacts.Touch(
        jurisdiction_id=jurisdiction.pk,
        channel=draft.channel,
        kind=InteractionKind.REQUEST,
        language=draft.language,
        at=at,
        source_key=draft.source_key,
        body_digest=fax.key[-40:],
    )
    with transaction.atomic():
        interaction = begin_draft(touch, adapter.content_of(draft, notes)).interaction
        if interaction.messages.exists():
            return "repeat"
        said = draft.description or _("A fax came whose words could not be made out.")
        contacts.add_message(interaction, said, at=at, original_key=fax.key)
        keep_pages(interaction, [page.content for page in opened.pages], at=at)
    return "form" if filled else "letter" if words else "unreadable"


def _words(pages: tuple[Page, ...], languages: tuple[str, ...]) -> str:
    """The words of a free letter, page after page, as far as a draft holds them."""
    said = ""
    for page in pages:
        if len(said) >= adapter.LONGEST_TEXT:
            break
        said = f"{said}\n\n{words_on(page.content, languages)}".strip()
    return said


def _notes(opened: Opened, filled: Filled | None, words: str, fault: str) -> Iterator[str]:
    """What an agent should know beside the words."""
    if fault == "too_large":
        yield _("It is over 20 MB. It is kept as it came.")
    elif fault:
        yield _("It could not be opened. It is kept as it came.")
    elif not can_read():
        yield _("Words on pages cannot be read on this machine: read them from the picture.")
    elif words:
        yield _("A machine read the pages. Check every word against the picture.")
    else:
        yield _("No words could be made out. Read them from the picture.")
    if opened.has_more:
        yield _("Only the first 50 pages are shown. The rest is kept as it came.")
    if filled:
        yield _("It came on our own form.")
