"""The queues of staff, and what is done to many rows at once."""

from tests.faces.town import SUPERVISOR, FacePage, found

PAGES = (
    FacePage("queues", found("/staff/"), who=SUPERVISOR),
    FacePage("queue", found("/staff/queues/streets"), who=SUPERVISOR),
)
