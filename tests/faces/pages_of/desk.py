"""The agent's desk, the inbox, search, oversight, people and sign-in."""

from tests.faces.town import AGENT, SUPERVISOR, FacePage, found

PAGES = (
    FacePage("staff/sign_in", found("/staff/sign-in")),
    FacePage("inbox", found("/staff/inbox"), who=AGENT),
    FacePage("new", found("/staff/new?service=pothole"), who=AGENT),
    FacePage("search", found("/staff/search?q=hole"), who=AGENT),
    FacePage("late", found("/staff/late"), who=SUPERVISOR),
    FacePage("routing", found("/staff/routing?last=100"), who=SUPERVISOR),
)
