"""Sets pages for paper: HTML in, PDF out; no page may fetch anything from elsewhere."""

import logging
from typing import Any

try:
    import weasyprint
except OSError as _error:  # its system library Pango is not here
    weasyprint = None
    _MISSING = str(_error).partition("\n")[0]


# It tells each of its steps; only what goes wrong is worth a line.
for _name in ("weasyprint", "weasyprint.progress", "fontTools"):
    logging.getLogger(_name).setLevel(logging.ERROR)


class NoPress(Exception):
    """This machine cannot set pages; the message says what is missing."""


def pdf_of(html: str) -> bytes:
    """The page as PDF. Raises NoPress where the Pango library is missing."""
    if weasyprint is None:
        raise NoPress(f"the Pango library is missing: {_MISSING}")
    pdf: bytes = weasyprint.HTML(string=html, url_fetcher=_refuse).write_pdf()
    return pdf


def _refuse(url: str, *_more: Any, **_others: Any) -> dict[str, Any]:
    raise ValueError(f"a page for paper brings everything along: {url.partition(':')[0]}")
