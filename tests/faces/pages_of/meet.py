"""Where the city is met: the kiosk and its screen, meetings, and the end of messages."""

from datetime import timedelta
from uuid import uuid4

from tests.faces.town import AGENT, AWKWARD, FacePage, Town, found

from hark311.access.links import LinkKind, token_for
from hark311.contacts.actions import Touch
from hark311.contacts.models import Ticket
from hark311.contacts.tickets import call_next, take_ticket
from hark311.domain.tickets import Need
from hark311.domain.vocabulary import Channel, InteractionKind
from hark311.government.models import Jurisdiction
from hark311.outreach.models import Meeting, MeetingQuestion, MeetingRow
from hark311.platform import clock


def ticket(need: Need = Need.REPORT, interpreter: str = "") -> Ticket:
    here = Jurisdiction.objects.get(is_default=True)
    touch = Touch(
        jurisdiction_id=here.pk,
        channel=Channel.DESK,
        kind=InteractionKind.INQUIRY,
        language="en",
        at=clock.now(),
        source_key=f"ticket:{uuid4().hex}",
    )
    return take_ticket(touch, need, interpreter=interpreter)


def meeting(days: int, *, title: str = "South ward in June") -> Meeting:
    start = clock.now() + timedelta(days=days)
    return Meeting.objects.create(
        jurisdiction=Jurisdiction.objects.get(is_default=True),
        kind="area",
        title=title,
        place="Library, 1 Main St",
        about="What you want to tell us.",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        updated_at=clock.now(),
    )


def _held(town: Town) -> Meeting:
    """A meeting with a case, a line that was refused, and a question."""
    held = meeting(-3)
    case = town.report(days_ago=2)
    MeetingRow.objects.create(meeting=held, key="a", position=0, case_number=case.number)
    typed = {"said": AWKWARD, "address": "1 Main St"}
    MeetingRow.objects.create(
        meeting=held, key="b", position=1, content=typed, fault="unknown_service"
    )
    MeetingQuestion.objects.create(
        meeting=held, text="When is the park open?", asked_at=clock.now()
    )
    return held


def _ticket(_town: Town) -> str:
    mine = ticket(interpreter="vi")
    return f"/kiosk/ticket/{mine.pk}-{token_for(LinkKind.TICKET, mine.pk)}"


def _screen(town: Town) -> str:
    for need in Need:
        ticket(need)
    call_next("Desk 2", actor=town.staff, at=clock.now())
    return "/kiosk/screen"


def _tickets(_town: Town) -> str:
    ticket(Need.STATUS, interpreter="am")
    return "/staff/tickets"


def _events(_town: Town) -> str:
    meeting(5, title=AWKWARD[:180])
    meeting(-5)
    return "/events"


def _meetings(town: Town) -> str:
    _held(town)
    return "/staff/meetings"


_NOT_BY_KEYS = (("keyboard", "a field for a day holds the focus while Tab goes through its parts"),)
PAGES = (
    FacePage("kiosk", found("/kiosk")),
    FacePage("kiosk/need", found("/kiosk/need")),
    FacePage("kiosk/ticket", _ticket),
    FacePage("kiosk/screen", _screen),
    FacePage("staff/tickets", _tickets, who=AGENT),
    FacePage("events", _events),
    FacePage("events/one", lambda town: f"/events/{_held(town).pk}"),
    FacePage("staff/meetings", _meetings, who=AGENT),
    FacePage("staff/meetings/new", found("/staff/meetings/new"), AGENT, but_not=_NOT_BY_KEYS),
    FacePage("staff/meetings/one", lambda town: f"/staff/meetings/{_held(town).pk}", who=AGENT),
)
