"""The first page, the pages of errors, and what every visitor finds in the foot."""

from tests.faces.town import FacePage, Town, found


def case_in_arabic(town: Town) -> str:
    return f"/ar/track/{town.report(days_ago=1).number}"


PAGES = (
    FacePage("home", found("/")),
    FacePage("home/es", found("/es/")),
    FacePage("home/ar", found("/ar/")),
    FacePage("cases/ar", found("/ar/cases")),
    FacePage("case/ar", case_in_arabic),
    FacePage("report/ar", found("/ar/report?service=pothole")),
    FacePage("which_number", found("/answers/which-number")),
    FacePage("not_found", found("/nowhere"), status=404),
    FacePage(
        "design",
        found("/staff/design"),
        but_not=(("grade", "sample words out of context"), ("wire", "shows everything there is")),
    ),
    FacePage("outbox", found("/demo/outbox")),
)
