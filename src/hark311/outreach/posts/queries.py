"""Reads messages to everybody: the list, one with its steps, and what is true to say now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from hark311.domain.errors import NotFound
from hark311.domain.social import Network, PostFault, PostState, faults_of
from hark311.outreach.posts.models import Post
from hark311.outreach.posts.writing import composed

# How long a line for agents stands where nobody said until when.
FACT_LASTS = timedelta(days=7)
_LISTED = 100


@dataclass(frozen=True, slots=True)
class Agreement:
    """department_id: whose. by: the name of who agreed, "" while nobody has."""

    department_id: int
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Delivered:
    """The message on one network."""

    network: Network
    state: str
    address: str
    failure: str


@dataclass(frozen=True, slots=True)
class Step:
    """kind: what was done. by: "" for what the machine did."""

    kind: str
    by: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message as staff see it."""

    id: int
    version: int
    state: PostState
    texts: Mapping[str, str]
    networks: tuple[Network, ...]
    language: str
    made_at: datetime
    made_by: str
    owner_id: int | None
    owner: str
    publish_at: datetime | None
    crawl: str
    fact: str
    fact_until: datetime | None
    picture: str
    alternative: str
    is_wordless: bool
    alert_id: int | None
    agreements: tuple[Agreement, ...]
    deliveries: tuple[Delivered, ...]
    steps: tuple[Step, ...]
    writers: frozenset[int | None]
    faults: tuple[tuple[PostFault, Network | None], ...]

    @property
    def text(self) -> str:
        """The plain text."""
        return self.texts.get("", "")

    @property
    def is_agreed(self) -> bool:
        return all(one.at is not None for one in self.agreements)


def listed_posts(jurisdiction_id: int) -> tuple[Message, ...]:
    """The latest hundred, the newest first; four statements."""
    rows = _whole().filter(jurisdiction=jurisdiction_id).order_by("-made_at", "-id")
    return tuple(_record(row) for row in rows[:_LISTED])


def post_by_id(jurisdiction_id: int, post_id: int) -> Message:
    """Raises NotFound, also for another government's."""
    row = _whole().filter(jurisdiction=jurisdiction_id, pk=post_id).first()
    if row is None:
        raise NotFound(what="post")
    return _record(row)


def facts_now(jurisdiction_id: int, *, at: datetime) -> tuple[str, ...]:
    """The lines that agents and the telephone may say now, the newest first; one statement."""
    rows = Post.objects.filter(
        jurisdiction=jurisdiction_id,
        state__in=[PostState.APPROVED.value, PostState.PUBLISHED.value],
        approved_at__gt=at - timedelta(days=90),
    ).exclude(fact="")
    found = rows.order_by("-approved_at").only("fact", "fact_until", "approved_at", "publish_at")
    return tuple(row.fact for row in found[:20] if _holds(row, at))


def is_post_picture(key: str) -> bool:
    """True if the picture belongs to a message that is approved or out; one statement."""
    states = [PostState.APPROVED.value, PostState.PUBLISHED.value]
    return Post.objects.filter(picture=key, state__in=states).exists()


def _holds(row: Post, at: datetime) -> bool:
    begins = row.publish_at or row.approved_at or at
    return begins <= at < (row.fact_until or begins + FACT_LASTS)


def _whole() -> QuerySet[Post]:
    return Post.objects.select_related("fact_owner", "made_by").prefetch_related(
        "agreements__agreed_by", "deliveries", "steps__account"
    )


def _record(row: Post) -> Message:
    steps = sorted(row.steps.all(), key=lambda one: one.pk)
    return Message(
        id=row.pk,
        version=row.version,
        state=PostState(row.state),
        texts=row.texts,
        networks=tuple(Network(one) for one in row.networks),
        language=row.language,
        made_at=row.made_at,
        made_by=row.made_by.name if row.made_by else "",
        owner_id=row.fact_owner_id,
        owner=row.fact_owner.name if row.fact_owner else "",
        publish_at=row.publish_at,
        crawl=row.crawl,
        fact=row.fact,
        fact_until=row.fact_until,
        picture=row.picture,
        alternative=row.alternative,
        is_wordless=row.is_wordless,
        alert_id=row.alert_id,
        agreements=tuple(
            Agreement(one.department_id, one.agreed_by.name if one.agreed_by else "", one.agreed_at)
            for one in sorted(row.agreements.all(), key=lambda one: one.department_id)
        ),
        deliveries=tuple(
            Delivered(Network(one.network), one.state, one.address, one.failure)
            for one in sorted(row.deliveries.all(), key=lambda one: one.network)
        ),
        steps=tuple(
            Step(one.kind, one.account.name if one.account else "", one.at, one.note)
            for one in steps
        ),
        writers=frozenset(one.account_id for one in steps if one.kind in {"written", "changed"}),
        faults=faults_of(composed(row)),
    )
