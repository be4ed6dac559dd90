"""Writes answers in TwiML, the language that telephone providers and the own gateway execute."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from twilio.twiml.voice_response import Gather, VoiceResponse

from hark311.channels.voice.records import Answer, Dial, HangUp, Keys, Recording, Said

# Which accent a language is spoken in; others are spoken as they are written.
_ACCENTS: Mapping[str, str] = MappingProxyType(
    {
        "en": "en-US",
        "es": "es-US",
        "zh-hans": "cmn-CN",
        "zh-hant": "cmn-TW",
        "ar": "arb",
        "vi": "vi-VN",
        "ko": "ko-KR",
        "fr": "fr-FR",
        "pt": "pt-BR",
        "hi": "hi-IN",
        "ru": "ru-RU",
        "tl": "fil-PH",
    }
)
PAUSE_S = 10


def written(
    answer: Answer, language: str, next_url: str, *, play: Callable[[str, str], str]
) -> str:
    """The answer as TwiML. play: where a prompt's recording is, by language and name, or ''."""
    response = VoiceResponse()
    if isinstance(answer.then, Keys):
        response.append(_gather(answer, answer.then, language, next_url, play))
    else:
        for said in answer.says:
            _say(response, said, language, play)
        _act(response, answer, next_url)
    if not isinstance(answer.then, HangUp | Dial):
        # Nothing was pressed or said.
        response.redirect(next_url, method="POST")
    return str(response)


def accent(language: str) -> str:
    """The tag of a language as providers know it."""
    code = language.lower()
    return _ACCENTS.get(code) or _ACCENTS.get(code.split("-")[0]) or language or "en-US"


def _gather(
    answer: Answer,
    keys: Keys,
    language: str,
    next_url: str,
    play: Callable[[str, str], str],
) -> Gather:
    gather = Gather(
        input="dtmf",
        action=next_url,
        method="POST",
        timeout=keys.seconds,
        num_digits=keys.most or None,
        # Of one key alone the pound key is an answer: say it again.
        finish_on_key="" if keys.most == 1 else "#",
    )
    for said in answer.says:
        _say(gather, said, language, play)
    return gather


def _act(response: VoiceResponse, answer: Answer, next_url: str) -> None:
    match answer.then:
        case Recording(seconds=seconds):
            response.record(
                action=next_url,
                method="POST",
                max_length=seconds,
                timeout=4,
                finish_on_key="#*09",
                play_beep=True,
                trim="do-not-trim",
            )
        case Dial(to=to):
            dial = response.dial(action=next_url, method="POST", timeout=30)
            if to.startswith(("sip:", "sips:")):
                dial.sip(to)
            else:
                dial.number(to)
        case HangUp():
            response.hangup()


def _say(
    verb: VoiceResponse | Gather, said: Said, language: str, play: Callable[[str, str], str]
) -> None:
    spoken = said.language or language
    recorded = play(spoken, said.prompt) if said.prompt else ""
    if recorded:
        verb.play(recorded)
    elif said.text:
        verb.say(said.text, language=accent(spoken))
