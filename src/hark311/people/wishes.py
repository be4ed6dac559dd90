"""Keeps and reads what people want to be told: by channel, topic, address and language."""

from collections.abc import Collection, Mapping

from django.db import transaction

from hark311.domain.errors import NotAllowed
from hark311.domain.wishes import Topic, Wish, WishChannel
from hark311.government.models import Account, Jurisdiction
from hark311.people.models import NoticeWish, Person


def wish_of(
    account: Account, jurisdiction: Jurisdiction, channel: WishChannel = WishChannel.EMAIL
) -> Wish:
    """What the account wants by a channel; everything, where it never said."""
    row = NoticeWish.objects.filter(
        account=account, jurisdiction=jurisdiction, channel=channel.value
    ).first()
    if row is not None:
        return _wish(row)
    wishes = Person.objects.filter(account=account, jurisdiction=jurisdiction).values_list(
        "wants_updates", flat=True
    )
    is_on = any(wishes) or not wishes
    return Wish(channel=channel, is_on=is_on, language=account.language)


def wishes_of(
    account_ids: Collection[int], jurisdiction_id: int, channel: WishChannel = WishChannel.EMAIL
) -> Mapping[int, Wish]:
    """By account, what those have said who said anything. One statement, or none for nobody."""
    if not account_ids:
        return {}
    rows = NoticeWish.objects.filter(
        account__in=account_ids, jurisdiction=jurisdiction_id, channel=channel.value
    )
    return {row.account_id: _wish(row) for row in rows}


@transaction.atomic
def keep_wish(account: Account, jurisdiction: Jurisdiction, wish: Wish) -> None:
    """Keep what the account wants by one channel, for the reports it has and those to come.

    Raises NotAllowed for an address that the account has not proved.
    """
    if wish.address and wish.address not in own_addresses(account, jurisdiction):
        raise NotAllowed(what="address")
    NoticeWish.objects.update_or_create(
        account=account,
        jurisdiction=jurisdiction,
        channel=wish.channel.value,
        defaults={
            "is_on": wish.is_on,
            "address": wish.address,
            "language": wish.language,
            "topics": sorted(topic.value for topic in wish.topics),
        },
    )
    Person.objects.filter(account=account, jurisdiction=jurisdiction).update(
        wants_updates=wish.is_on, language=wish.language
    )


def own_addresses(account: Account, jurisdiction: Jurisdiction) -> tuple[str, ...]:
    """The e-mail addresses that the account has proved: its own first, then by name."""
    given = (
        Person.objects.filter(account=account, jurisdiction=jurisdiction)
        .exclude(email="")
        .values_list("email", flat=True)
        .distinct()
    )
    others = sorted({one.lower() for one in given} - {account.email.lower()})
    return (account.email.lower(), *others)


def address_of(person: Person) -> str:
    """Where mail to this person goes: where their account wants it, else as they gave it."""
    if person.account_id is None:
        return person.email
    wish = wishes_of([person.account_id], person.jurisdiction_id).get(person.account_id)
    return wish.address if wish and wish.address else person.email


def _wish(row: NoticeWish) -> Wish:
    return Wish(
        channel=WishChannel(row.channel),
        is_on=row.is_on,
        address=row.address,
        language=row.language,
        topics=frozenset(Topic(one) for one in row.topics),
    )
