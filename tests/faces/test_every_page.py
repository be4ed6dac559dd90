"""Every page, for everyone: in a real browser, on a real server, with the same town behind it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.faces.conftest import Faces
from tests.faces.looking import (
    SCRIPT,
    axe_faults,
    html_faults,
    keyboard_faults,
    narrow_faults,
    opened,
    prose_faults,
    rules_faults,
)
from tests.faces.pages import PAGES
from tests.faces.town import RESIDENT, FacePage

pytestmark = pytest.mark.browser
MOST_TOLD = 20


@pytest.mark.parametrize("page", [pytest.param(page, id=page.name) for page in PAGES])
def test_the_page_is_sound_for_everyone(page: FacePage, faces: Faces, browser: Browser):
    made = faces.pages[page.name]
    assert "fault" not in made, made["fault"]

    skipped = dict(page.but_not)
    faults = [line for kind, line in _faults(page, made, faces, browser) if kind not in skipped]

    assert faults == [], "\n".join(f"{page.name}: {line}" for line in ["", *faults[:MOST_TOLD]])


def test_no_two_pages_have_the_same_name():
    names = [page.name for page in PAGES]

    assert len(names) == len(set(names))


def _faults(
    page: FacePage, made: dict[str, str], faces: Faces, browser: Browser
) -> Iterator[tuple[str, str]]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, reduced_motion="reduce", locale="en-US"
    )
    _sign_in(context, page, made, faces)
    with opened(context, faces.address) as (tab, wire):
        answer = tab.goto(faces.address + made["path"], wait_until="load")
        if answer.status != page.status:
            yield "status", f"answers {answer.status}, not {page.status}"
        yield from (("rules", line) for line in rules_faults(answer.headers))
        if faces.checker:
            yield from (("html", line) for line in html_faults(faces.checker, answer.body()))
        tab.evaluate(SCRIPT)
        yield from (("wire", line) for line in wire.faults())
        yield from _seen_faults(tab)
        forms = tab.evaluate("faces.forms()")
    context.close()
    bare = browser.new_context(java_script_enabled=False, locale="en-US")
    _sign_in(bare, page, made, faces)
    yield from (("no script", line) for line in _without_script(bare, faces, made, forms))
    bare.close()


def _seen_faults(tab: Page) -> Iterator[tuple[str, str]]:
    yield from (("structure", line) for line in tab.evaluate("faces.structure()"))
    yield from (("axe", line) for line in axe_faults(tab))
    yield from (("keyboard", line) for line in keyboard_faults(tab))
    if tab.evaluate("document.documentElement.lang") == "en":
        yield from (("grade", line) for line in prose_faults(tab.evaluate("faces.prose()")))
    tab.emulate_media(color_scheme="dark")
    yield from (("axe", f"dark {line}") for line in axe_faults(tab, only=["color-contrast"]))
    tab.emulate_media(forced_colors="active")
    yield from (("forced", line) for line in tab.evaluate("faces.borderless()"))
    tab.emulate_media(forced_colors="none", color_scheme="light")
    yield from (("narrow", line) for line in narrow_faults(tab))


def _sign_in(context: BrowserContext, page: FacePage, made: dict[str, str], faces: Faces) -> None:
    key = made["session"] or ("" if page.who == RESIDENT else faces.sessions[page.who])
    if key:
        context.add_cookies([{"name": faces.cookie, "value": key, "url": faces.address}])


def _without_script(
    context: BrowserContext, faces: Faces, made: dict[str, str], forms: list[str]
) -> Iterator[str]:
    """The same forms are there, and each can be sent."""
    tab = context.new_page()
    tab.goto(faces.address + made["path"], wait_until="load")
    # The browser answers such questions also where pages may run no scripts.
    tab.evaluate(SCRIPT)
    there = tab.evaluate("faces.forms()")
    for form in forms:
        if form not in there:
            yield f"a form is there with scripts only: {form}"
    yield from tab.evaluate("faces.mute()")
    tab.close()
