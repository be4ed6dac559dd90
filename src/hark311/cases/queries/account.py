"""Reads the cases of an account: those it reported, page by page, and those it follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q

from hark311.cases.models import Case, Follow, Question
from hark311.cases.queries.public import PublicCase, records_of
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import Standing
from hark311.government.models import Jurisdiction

# Of the cases that an account follows; older ones open by their number.
AT_MOST = 200
_CLOSED = Q(standing=Standing.WITHDRAWN.value) | Q(incident__state=State.CLOSED.value)


class Shown(StrEnum):
    """Which of an account's cases a list shows."""

    ALL = "all"
    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class OwnCases:
    """One page of an account's own cases, and how many there are of each kind."""

    cases: tuple[PublicCase, ...]
    counts: Mapping[Shown, int]
    has_more: bool


@dataclass(frozen=True, slots=True)
class FollowedCase:
    """A case of somebody else that an account follows, and by which follow."""

    case: PublicCase
    follow_id: int


def cases_of_account(
    jurisdiction: Jurisdiction,
    account_id: int,
    *,
    shown: Shown = Shown.ALL,
    page: int = 1,
    size: int = 20,
) -> OwnCases:
    """The cases whose reporter proved to be this account: what waits for them, then the newest.

    None of a sensitive one. page counts from 1. Three statements.
    """
    open_questions = Question.objects.filter(case=OuterRef("pk"), state="open")
    rows = Case.objects.filter(
        jurisdiction=jurisdiction, person__account_id=account_id, is_sensitive=False
    )
    waits = Q(Exists(open_questions))
    counts = rows.aggregate(
        all=Count("pk"),
        waiting=Count("pk", filter=waits),
        closed=Count("pk", filter=_CLOSED),
    )
    wanted = {
        Shown.ALL: Q(),
        Shown.WAITING: waits,
        Shown.OPEN: ~_CLOSED,
        Shown.CLOSED: _CLOSED,
    }[shown]
    start = (page - 1) * size
    found = list(
        rows.filter(wanted)
        .annotate(waits=Exists(open_questions))
        .order_by("-waits", "-opened_at", "-id")
        .values_list("pk", flat=True)[start : start + size + 1]
    )
    return OwnCases(
        cases=tuple(records_of(jurisdiction, found[:size]).values()),
        counts={
            Shown.ALL: counts["all"],
            Shown.WAITING: counts["waiting"],
            Shown.OPEN: counts["all"] - counts["closed"],
            Shown.CLOSED: counts["closed"],
        },
        has_more=len(found) > size,
    )


def followed_by_account(jurisdiction: Jurisdiction, account_id: int) -> tuple[FollowedCase, ...]:
    """The cases of others that this account follows, the newest 200."""
    follows = dict(
        Follow.objects.filter(person__account_id=account_id, to_at__isnull=True)
        .order_by("id")
        .values_list("case_id", "pk")
    )
    rows = Case.objects.filter(jurisdiction=jurisdiction, pk__in=follows, privacy="public")
    newest = rows.order_by("-opened_at", "-id").values_list("pk", flat=True)[:AT_MOST]
    found = records_of(jurisdiction, newest)
    return tuple(FollowedCase(case, follows[case_id]) for case_id, case in found.items())
