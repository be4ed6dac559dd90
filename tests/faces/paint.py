"""When a page first shows something on a slow phone: slow 4G, a processor four times as slow.

    python -m tests.faces.paint [--url ADDRESS] [path ...]

Fails if a page of a demonstration takes longer than LIMIT_MS in the best of three visits.
"""

import shutil
import sys
from argparse import ArgumentParser

from playwright.sync_api import Browser, sync_playwright
from tests.faces.shown import SHOWN

LIMIT_MS = 1500
VISITS = 3
# What Lighthouse calls slow 4G.
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6 * 1024 * 1024 / 8,
    "uploadThroughput": 750 * 1024 / 8,
}
SLOWER = 4
NAMES = ("home", "report", "case", "map", "cases")
_FIRST = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


def first_paint_ms(browser: Browser, url: str, *, visits: int = VISITS) -> float:
    """The time to the first content, each visit with nothing kept from before.

    The best of all visits: the others tell what else this machine was doing.
    """
    return min(_visit(browser, url) for _visit_number in range(visits))


def _visit(browser: Browser, url: str) -> float:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="en-US")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(url, wait_until="load")
    page.wait_for_function(_FIRST)
    found = float(page.evaluate(_FIRST))
    context.close()
    return found


def main(arguments: list[str]) -> int:
    parser = ArgumentParser()
    parser.add_argument("--url", default="http://127.0.0.1:8311")
    parser.add_argument("paths", nargs="*")
    asked = parser.parse_args(arguments)
    slow = 0
    with sync_playwright() as play:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for path in asked.paths or _paths(browser, asked.url):
            found = first_paint_ms(browser, asked.url + path)
            slow += found > LIMIT_MS
            sys.stdout.write(f"{found:6.0f} ms  {path}\n")
        browser.close()
    return 1 if slow else 0


def _paths(browser: Browser, url: str) -> list[str]:
    page = browser.new_page()
    shown = [one for one in SHOWN if one.name in NAMES]
    found = [one.path(page, url) if callable(one.path) else one.path for one in shown]
    page.close()
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
