"""Reads the environment: each variable is declared once, with a default, a type and a reason."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

from hark311.platform.trouble import Trouble

PREFIX = "HARK311_"

Value = TypeVar("Value", str, bool, int, float, Path, tuple[str, ...])


@dataclass(frozen=True, slots=True)
class Declaration:
    """One variable: what it may hold, what it holds now, and where that came from."""

    variable: str
    kind: str
    default: str
    about: str
    is_secret: bool
    value: str
    source: str

    @property
    def shown(self) -> str:
        """The value as an operator may see it on a screen."""
        return "(hidden)" if self.is_secret and self.value else self.value


_declared: dict[str, Declaration] = {}


def read(name: str, default: Value, about: str, *, is_secret: bool = False) -> Value:
    """Return HARK311_<name> from the environment as the type of ``default``, or ``default``.

    An empty variable counts as absent. Raises Trouble if the text is not of that type.
    """
    return read_plain(PREFIX + name, default, about, is_secret=is_secret)


def read_plain(variable: str, default: Value, about: str, *, is_secret: bool = False) -> Value:
    """Like ``read``, for the few names that other software knows as well, such as DATABASE_URL."""
    text = os.environ.get(variable, "").strip()
    value = parse(variable, text, default) if text else default
    _declared[variable] = Declaration(
        variable=variable,
        kind=_KINDS[type(default)],
        default=_written(default),
        about=about,
        is_secret=is_secret,
        value=_written(value),
        source="environment" if text else "default",
    )
    return value


def declared() -> tuple[Declaration, ...]:
    """Return every variable read so far, by name."""
    return tuple(_declared[variable] for variable in sorted(_declared))


def unknown(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the HARK311_ variables that nothing reads, which are misspelt more often than not."""
    mine = (name for name in environment if name.startswith(PREFIX))
    return tuple(sorted(name for name in mine if name not in _declared))


def parse(variable: str, text: str, default: Value) -> Value:
    """Return ``text`` as the type of ``default``. Raises Trouble if it cannot be read so."""
    kind = type(default)
    try:
        value = _PARSERS[kind](text)
    except (KeyError, ValueError):
        raise Trouble(f"{variable} must be {_KINDS[kind]}, not {text!r}") from None
    return cast(Value, value)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


_TRUTHS = {"1": True, "true": True, "yes": True, "on": True}
_TRUTHS |= {"0": False, "false": False, "no": False, "off": False}
_PARSERS: Mapping[type, Callable[[str], object]] = {
    str: str,
    bool: lambda text: _TRUTHS[text.lower()],
    int: int,
    float: float,
    tuple: _words,
    type(Path()): lambda text: Path(text).expanduser().resolve(),
}
_KINDS = {
    str: "text",
    bool: "yes or no",
    int: "a whole number",
    float: "a number",
    tuple: "words separated by commas",
    type(Path()): "a folder",
}


def _written(value: str | bool | int | float | Path | tuple[str, ...]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ",".join(value) if isinstance(value, tuple) else str(value)
