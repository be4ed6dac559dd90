"""Messages hold only placeholders that the notice can fill."""

from collections.abc import Iterator
from string import Formatter

from hark311.catalog.pack.marks import Word
from hark311.catalog.pack.pack_format import PLACEHOLDERS, Message, Pack
from hark311.catalog.pack.reading import Reading, did_you_mean


def check_messages(pack: Pack, reading: Reading) -> None:
    """Note unknown placeholders, broken braces and a notice that is worded twice."""
    seen: dict[str, Message] = {}
    for message in pack.messages:
        first = seen.setdefault(message.notice, message)
        if first is not message:
            reading.fault(
                message.at,
                f"The notice {message.notice.value!r} is worded already, at {first.at}.",
                "Keep one of the two.",
            )
        for text in (*message.subjects.values(), *message.texts.values()):
            _check_text(text, message, reading)


def _check_text(text: Word, message: Message, reading: Reading) -> None:
    known = PLACEHOLDERS[message.notice]
    try:
        unknown = [name for name in _placeholders(text) if name not in known]
    except ValueError as error:
        reading.fault(
            text.at, f"The braces of the message are broken: {error}.", "Write `{number}`."
        )
        return
    for name in unknown:
        reading.fault(
            text.at,
            f"The notice {message.notice.value!r} has no placeholder {{{name}}}.",
            did_you_mean(name, known),
        )


def _placeholders(text: str) -> Iterator[str]:
    for _, name, layout, conversion in Formatter().parse(text):
        if name is not None:
            yield name + (f"!{conversion}" if conversion else "") + (f":{layout}" if layout else "")
