"""The reference page of all settings, made from their declarations: script/docs writes it."""

import sys
from collections.abc import Iterable

from hark311.config import settings
from hark311.config.env import Declaration

_HEAD = """\
# Settings

Made from the declarations in `config/settings.py` by `script/docs`; do not edit by hand.
`hark311 doctor` lists each with its present value and where that comes from. An empty
variable counts as absent.

| variable | kind | default | what it is for |
| --- | --- | --- | --- |
"""


def settings_page(declarations: Iterable[Declaration] = settings.DECLARATIONS) -> str:
    """Return the page in Markdown, one row a variable, by name."""
    return _HEAD + "".join(_row(declaration) for declaration in declarations)


def _row(declaration: Declaration) -> str:
    default = declaration.default.replace(f"{settings.CHECKOUT}/", "")
    about = declaration.about + (" Secret." if declaration.is_secret else "")
    cells = (f"`{declaration.variable}`", declaration.kind, f"`{default}`" if default else "none")
    return f"| {' | '.join((*cells, about.replace('|', '&#124;')))} |\n"


if __name__ == "__main__":
    sys.stdout.write(settings_page())
