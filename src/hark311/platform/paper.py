"""Sets pages for paper: HTML in, PDF out; no page may fetch anything from elsewhere."""

import logging
from functools import cache
from importlib import import_module
from typing import Any

# It tells each of its steps, from its import on; only what goes wrong is worth a line.
for _name in ("weasyprint", "weasyprint.progress", "fontTools"):
    logging.getLogger(_name).setLevel(logging.ERROR)


class NoPress(Exception):
    """This machine cannot set pages; the message says what is missing."""


def pdf_of(html: str) -> bytes:
    """The page as PDF. Raises NoPress where the Pango library is missing."""
    weasyprint = press()
    nowhere = weasyprint.urls.URLFetcher(allowed_protocols=("data",))
    pdf: bytes = weasyprint.HTML(string=html, url_fetcher=nowhere).write_pdf()
    return pdf


@cache
def press() -> Any:
    """The library, taken in with the first page: it takes most of a second, each process has it.

    Raises NoPress.
    """
    try:
        return import_module("weasyprint")
    except OSError as error:  # its system library Pango is not here
        missing = str(error).partition("\n")[0]
        raise NoPress(f"the Pango library is missing: {missing}") from error
