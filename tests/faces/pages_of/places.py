"""The list of public reports and the map."""

from tests.faces.town import FacePage, found

PAGES = (
    FacePage("cases", found("/cases")),
    FacePage("cases/none", found("/cases?q=zzzzzz")),
)
