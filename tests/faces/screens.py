"""Takes pictures of the pages of a demonstration: wide, narrow, dark, and in other languages.

    python -m tests.faces.screens [--url ADDRESS] [name ...]

Each is a WebP in docs/pictures; README.md beside them shows all.
"""

import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, TimeoutError, sync_playwright
from tests.faces.shown import SHOWN, Shown

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-sync", "--no-first-run")
PASSWORD = "demo"
_LOSS = 62
_LARGEST_BYTES = 60_000
_IDLE_WITHIN_MS = 4_000


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to look at a page. height: more of a long page than this is not shown."""

    name: str
    about: str
    width: int
    height: int
    scheme: str = "light"
    language: str = ""
    scale: float = 1


_WIDE, _DARK = Kind("wide", "1280 px", 1280, 1000), Kind("dark", "dark", 1280, 1000, "dark")
_NARROW = Kind("narrow", "320 px", 320, 900, scale=1.5)
KINDS = (_WIDE, _NARROW, _DARK, Kind("ar", "Arabic", 1280, 1000, language="ar"))
# The workspace is written in English and Spanish.
STAFF_KINDS = (_WIDE, _NARROW, _DARK, Kind("es", "Spanish", 1280, 1000, language="es"))


def kinds_of(shown: Shown) -> tuple[Kind, ...]:
    return STAFF_KINDS if shown.who else KINDS


def main(arguments: list[str]) -> int:
    parser = ArgumentParser()
    parser.add_argument("--url", default="")
    parser.add_argument("names", nargs="*")
    asked = parser.parse_args(arguments)
    wanted = [one for one in SHOWN if not asked.names or one.name in asked.names]
    with _demonstration(asked.url) as address, sync_playwright() as play:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = play.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for shown in wanted:
            _take(browser, address, shown)
        browser.close()
    write_index()
    return 0


@contextmanager
def _demonstration(url: str) -> Iterator[str]:
    """The address of the demonstration that is given, or of one made for this."""
    if url:
        yield url.rstrip("/")
        return
    folder = tempfile.mkdtemp(prefix="hark311-screens-")
    command = [str(ROOT / "script" / "demo"), "--port", "8491", "--data", folder]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert started.stdout is not None
        line = next(line for line in started.stdout if line.startswith("ready "))
        yield line.split()[1]
    finally:
        started.terminate()
        started.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _take(browser: Browser, address: str, shown: Shown) -> None:
    """One page in every way; its address is found once, by a person who goes there."""
    guide = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    page = guide.new_page()
    if shown.who:
        _sign_in(page, address, shown.who)
    path = shown.path(page, address) if callable(shown.path) else shown.path
    state = guide.storage_state()
    guide.close()
    for kind in kinds_of(shown):
        context = browser.new_context(
            viewport={"width": kind.width, "height": kind.height},
            device_scale_factor=kind.scale,
            color_scheme=kind.scheme,
            reduced_motion="reduce",
            locale=kind.language or "en-US",
            storage_state=state,
        )
        _shoot(context, address, path, shown, kind)
        context.close()


def _sign_in(page: Page, address: str, who: str) -> None:
    page.goto(f"{address}/staff/sign-in")
    page.fill("[name=email]", f"{who}@demo.hark311.test")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("nav.nav")


def _shoot(context: BrowserContext, address: str, path: str, shown: Shown, kind: Kind) -> None:
    page = context.new_page()
    prefix = f"/{kind.language}" if kind.language else ""
    page.goto(f"{address}{prefix}{path}", wait_until="load")
    # A map fetches its pins; a page that listens for news is never idle.
    with suppress(TimeoutError):
        page.wait_for_load_state("networkidle", timeout=_IDLE_WITHIN_MS)
    # A page that puts the focus on what is to be fixed has scrolled there.
    page.evaluate("window.scrollTo(0, 0)")
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    target = PICTURES / file_name(shown, kind)
    for loss in (_LOSS, _LOSS - 20, _LOSS - 40):
        picture.save(target, "WEBP", quality=loss, method=6)
        if target.stat().st_size <= _LARGEST_BYTES:
            break
    sys.stdout.write(f"{target.name} {target.stat().st_size} bytes\n")


def file_name(shown: Shown, kind: Kind) -> str:
    return f"{shown.name}-{kind.name}.webp"


def write_index() -> None:
    """README.md beside the pictures: every page in a row."""
    lines = [
        "# Pictures of the pages",
        "",
        "Taken by `script/screens` from the demonstration; all people and cases are invented.",
        "",
    ]
    for shown in SHOWN:
        lines += [f"## {shown.about}", "", _row(shown), ""]
    (PICTURES / "README.md").write_text("\n".join(lines))


def _row(shown: Shown) -> str:
    return " ".join(
        f'<img src="{file_name(shown, kind)}" alt="{shown.about}, {kind.about}" '
        f'width="{120 if kind.width < 400 else 260}">'
        for kind in kinds_of(shown)
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
