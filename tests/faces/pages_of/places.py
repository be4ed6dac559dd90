"""The list of public reports and the map."""

from tests.faces.town import FacePage, found

PAGES = (
    FacePage("cases", found("/cases")),
    FacePage("cases/near", found("/cases?near=main+and+mill&status=open")),
    FacePage("cases/none", found("/cases?q=zzzzzz")),
    FacePage("map", found("/map")),
    FacePage("map/none", found("/map?near=xqzzv+99&q=zzzz")),
)
