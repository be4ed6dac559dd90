"""The reference page of the pack format, made from the records themselves."""

from collections.abc import Iterator

from hark311.catalog.pack.pack_format import PLACEHOLDERS, Pack
from hark311.catalog.pack.records import Record, RecordOf, keys_of
from hark311.catalog.pack.shapes import ByLanguage, ListOf, MapOf

_INTRODUCTION = """\
# City pack: every key

A pack is a folder of YAML files. Each section of [Pack](#pack) may stand in any of them; lists
and mappings of several files are joined. `hark311 city check` names every fault with file, line
and remedy. This page is made from the code that reads packs; how to write one is told in
[Set up a city](../how-to/set-up-a-city.md).

Codes are letters, digits, `_` and `-`; they are unique for their kind in the whole pack and are
never changed once cases exist. Texts per language need every language marked `complete: true`.
Times are in the city's zone. Positions are longitude, then latitude, in WGS 84.
"""


def reference_page() -> str:
    """The whole page as Markdown."""
    records = list(_records_under(Pack, []))
    return "\n".join([_INTRODUCTION, *map(_section, records), _placeholders()])


def _records_under(record: type[Record], seen: list[type[Record]]) -> Iterator[type[Record]]:
    """The record and all that its keys lead to, each once, nearest first."""
    if record in seen:
        return
    seen.append(record)
    yield record
    for known in keys_of(record).values():
        for inner in _records_in(known.shape):
            yield from _records_under(inner, seen)


def _records_in(shape: object) -> Iterator[type[Record]]:
    if isinstance(shape, RecordOf):
        yield shape.record
    elif isinstance(shape, ListOf | ByLanguage):
        yield from _records_in(shape.each)
    elif isinstance(shape, MapOf):
        yield from _records_in(shape.values)


def _section(record: type[Record]) -> str:
    rows = [
        f"| `{name}` | {'yes' if known.required else ''} | {_worded(known.shape)} | {known.about} |"
        for name, known in keys_of(record).items()
    ]
    return "\n".join(
        [
            f"## {record.__name__}",
            "",
            str(record.__doc__).strip(),
            "",
            "| key | needed | value | meaning |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )


def _worded(shape: object) -> str:
    """The shape in words, with a link where another record stands."""
    if isinstance(shape, RecordOf):
        return f"[{shape.record.__name__}](#{shape.record.__name__.lower()})"
    if isinstance(shape, ListOf):
        return f"list of: {_worded(shape.each)}"
    if isinstance(shape, ByLanguage):
        return f"per language: {_worded(shape.each)}"
    if isinstance(shape, MapOf):
        return f"mapping from {_worded(shape.keys)} to: {_worded(shape.values)}"
    return str(getattr(shape, "about", ""))


def _placeholders() -> str:
    rows = [
        f"| `{notice.value}` | {', '.join(f'`{{{name}}}`' for name in sorted(names))} |"
        for notice, names in PLACEHOLDERS.items()
    ]
    return "\n".join(
        [
            "## Placeholders of messages",
            "",
            "| notice | may hold |",
            "| --- | --- |",
            *rows,
            "",
        ]
    )
