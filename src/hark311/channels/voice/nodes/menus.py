"""Menus: keys told together, first of all the languages."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import override

from hark311.channels.voice.booth import Booth
from hark311.channels.voice.phone import Key
from hark311.channels.voice.records import Act, Answer, Keys, Said, Session
from hark311.channels.voice.saying import for_key
from hark311.disruptions.queries import touching
from hark311.domain.texts import in_language
from hark311.platform.languages import COMPLETE, OWN_NAMES

# More is not listened to; the rest is told by an agent or on the pages.
_ALERTS = 2


def say(session: Session, booth: Booth) -> Answer:
    """The keys of the menu; at the very start who answers, and 911."""
    code = session.node.partition(":")[2]
    says: list[Said] = []
    if code == booth.phone.first and not session.trail:
        says += _welcome(booth)
    if code == booth.phone.main and session.node not in session.trail:
        says += [Said(text) for text in _wrong_now(session, booth)]
    says += [_key(one, session.language) for one in booth.phone.menus.get(code, ())]
    return Answer(tuple(says), Keys())


def hear(session: Session, act: Act, booth: Booth) -> Session | None:
    """Where the key leads, None if it leads nowhere."""
    code = session.node.partition(":")[2]
    pressed = next((one for one in booth.phone.menus.get(code, ()) if one.key == act.key), None)
    if pressed is None:
        return None
    if not pressed.language:
        return session.to("danger" if pressed.to == "emergency" else pressed.to)
    spoken = pressed.language.lower()
    chosen = replace(session, language=pressed.language)
    if spoken in COMPLETE:
        return chosen.to(f"menu:{booth.phone.main}")
    # Nothing is spoken in it yet: a person with an interpreter is the honest answer.
    return chosen.to(f"line:{booth.phone.person}")


def _welcome(booth: Booth) -> list[Said]:
    """Who answers, and that this is not for emergencies; in each language that is spoken."""
    says = []
    for language in COMPLETE:
        with override(language):
            name = in_language(booth.jurisdiction.names, language)
            own = booth.phone.greeting.get(language, "")
            says.append(Said(own or _("This is 311 of %(city)s.") % {"city": name}, language))
            warning = _("If anyone is in danger, hang up and call 911, or press 9.")
            says.append(Said(warning, language, prompt="danger"))
    return says


def _wrong_now(session: Session, booth: Booth) -> list[str]:
    """What the city knows is wrong all over it; of a caller's own area nothing is known here."""
    alerts = touching(booth.jurisdiction, at=booth.received_at)[:_ALERTS]
    language = session.language or "en"
    return [f"{one.title(language)}. {one.text(language)}" for one in alerts]


def _key(key: Key, language: str) -> Said:
    if key.language:
        return _language_key(key)
    what = in_language(key.texts, language) or _what(key.to)
    return Said(for_key(what, key.key))


def _language_key(key: Key) -> Said:
    """A language says itself, in itself."""
    code = key.language.lower()
    name = OWN_NAMES.get(code, key.language)
    if code not in COMPLETE:
        return Said(f"{name}: {key.key}.", code)
    with override(code):
        return Said(for_key(_("For %(language)s") % {"language": name}, key.key), code)


def _what(to: str) -> str:
    match to:
        case "report":
            return _("To report something")
        case "status":
            return _("To hear what happens with your report")
        case "emergency":
            return _("If someone is in danger")
    return _("For a person")
