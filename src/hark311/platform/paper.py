"""Sets pages for paper: HTML in, PDF out; no page may fetch anything from elsewhere."""

import logging

# It tells each of its steps, from its import on; only what goes wrong is worth a line.
for _name in ("weasyprint", "weasyprint.progress", "fontTools"):
    logging.getLogger(_name).setLevel(logging.ERROR)

try:
    import weasyprint
except OSError as _error:  # its system library Pango is not here
    weasyprint = None
    _MISSING = str(_error).partition("\n")[0]


class NoPress(Exception):
    """This machine cannot set pages; the message says what is missing."""


def pdf_of(html: str) -> bytes:
    """The page as PDF. Raises NoPress where the Pango library is missing."""
    if weasyprint is None:
        raise NoPress(f"the Pango library is missing: {_MISSING}")
    nowhere = weasyprint.urls.URLFetcher(allowed_protocols=("data",))
    pdf: bytes = weasyprint.HTML(string=html, url_fetcher=nowhere).write_pdf()
    return pdf
