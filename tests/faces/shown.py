"""The pages of which pictures are taken, and how to get to each in a demonstration."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Page

Way = Callable[[Page, str], str]
AGENT, SUPERVISOR, ADMIN = "agent", "supervisor", "admin"
_OVERSIGHT, _INCIDENTS = "/staff/oversight", "/staff/incidents/"


@dataclass(frozen=True, slots=True)
class Shown:
    """One page. path: where it stands, or a walk that ends there. who: '' for a resident."""

    name: str
    about: str
    path: str | Way
    who: str = ""


def _here(page: Page) -> str:
    parts = urlsplit(page.url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def first_link(path: str, pattern: str) -> Way:
    """The first link of a page whose address has ``pattern`` in it."""

    def walk(page: Page, address: str) -> str:
        page.goto(f"{address}{path}")
        found = page.locator(f"main a[href*='{pattern}']").first.get_attribute("href")
        return str(found)

    return walk


def first_row(path: str, words: str) -> Way:
    """The first case of a list whose row has these words; else the first of all."""

    def walk(page: Page, address: str) -> str:
        page.goto(f"{address}{path}")
        rows = page.locator("main .list li")
        row = rows.filter(has_text=words) if rows.filter(has_text=words).count() else rows
        return str(row.locator("a[href*='/track/']").first.get_attribute("href"))

    return walk


def report_up_to(step: str) -> Way:
    """A report about a pothole, as far as this step."""

    def walk(page: Page, address: str) -> str:
        page.goto(f"{address}/report?service=pothole")
        page.fill("#description", "A deep hole in the road by the school, since Monday.")
        for _press in range(6):
            if f"/report/{step}" in page.url:
                return _here(page)
            _fill_in(page)
            page.locator("main form button.btn.big").last.click()
            page.wait_for_load_state("load")
        return _here(page)

    return walk


def _fill_in(page: Page) -> None:
    """Whatever the step asks for first."""
    if page.locator("#id_address").count():
        page.fill("#id_address", "230 Elm Street")
    for group in page.locator("main fieldset").all():
        choices = group.locator("input[type=radio]")
        if choices.count() and not group.locator("input[type=radio]:checked").count():
            choices.last.check(force=True)


def deed(code: str) -> Way:
    """The form of something that can be done with the first incident of the workspace."""

    def walk(page: Page, address: str) -> str:
        return f"{first_link(_OVERSIGHT, _INCIDENTS)(page, address)}/{code}"

    return walk


SHOWN = (
    Shown("home", "The first page", "/"),
    Shown("report", "Reporting: what is it about", "/report"),
    Shown("report-topic", "Reporting: is it one of these", "/report?service=pothole"),
    Shown("report-where", "Reporting: where is it", report_up_to("where")),
    Shown("report-details", "Reporting: a few questions", report_up_to("details")),
    Shown("report-contact", "Reporting: how to reach you", report_up_to("contact")),
    Shown("report-review", "Reporting: check and send", report_up_to("review")),
    Shown("track", "Track a report", "/track"),
    Shown("track-refused", "What is to be fixed", "/track?number=12"),
    Shown("case", "A case", first_link("/cases?status=open", "/track/")),
    Shown("case-closed", "A case that is closed", first_row("/cases?status=closed", "Fixed")),
    Shown("cases", "What others reported", "/cases"),
    Shown("map", "What others reported, on the map", "/map"),
    Shown("which-number", "Which number to call", "/answers/which-number"),
    Shown("account", "My cases", "/account"),
    Shown("not-found", "Nothing here", "/nowhere"),
    Shown("work", "Staff: the work", "/staff/", SUPERVISOR),
    Shown("queue", "Staff: a queue", "/staff/queues?all=1", SUPERVISOR),
    Shown("incident", "Staff: an incident", first_link(_OVERSIGHT, _INCIDENTS), SUPERVISOR),
    Shown("close", "Staff: closing with proof", deed("close"), SUPERVISOR),
    Shown("desk", "Staff: a call comes in", "/staff/desk", AGENT),
    Shown("inbox", "Staff: the inbox", "/staff/inbox", AGENT),
    Shown("oversight", "Staff: what needs a supervisor", _OVERSIGHT, SUPERVISOR),
    Shown("people", "Staff: who works here", "/staff/people", ADMIN),
    Shown("design", "Every part of the pages", "/staff/design", ADMIN),
)
