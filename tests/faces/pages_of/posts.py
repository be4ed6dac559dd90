"""Messages to everybody, and a draft that came from a network."""

from dataclasses import replace

from tests.channels.social.payloads import tweet
from tests.faces.town import AGENT, AWKWARD, SUPERVISOR, FacePage, Seen, Town, found, seen_by

from hark311.channels.social import x
from hark311.channels.social.taking import take
from hark311.contacts.models import Draft
from hark311.domain.social import Network
from hark311.outreach.posts.writing import PostDraft, ask_for_post, write_post


def _written(town: Town, text: str = "Elm Street is closed until Friday.") -> int:
    """A message that waits for approval, which its department must give as well."""
    staff = town.staff
    draft = PostDraft(
        texts={"": text[:290], "x": text[:270]},
        networks=[Network.BLUESKY, Network.X, Network.MASTODON],
        language="en",
        fact_owner_id=town.account(AGENT).pk,
        agree=sorted(staff.departments)[:1],
        crawl=text[:150],
        fact=text[:290],
    )
    return ask_for_post(write_post(draft, actor=staff).pk, actor=staff).pk


def _list(town: Town) -> str:
    _written(town, AWKWARD)
    _written(town)
    return "/staff/posts"


def _change(town: Town) -> str:
    return f"/staff/posts/{_written(town)}/change"


def _mention(town: Town) -> Seen:
    """A draft from a network, held by the agent who looks at it."""
    said = replace(next(x.said_in(tweet())), text=f"There is a pothole. {AWKWARD}")
    take(said, town.city)
    draft = Draft.objects.filter(interaction__channel="social").latest("id")
    walker = town.walker(AGENT)
    walker.client.post(f"/staff/inbox/drafts/{draft.pk}/claim")
    return seen_by(walker, f"/staff/desk/{draft.pk}")


_NOT_BY_KEYS = (("keyboard", "a field for a day holds the focus while Tab goes through its parts"),)
PAGES = (
    FacePage("posts", _list, who=SUPERVISOR),
    FacePage("posts/one", lambda town: f"/staff/posts/{_written(town, AWKWARD)}", who=SUPERVISOR),
    FacePage("posts/new", found("/staff/posts/new"), who=SUPERVISOR, but_not=_NOT_BY_KEYS),
    FacePage("posts/change", _change, who=SUPERVISOR, but_not=_NOT_BY_KEYS),
    FacePage("desk/mention", _mention, who=AGENT),
)
