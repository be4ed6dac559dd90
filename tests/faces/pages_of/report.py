"""The pages that ask for a report, one step at a time."""

from tests.channels.web.walk import Walker
from tests.faces.town import FacePage, Seen, Town, found, seen_by


def _with_service(town: Town) -> Walker:
    walker = town.walker().go("/report?service=pothole")
    return walker.send(description="A deep hole in the road by the school.", service="pothole")


def where(town: Town) -> Seen:
    return seen_by(_with_service(town))


def details(town: Town) -> Seen:
    walker = _with_service(town).send(lat="39.75", lon="-98.55", address="12 Main Street")
    if walker.url.split("?")[0].endswith("/same"):
        walker = walker.send(joins="none")
    return seen_by(walker)


PAGES = (
    FacePage("report/what", found("/report")),
    FacePage("report/what_with_service", found("/report?service=pothole")),
    FacePage("report/where", where),
    FacePage("report/details", details),
)
