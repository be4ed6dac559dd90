"""Compiles the translations beside each package, and finds the sentences that lack one.

``python -m hark311.platform.translations`` compiles; with ``missing`` it lists what has no
translation and what no source says any more, and fails if there is any.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from hark311.platform.languages import COMPLETE

PACKAGE = Path(__file__).resolve().parents[1]
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "gettext_noop": None,
}
Key = tuple[str, str]


def compile_all(package: Path = PACKAGE) -> int:
    """Write the .mo of every .po that is newer than it; return how many were written."""
    written = 0
    for source in sorted(package.rglob("locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        compiled = BytesIO()
        write_mo(compiled, _catalog(source))
        target.write_bytes(compiled.getvalue())
        written += 1
    return written


def said(package: Path = PACKAGE) -> dict[Key, str]:
    """Every sentence marked for translation, with a file that says it."""
    found: dict[Key, str] = {}
    for path in sorted((*package.rglob("*.py"), *package.rglob("templates/**/*.*"))):
        if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
            for key in _sentences(path):
                found.setdefault(key, str(path.relative_to(package)))
    return found


def translated(language: str, package: Path = PACKAGE) -> set[Key]:
    """Every sentence that has a translation in ``language``, in any package."""
    done: set[Key] = set()
    for source in package.rglob(f"locale/{language}/LC_MESSAGES/django.po"):
        for message in _catalog(source):
            texts = (
                message.string if isinstance(message.string, tuple | list) else (message.string,)
            )
            if message.id and all(texts) and not message.fuzzy:
                done.add(_key(message.context, message.id))
    return done


def _catalog(source: Path) -> Catalog:
    with source.open("rb") as file:
        return read_po(file)


def _sentences(path: Path) -> Iterator[Key]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # As Django itself: a template becomes Python-like text with calls of gettext.
        text = re.sub(r"\bu'", "'", templatize(text))
        text = "\n".join(line for line in text.splitlines() if "gettext" in line or "_(" in line)
    for _line, message, _comments, context in extract(
        "python", BytesIO(text.encode()), keywords=_KEYWORDS
    ):
        yield _key(context, message)


def _key(context: str | None, message: object) -> Key:
    first = message[0] if isinstance(message, tuple | list) else message
    return context or "", str(first)


def missing(package: Path = PACKAGE) -> list[str]:
    """One line for every sentence without a translation and every one no source says."""
    source = said(package)
    lines = []
    for language in set(COMPLETE) - {"en"}:
        done = translated(language, package)
        lines += [
            f"{language}: no translation for {key[1]!r} ({source[key]})"
            for key in source
            if key not in done
        ]
    return lines


def main(arguments: list[str]) -> int:
    if arguments == ["missing"]:
        lines = missing()
        sys.stdout.write("".join(f"{line}\n" for line in lines))
        return 1 if lines else 0
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
