"""Tables of cases, incidents, work orders and their ledger of events."""

from hark311.cases.models.case import Case, Clock, Dispute, Promise, Question, Rating
from hark311.cases.models.event import DailyRoot, Event, EventBody, EventFeed, ReaderPosition
from hark311.cases.models.incident import (
    Attachment,
    Follow,
    Incident,
    Membership,
    Relation,
    WorkOrder,
)
from hark311.cases.models.map import MapCell, MapPin
from hark311.cases.models.row import LedgerRow

__all__ = [
    "Attachment",
    "Case",
    "Clock",
    "DailyRoot",
    "Dispute",
    "Event",
    "EventBody",
    "EventFeed",
    "Follow",
    "Incident",
    "LedgerRow",
    "MapCell",
    "MapPin",
    "Membership",
    "Promise",
    "Question",
    "Rating",
    "ReaderPosition",
    "Relation",
    "WorkOrder",
]
