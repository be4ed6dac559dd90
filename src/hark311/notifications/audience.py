"""Who is told about an event: those whose case it is about, and those who follow it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from hark311.cases.feed import FeedItem
from hark311.cases.models import Case, Dispute, Follow, Membership
from hark311.contacts.consents import phones_on
from hark311.domain.vocabulary import (
    DisputeState,
    EventKind,
    Privacy,
    Standing,
    Visibility,
)
from hark311.domain.wishes import Topic
from hark311.people.models import Person
from hark311.people.wishes import wishes_of

# Their facts say which cases they were about.
_NAMES_ITS_CASES = frozenset(
    {EventKind.CLOSED, EventKind.REOPENED, EventKind.MERGED_INTO, EventKind.SURVEY_ASKED}
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person about one case. reason: why nothing is sent; "" if something is.

    channel: "sms" for those who have no mail and want texts.
    """

    person_id: int
    case_id: int
    language: str
    reason: str
    channel: str = "email"


def audience_of(item: FeedItem, topic: Topic | None = None) -> tuple[Recipient, ...]:
    """Everybody who is told of an event that tells somebody, each once; at most four statements.

    The reporters of the active cases it is about come first: of its own case, of the cases that
    it names, or of all that belonged to the incident when it happened. Then those who follow,
    of what is public and about the incident as a whole, unless they reported it as well.

    topic: what an account may have left out; None for what always comes.
    """
    reporters = [(case.person, case.pk) for case in _cases(item).select_related("person")]
    followers = [(row.person, row.case_id) for row in _follows(item)]
    told = tuple(_each_once(reporters, followers))
    people = {person.pk: person for person, _case in (*reporters, *followers) if person}
    return tuple(_by_text(_as_wished(told, people, item, topic), people, item))


def why_not(person: Person) -> str:
    """Why this person is not written to; "" if they are."""
    if not person.wants_updates:
        return "not_wanted"
    return "" if person.email else "no_email"


def _as_wished(
    told: Sequence[Recipient], people: Mapping[int, Person], item: FeedItem, topic: Topic | None
) -> Iterator[Recipient]:
    """The same, less those whose account wants no news of this topic."""
    accounts = {one.account_id for one in people.values() if one.account_id is not None}
    wishes = wishes_of(accounts, item.jurisdiction_id)
    for one in told:
        wish = wishes.get(people[one.person_id].account_id or 0)
        is_refused = wish is not None and not wish.wants(topic)
        yield replace(one, reason="not_wanted") if is_refused and not one.reason else one


def _by_text(
    told: Iterable[Recipient], people: Mapping[int, Person], item: FeedItem
) -> Iterator[Recipient]:
    """The same; who has no mail and said that they want texts is sent those."""
    found = list(told)
    phones = {
        people[one.person_id].phone
        for one in found
        if one.reason == "no_email" and people[one.person_id].phone
    }
    wanted = phones_on(item.jurisdiction_id, phones)
    for one in found:
        by_text = one.reason == "no_email" and people[one.person_id].phone in wanted
        yield replace(one, reason="", channel="sms") if by_text else one


def _each_once(
    reporters: Sequence[tuple[Person | None, int]], followers: Iterable[tuple[Person, int]]
) -> Iterable[Recipient]:
    told: dict[int, Recipient] = {}
    for person, case_id in reporters:
        if person is not None and person.pk not in told:
            told[person.pk] = _recipient(person, case_id)
    # One who reported it and is written to is not written to again as a follower.
    addresses = {
        person.email.lower()
        for person, _case_id in reporters
        if person is not None and not why_not(person)
    }
    for person, case_id in followers:
        if person.pk not in told and person.email.lower() not in addresses:
            told[person.pk] = _recipient(person, case_id)
            addresses.add(person.email.lower())
    return told.values()


def _recipient(person: Person, case_id: int) -> Recipient:
    return Recipient(person.pk, case_id, person.language, why_not(person))


def _cases(item: FeedItem) -> QuerySet[Case]:
    rows = Case.objects.filter(
        jurisdiction=item.jurisdiction_id, standing=Standing.ACTIVE.value, person__isnull=False
    ).order_by("id")
    if item.case_id is not None:
        return rows.filter(pk=item.case_id)
    if item.kind in _NAMES_ITS_CASES:
        rows = rows.filter(pk__in=_facts(item).get("cases", ()))
        return rows.exclude(pk__in=_answered_by(item))
    belonged = Membership.objects.filter(
        Q(to_at__isnull=True) | Q(to_at__gt=item.at), incident=item.stream_id, from_at__lte=item.at
    )
    rows = rows.filter(pk__in=belonged.values("case"))
    return rows.exclude(_came_along(item))


def _came_along(item: FeedItem) -> Q:
    """Whose reports a merge brought here: another event of the same merge tells them."""
    if item.kind is not EventKind.MERGED_FROM:
        return Q(pk__in=())
    moved = Case.objects.filter(pk__in=_facts(item).get("cases", ()))
    addresses = moved.exclude(person__email="").values("person__email")
    return Q(pk__in=moved.values("pk")) | Q(person__email__in=addresses)


def _answered_by(item: FeedItem) -> QuerySet[Dispute, int]:
    """The cases whose dispute was upheld by the very reopening: the answer tells them."""
    upheld = Dispute.objects.filter(
        incident=item.stream_id, state=DisputeState.UPHELD.value, answered_at=item.at
    )
    if item.kind is not EventKind.REOPENED:
        upheld = upheld.none()
    return upheld.values_list("case", flat=True)


def _follows(item: FeedItem) -> QuerySet[Follow]:
    rows = Follow.objects.filter(
        to_at__isnull=True, from_at__lte=item.at, case__privacy=Privacy.PUBLIC.value
    )
    if item.case_id is not None or item.visibility is not Visibility.PUBLIC:
        return rows.none()
    if item.kind is EventKind.MERGED_INTO:
        # Who follows a case went along with it.
        rows = rows.filter(case__in=_facts(item).get("cases", ()))
    else:
        rows = rows.filter(incident=item.stream_id)
        if item.kind is EventKind.MERGED_FROM:
            rows = rows.exclude(case__in=_facts(item).get("cases", ()))
    return rows.select_related("person").order_by("id")


def _facts(item: FeedItem) -> Mapping[str, Any]:
    return item.facts or {}
