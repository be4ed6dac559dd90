"""Makes the town in a database of its own and serves it as a deployment would.

    python -m tests.faces.serving FOLDER PORT

The addresses of all pages go to FOLDER/pages.json; then the web server takes this process over.
"""

import json
import os
import sys
import traceback
from dataclasses import asdict
from pathlib import Path

import django

from hark311.platform.process import die_with_parent


def main(folder: Path, port: str) -> None:
    die_with_parent()
    django.setup()
    _prepare(folder)
    command = [sys.executable, "-m", "granian", "--host", "127.0.0.1", "--port", port]
    options = ["--interface", "wsgi", "--no-ws", "--log-level", "error"]
    size = ["--workers", "1", "--blocking-threads", "4"]
    os.execv(sys.executable, [*command, *options, *size, "hark311.config.wsgi:application"])  # noqa: S606


def _prepare(folder: Path) -> None:
    # Only now: these modules read the models.
    from tests.faces.pages import PAGES
    from tests.faces.town import RESIDENT, Seen, make_town, session_of

    from hark311.platform import assets

    assets.gather()
    town = make_town()
    staff = {page.who for page in PAGES} - {RESIDENT}
    made: dict[str, object] = {"sessions": {who: session_of(town.account(who)) for who in staff}}
    pages: dict[str, object] = {}
    for page in PAGES:
        try:
            path = page.make(town)
            pages[page.name] = asdict(path if isinstance(path, Seen) else Seen(path))
        except Exception:  # noqa: BLE001  # the test of that page tells it
            pages[page.name] = {"fault": traceback.format_exc()}
    made["pages"] = pages
    unfinished = folder / "pages.json.new"
    unfinished.write_text(json.dumps(made))
    unfinished.rename(folder / "pages.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
