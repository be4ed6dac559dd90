"""The questions that every page is asked in a real browser; each answers with what is wrong."""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, CDPSession, ConsoleMessage, Page, Request
from tests.faces.reading import grade, sentences_of

SCRIPT = (Path(__file__).parent / "looking.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGE_BYTES, STYLE_AND_SCRIPT_BYTES = 100_000, 60_000
HARDEST_GRADE, LONGEST_SENTENCE = 7.0, 30
_MOST_STOPS = 400
# A table that folds on a narrow screen loses its meaning in browsers unless its parts say it.
_ALLOWED_HTML = (
    "must not be used on a “tr”",
    "must not be used on a “th”",
    "must not be used on a “td”",
)


@dataclass
class Wire:
    """What a page loaded: bytes as they came over the wire, by kind, and from where."""

    own: str
    kinds: dict[str, str] = field(default_factory=dict)
    bytes_of: dict[str, int] = field(default_factory=dict)
    foreign: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def watch(self, page: Page, session: CDPSession) -> None:
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on("Network.responseReceived", self._received)
        session.on("Network.loadingFinished", self._finished)
        page.on("request", self._asked)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.said.append(f"script failed: {error}"))

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.own, "data:", "blob:")):
            self.foreign.append(f"asks another host: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        # The browser itself tells of the status of a page that is a refusal.
        if message.type == "error" and "status of" not in message.text:
            self.said.append(f"the browser complains: {message.text}")

    def _received(self, event: dict) -> None:
        self.kinds[event["requestId"]] = event["type"]
        answer = event["response"]
        if event["type"] != "Document" and answer["status"] >= 400:
            self.said.append(f"{answer['url']} answers {answer['status']}")

    def _finished(self, event: dict) -> None:
        self.bytes_of[event["requestId"]] = int(event["encodedDataLength"])

    def total(self, *kinds: str) -> int:
        asked = kinds or ("Document", "Stylesheet", "Script", "Fetch", "XHR", "Font", "Other")
        return sum(size for key, size in self.bytes_of.items() if self.kinds.get(key) in asked)

    def faults(self) -> Iterator[str]:
        yield from self.foreign
        yield from self.said
        if self.total() > PAGE_BYTES:
            yield f"{self.total()} bytes over the wire, {PAGE_BYTES} are allowed"
        styled = self.total("Stylesheet", "Script")
        if styled > STYLE_AND_SCRIPT_BYTES:
            yield f"{styled} bytes of styles and scripts, {STYLE_AND_SCRIPT_BYTES} are allowed"


def rules_faults(headers: dict[str, str]) -> list[str]:
    """What the answer lets a browser do that no page of ours needs."""
    rules = headers.get("content-security-policy", "")
    needed = [part for part in ("default-src", "script-src", "style-src") if part not in rules]
    faults = [f"the rules for browsers do not speak of {part}" for part in needed]
    return faults + [
        f"the rules allow {one}" for one in ("unsafe-inline", "unsafe-eval", "*") if one in rules
    ]


def html_faults(checker: str, source: bytes) -> list[str]:
    """What the checker of the W3C finds wrong in the page as it was sent."""
    request = urllib.request.Request(  # noqa: S310  # our own address
        f"{checker}/?out=json&level=error",
        data=source,
        headers={"Content-Type": "text/html; charset=utf-8"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        messages = json.load(answer)["messages"]
    first_of = {
        one["message"]: f"html: {one['message']} {one.get('extract', '')[:120]!r}"
        for one in reversed(messages)
        if not any(line in one["message"] for line in _ALLOWED_HTML)
    }
    return list(first_of.values())


def axe_faults(page: Page, *, only: list[str] | None = None) -> list[str]:
    run = {"type": "rule", "values": only} if only else {"type": "tag", "values": RULES}
    found = Axe().run(page, options={"runOnly": run, "resultTypes": ["violations"]})
    return [
        f"axe {one['id']}: {node['target'][0]} {_last_line(node)}"
        for one in found.response["violations"]
        for node in one["nodes"]
        if not _is_pin_beside_pin(one["id"], node)
    ]


def _is_pin_beside_pin(rule: str, node: dict) -> bool:
    """Pins stand where things are, however near; the list on the same page opens the same."""
    return rule == "target-size" and "leaflet-interactive" in str(node["target"][0])


def _last_line(node: dict) -> str:
    return str(node.get("failureSummary", "")).splitlines()[-1].strip()


def keyboard_faults(page: Page) -> list[str]:
    """Walk through the whole page with Tab: each stop shows, none is left out."""
    page.evaluate("faces.begin()")
    faults = []
    for _press in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        fault = page.evaluate("faces.step()")
        if fault == "end":
            break
        faults += [fault] if fault else []
    return faults + page.evaluate("faces.unreached()")


def narrow_faults(page: Page) -> list[str]:
    """320 CSS pixels, as 1280 at 400 % has; then the same with more space between letters."""
    page.set_viewport_size({"width": 320, "height": 640})
    faults = [f"at 320 px: {line}" for line in page.evaluate("faces.wide()")]
    page.evaluate("faces.space()")
    faults += [f"spaced: {line}" for line in page.evaluate("[...faces.wide(), ...faces.clipped()]")]
    page.evaluate("faces.unspace()")
    return faults


def prose_faults(blocks: list[str]) -> list[str]:
    reached = grade(blocks)
    faults = []
    if reached is not None and reached > HARDEST_GRADE:
        faults.append(f"reads at grade {reached:.1f}, {HARDEST_GRADE:.0f} is the limit: {blocks}")
    long = [words for words in sentences_of(blocks) if len(words) > LONGEST_SENTENCE]
    return faults + [f"a sentence of {len(words)} words: {' '.join(words)}" for words in long]


@contextmanager
def opened(context: BrowserContext, own: str) -> Iterator[tuple[Page, Wire]]:
    """A new page of this context and what it loads."""
    page = context.new_page()
    wire = Wire(own)
    wire.watch(page, context.new_cdp_session(page))
    try:
        yield page, wire
    finally:
        page.close()
