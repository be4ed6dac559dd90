"""A page used by keyboard alone: Tab until something has the focus, which must show."""

from playwright.sync_api import Page

# A choice shows its ring around the whole row.
_RING = """() => {
  const on = document.activeElement;
  const shown = [on, on.closest("label"), on.closest("tr")].filter(Boolean).map(getComputedStyle);
  return shown.some((style) => style.outlineStyle !== "none" || style.boxShadow !== "none");
}"""
_MOST_STEPS = 150


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on such an element; nothing is pressed if it is already."""
    for _step in range(_MOST_STEPS):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            assert page.evaluate(_RING), f"nothing shows that {selector} has the focus"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector} on {page.url}")


def press(page: Page, selector: str) -> None:
    """Tab to it and press Enter."""
    tab_to(page, selector)
    page.keyboard.press("Enter")


def say(page: Page, words: str) -> None:
    """Type into the field that has the focus, in place of what stands in it."""
    page.keyboard.press("Control+a")
    page.keyboard.type(words)
