"""The first page, the pages of errors, and what every visitor finds in the foot."""

from tests.faces.town import FacePage, found

PAGES = (
    FacePage("home", found("/")),
    FacePage("home/es", found("/es/")),
    FacePage("which_number", found("/which-number")),
    FacePage("not_found", found("/nowhere"), status=404),
    FacePage(
        "design",
        found("/staff/design"),
        but_not=(("grade", "sample words out of context"), ("wire", "shows everything there is")),
    ),
    FacePage("outbox", found("/demo/outbox")),
)
