"""Single words that mean something at any time, in every language that the platform knows."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Keyword(StrEnum):
    """What a message of one word may mean wherever the talk is."""

    STOP = "stop"
    START = "start"
    HELP = "help"
    BACK = "back"
    PERSON = "person"
    SKIP = "skip"
    AGAIN = "again"


_WORDS: Mapping[Keyword, tuple[str, ...]] = MappingProxyType(
    {
        Keyword.STOP: (
            *("stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"),
            *("alto", "parar", "detener", "cancelar", "arrêt", "arret", "sispann", "kanpe"),
            *("dừng", "dung", "停止", "退订", "退訂", "중지", "그만", "توقف", "стоп", "रुकें"),
            *("አቁም", "ihinto", "tigil"),
        ),
        Keyword.START: (
            *("start", "unstop", "subscribe", "iniciar", "empezar", "comenzar", "démarrer"),
            *("commencer", "começar", "kòmanse", "bắtđầu", "开始", "開始", "시작", "ابدأ"),
            *("старт", "शुरू", "ጀምር", "simulan"),
        ),
        Keyword.HELP: (
            *("help", "info", "ayuda", "aide", "ajuda", "èd", "giúp", "trợgiúp", "帮助", "幫助"),
            *("도움", "مساعدة", "помощь", "मदद", "እርዳታ", "tulong"),
        ),
        Keyword.BACK: (
            *("back", "atrás", "atras", "regresar", "retour", "voltar", "retounen", "quaylại"),
            *("返回", "뒤로", "رجوع", "назад", "वापस", "ተመለስ", "bumalik"),
        ),
        Keyword.PERSON: (
            *("agent", "person", "human", "persona", "agente", "personne", "pessoa", "moun"),
            *("người", "人工", "상담원", "موظف", "человек", "व्यक्ति", "ሰው", "tao"),
        ),
        Keyword.SKIP: (
            *("skip", "saltar", "omitir", "passer", "pular", "sote", "bỏqua", "跳过", "跳過"),
            *("건너뛰기", "تخطي", "пропустить", "छोड़ें", "ዝለል", "laktawan"),
        ),
        Keyword.AGAIN: (
            *("again", "repeat", "repetir", "otravez", "répéter", "repita", "ankò", "lạilại"),
            *("重复", "重複", "다시", "أعد", "ещё", "दोबारा", "ድገም", "ulit"),
        ),
    }
)
_MEANS: Mapping[str, Keyword] = MappingProxyType(
    {word: keyword for keyword, words in _WORDS.items() for word in words}
)


def keyword_of(words: str) -> Keyword | None:
    """What a message means that is one of these words and nothing else."""
    said = "".join(words.casefold().split()).strip(".!¡?¿")
    return _MEANS.get(said)
