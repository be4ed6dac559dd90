"""The kinds of meetings, and why a line of what was told there could not be sent, in words."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy

from hark311.domain.meetings import MeetingKind

MEETING_KINDS: Mapping[MeetingKind, LazyText] = MappingProxyType(
    {
        MeetingKind.AREA: gettext_lazy("Meeting of an area"),
        MeetingKind.COMMUNITY: gettext_lazy("Community meeting"),
        MeetingKind.TOWN_HALL: gettext_lazy("Town hall"),
        MeetingKind.SCHOOL: gettext_lazy("Visit to a school"),
        MeetingKind.OTHER: gettext_lazy("Other meeting"),
    }
)
