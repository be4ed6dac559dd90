"""Every page that is looked at, in one list; each area keeps its own part beside this file.

To add a page: append a ``FacePage`` to the list of its area in ``pages_of/``. Its maker gets the
town, makes what the page shows and returns the path. ``test_every_page`` does the rest.
"""

from tests.faces.pages_of import (
    alerts,
    answers,
    case,
    desk,
    frame,
    incident,
    meet,
    places,
    posts,
    queue,
    report,
)
from tests.faces.town import FacePage

PAGES: tuple[FacePage, ...] = (
    *frame.PAGES,
    *alerts.PAGES,
    *answers.PAGES,
    *report.PAGES,
    *case.PAGES,
    *places.PAGES,
    *queue.PAGES,
    *incident.PAGES,
    *desk.PAGES,
    *meet.PAGES,
    *posts.PAGES,
)
