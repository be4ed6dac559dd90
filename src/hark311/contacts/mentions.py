"""Keeps who wrote on a social network, and the words that go back there."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from hark311.contacts.actions import add_message
from hark311.contacts.models import Draft, Interaction, Mention, SocialAnswer
from hark311.domain.actor import Actor
from hark311.domain.errors import MissingText, NotFound, TextTooLong
from hark311.domain.social import LONGEST, LONGEST_MESSAGE, Network

# Who writes again within this time goes on with what waits or was taken.
GOES_ON = timedelta(days=7)
# A network that is away is asked again for about a day.
TRIES = 10
LEASE = timedelta(minutes=5)
TOLD_WITHIN = timedelta(days=60)
_WAITING = ("open", "claimed")


@dataclass(frozen=True, slots=True)
class From:
    """Who wrote on a network. post, address: "" where nobody else can read it."""

    network: Network
    author: str
    author_name: str
    is_public: bool
    post: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A mention for who answers it. answers: what went back, with how each fared."""

    mention_id: int
    network: Network
    author_name: str
    is_public: bool
    address: str
    answers: tuple[tuple[str, bool, str, datetime], ...]


def keep_mention(interaction: Interaction, who: From) -> Mention:
    """Note who wrote; twice is as once."""
    mention, _is_new = Mention.objects.get_or_create(
        interaction=interaction,
        defaults={
            "network": who.network.value,
            "author": who.author[:200],
            "author_name": who.author_name[:200],
            "is_public": who.is_public,
            "post": who.post[:400],
            "address": who.address[:500],
        },
    )
    return mention


def earlier_touch(jurisdiction_id: int, who: From, *, at: datetime) -> Interaction | None:
    """The latest touch of the same author that is a week old at most, locked; None without one."""
    mention = (
        Mention.objects.filter(
            network=who.network.value,
            author=who.author[:200],
            interaction__jurisdiction_id=jurisdiction_id,
            interaction__started_at__gt=at - GOES_ON,
        )
        .order_by("-id")
        .first()
    )
    if mention is None:
        return None
    return Interaction.objects.select_for_update(no_key=True).get(pk=mention.interaction_id)


def waiting_draft(interaction: Interaction) -> Draft | None:
    """The draft of a touch, locked, if it still waits."""
    rows = Draft.objects.select_for_update(no_key=True)
    return rows.filter(interaction=interaction, state__in=_WAITING).first()


def send_back(mention: Mention, text: str, *, is_public: bool, at: datetime) -> SocialAnswer:
    """Put words on their way to the network; they are sent soon after.

    Raises MissingText, and TextTooLong with the limit of the network.
    """
    network = Network(mention.network)
    limit = LONGEST.get(network, 0) if is_public else LONGEST_MESSAGE[network]
    if not text.strip():
        raise MissingText(field="text")
    if len(text) > limit:
        raise TextTooLong(limit=limit)
    message = add_message(mention.interaction, text, at=at, is_inbound=False, handled_at=at)
    return SocialAnswer.objects.create(
        mention=mention, message=message, is_public=is_public, next_try_at=at
    )


@transaction.atomic
def answer_mention(
    mention_id: int, text: str, *, is_public: bool, actor: Actor, at: datetime
) -> SocialAnswer:
    """What staff answer. Raises NotFound, and as ``send_back``."""
    mention = (
        Mention.objects.select_related("interaction")
        .filter(pk=mention_id, interaction__jurisdiction_id=actor.jurisdiction_id)
        .first()
    )
    if mention is None or (is_public and not mention.is_public):
        raise NotFound(what="mention")
    return send_back(mention, text, is_public=is_public, at=at)


def mention_of_draft(draft_id: int, jurisdiction_id: int) -> Shown | None:
    """Who wrote what became a draft; None if it did not come from a network. Two statements."""
    mention = (
        Mention.objects.filter(
            interaction__draft=draft_id, interaction__jurisdiction_id=jurisdiction_id
        )
        .prefetch_related("answers__message")
        .first()
    )
    if mention is None:
        return None
    answers = sorted(mention.answers.all(), key=lambda one: one.pk)
    return Shown(
        mention_id=mention.pk,
        network=Network(mention.network),
        author_name=mention.author_name or mention.author,
        is_public=mention.is_public,
        address=mention.address,
        answers=tuple(
            (one.message.text, one.is_public, one.state, one.message.at) for one in answers
        ),
    )


def untold(at: datetime) -> list[Mention]:
    """Mentions that led to a case of which nobody on the network was told yet, locked; at most 50.

    Only of the last two months: of what was put away nothing is told.
    """
    rows = Mention.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        told_at__isnull=True, interaction__started_at__gt=at - TOLD_WITHIN
    )
    rows = rows.exclude(interaction__case_number="")
    return list(rows.select_related("interaction__jurisdiction").order_by("id")[:50])


@transaction.atomic
def claim_answers(at: datetime) -> list[SocialAnswer]:
    """Answers whose time has come, at most 20; nobody else gets them for five minutes."""
    due = list(
        SocialAnswer.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(state="waiting", next_try_at__lte=at)
        .select_related("mention__interaction", "message")
        .order_by("next_try_at")[:20]
    )
    for one in due:
        one.attempts, one.next_try_at = one.attempts + 1, at + LEASE
        one.save(update_fields=["attempts", "next_try_at"])
    return due


def note_sent(answer: SocialAnswer, key: str) -> None:
    """An answer is there."""
    answer.state, answer.key, answer.failure = "sent", key[:400], ""
    answer.save(update_fields=["state", "key", "failure"])


def note_unsent(answer: SocialAnswer, reason: str, *, is_final: bool, at: datetime) -> None:
    """An answer could not be sent; unless that is final it is tried again, ever more seldom."""
    is_over = is_final or answer.attempts >= TRIES
    answer.state = "failed" if is_over else "waiting"
    answer.failure = reason[:40]
    answer.next_try_at = at + timedelta(minutes=2 ** min(answer.attempts, 8))
    answer.save(update_fields=["state", "failure", "next_try_at"])
