"""The agent's desk, the inbox, search, oversight, people and sign-in."""

from tests.faces.town import (
    ADMIN,
    AGENT,
    AWKWARD,
    CREW,
    SUPERVISOR,
    FacePage,
    Seen,
    Town,
    found,
    seen_by,
)

from hark311.access.entry import entry_token


def _call(town: Town, step: str = "save", **typed: str) -> Seen:
    """A call in which a caller of several languages is looked for and says a lot."""
    walker = town.walker(AGENT)
    case = town.report(contact=town.reporter("Rosa Alvarez"), days_ago=20)
    begun = walker.client.post("/staff/desk", {"key": "faces" + step, "channel": "phone"}).url
    said = {
        "channel": "phone",
        "language": "es",
        "description": f"Hay un bache. {AWKWARD}",
        "service": "pothole",
        "address": "12 Main Street",
        "lat": "39.75",
        "lon": "-98.55",
        "q_size": "plate",
        "wants_public": "on",
        **typed,
    }
    walker.client.post(f"{begun}/caller", {**said, "person": str(case.person_id)})
    walker.client.post(begun, {**said, "step": step})
    return seen_by(walker, begun)


def _read_back(town: Town) -> Seen:
    return _call(town, "take", join="none")


def _person(town: Town) -> str:
    return f"/staff/people/{town.account(CREW).pk}"


def _welcome(town: Town) -> str:
    return f"/staff/welcome/{entry_token(town.account(CREW))}"


PAGES = (
    FacePage("staff/sign_in", found("/staff/sign-in")),
    FacePage("inbox", found("/staff/inbox"), who=AGENT),
    FacePage("desk", found("/staff/desk"), who=AGENT),
    FacePage("desk/call", _call, who=AGENT),
    FacePage("desk/danger", lambda town: _call(town, description="Smoke and fire"), who=AGENT),
    FacePage("desk/read_back", _read_back, who=AGENT),
    FacePage(
        "desk/lines",
        found("/staff/desk/lines"),
        who=AGENT,
        but_not=(("no script", "the buttons that send the form come with those who wait"),),
    ),
    FacePage("new", found("/staff/new?service=pothole"), who=AGENT),
    FacePage("search", found("/staff/search?q=hole"), who=AGENT),
    FacePage("oversight", found("/staff/oversight"), who=SUPERVISOR),
    FacePage("people", found("/staff/people"), who=ADMIN),
    FacePage("people/invite", found("/staff/people/new"), who=ADMIN),
    FacePage(
        "people/person",
        _person,
        who=ADMIN,
        but_not=(
            ("keyboard", "a field for a day holds the focus while Tab goes through its parts"),
        ),
    ),
    FacePage("people/welcome", _welcome),
    FacePage("people/password", found("/staff/password"), who=AGENT),
    FacePage("routing", found("/staff/routing?last=100"), who=SUPERVISOR),
)
