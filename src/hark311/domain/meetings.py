"""What kinds of meetings a city holds with its residents."""

from enum import StrEnum


class MeetingKind(StrEnum):
    """AREA: of a planning unit or neighborhood. TOWN_HALL: of the whole city."""

    AREA = "area"
    COMMUNITY = "community"
    TOWN_HALL = "town_hall"
    SCHOOL = "school"
    OTHER = "other"
