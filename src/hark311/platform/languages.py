"""The languages that people of a city may read, by their own names."""

from collections.abc import Mapping
from types import MappingProxyType

from django.conf import settings

# In the order in which pages list them.
OWN_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "en": "English",
        "es": "Español",
        "zh-hans": "简体中文",
        "zh-hant": "繁體中文",
        "ar": "العربية",
        "vi": "Tiếng Việt",
        "ko": "한국어",
        "fr": "Français",
        "pt": "Português",
        "ht": "Kreyòl ayisyen",
        "hi": "हिन्दी",
        "am": "አማርኛ",
        "ru": "Русский",
        "tl": "Tagalog",
    }
)

# Languages in which every word exists: of letters and of the workspace, too. Pages for residents
# stand in all of settings.LANGUAGES.
COMPLETE = ("en", "es")
# Languages in which a person has read what the pages say. The others say that nobody has.
CHECKED = frozenset({"en"})

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


def direction(code: str) -> str:
    """Return ``rtl`` for languages written from right to left, else ``ltr``."""
    return "rtl" if code.split("-")[0] in _RIGHT_TO_LEFT else "ltr"


def written_language(code: str) -> str:
    """The language that words to a reader of ``code`` are written in: that, its base, or the first.

    Only those in which all words exist.
    """
    wanted = (code.lower(), code.lower().split("-")[0])
    return next((one for one in wanted if one in COMPLETE), str(settings.LANGUAGE_CODE))
