"""Each key of the telephone leads to one thing, is there once, and says what it is for."""

from hark311.catalog.pack.pack_format import Pack
from hark311.catalog.pack.phone_format import Lead, PhoneKey, PhoneMenu
from hark311.catalog.pack.reading import Reading, did_you_mean


def check_phone(pack: Pack, reading: Reading) -> None:
    """Note faults of the telephone's menus."""
    if pack.phone is None:
        return
    languages = {str(language.code) for language in pack.languages}
    for menu in pack.phone.menus:
        _check_keys(menu, reading)
        for key in menu.keys:
            _check_key(key, languages, reading)


def _check_keys(menu: PhoneMenu, reading: Reading) -> None:
    seen: set[str] = set()
    for key in menu.keys:
        if key.key in seen:
            reading.fault(key.at, f"The key {str(key.key)!r} stands twice.", "Choose another.")
        seen.add(key.key)


def _check_key(key: PhoneKey, languages: set[str], reading: Reading) -> None:
    ends = [end for end in (key.leads, key.language, key.menu, key.line) if end is not None]
    if len(ends) != 1:
        reading.fault(
            key.at,
            f"The key leads to {len(ends) or 'no'} things instead of one.",
            "Give one of `leads`, `language`, `menu` and `line`.",
        )
    if key.language is not None and key.language not in languages:
        message = f"The language {str(key.language)!r} is not one of the city's."
        reading.fault(key.language.at, message, did_you_mean(key.language, languages))
    if key.language is None and key.texts is None:
        reading.fault(key.at, "The key does not say what it is for.", "Add `texts:`.")
    if (key.key == "9") != (key.leads is Lead.EMERGENCY):
        reading.fault(
            key.at,
            "Danger has the key 9 in every menu, and 9 means nothing else.",
            "Give `leads: emergency` the key 9, and others another key.",
        )
    if key.key == "0" and key.line is None:
        reading.fault(key.at, "The key 0 means a person in every menu.", "Let it lead to a line.")
