"""Writes messages to everybody: written, agreed, approved by a second person, taken back.

Every step leaves a row that says who did it and when.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hark311.access.policy import Permission, require
from hark311.domain.actor import Actor
from hark311.domain.errors import DoesNotApply, NotAllowed, NotFound, StaleForm
from hark311.domain.social import Composed, Network, PostState, faults_of
from hark311.government.models import Account, Department
from hark311.outreach.posts.models import Post, PostAgreement, PostDelivery, PostStep
from hark311.platform import clock, media


@dataclass(frozen=True, slots=True)
class PostDraft:
    """What is written. texts: by network, "" for all the others. agree: ids of departments.

    fact_owner_id: the account that answers for it. picture: a storage key, "" for none.
    publish_at: None for as soon as it is approved. fact_until: None for a week.
    """

    texts: Mapping[str, str]
    networks: Collection[Network]
    language: str
    fact_owner_id: int | None
    agree: Collection[int] = ()
    publish_at: datetime | None = None
    crawl: str = ""
    fact: str = ""
    fact_until: datetime | None = None
    picture: str = ""
    alternative: str = ""
    is_wordless: bool = False
    alert_id: int | None = None


@transaction.atomic
def write_post(draft: PostDraft, *, actor: Actor) -> Post:
    """Begin a message. Raises NotAllowed, and NotFound for departments or people elsewhere."""
    require(actor, Permission.WRITE_POSTS)
    now = clock.now()
    post = Post(jurisdiction_id=actor.jurisdiction_id, made_by_id=actor.account_id, made_at=now)
    _fill(post, draft)
    post.save()
    _ask_departments(post, draft.agree)
    _note(post, "written", actor, now)
    return post


@transaction.atomic
def change_post(post_id: int, draft: PostDraft, *, version: int, actor: Actor) -> Post:
    """Write it anew: whoever had agreed is asked again.

    Raises NotAllowed, NotFound, DoesNotApply once it is approved, StaleForm after a colleague.
    """
    require(actor, Permission.WRITE_POSTS)
    post = _locked(post_id, actor)
    if not PostState(post.state).may_change:
        raise DoesNotApply(reason="approved")
    if post.version != version:
        raise StaleForm(version=post.version)
    _fill(post, draft)
    post.version, post.state = post.version + 1, PostState.DRAFT.value
    post.save()
    _ask_departments(post, draft.agree)
    _note(post, "changed", actor, clock.now())
    return post


@transaction.atomic
def ask_for_post(post_id: int, *, actor: Actor) -> Post:
    """Ask for approval. Raises NotAllowed, NotFound, DoesNotApply if it has faults."""
    require(actor, Permission.WRITE_POSTS)
    post = _locked(post_id, actor)
    _require_state(post, PostState.DRAFT)
    _require_faultless(post)
    return _move(post, PostState.ASKED, "asked", actor)


@transaction.atomic
def agree_to_post(post_id: int, *, actor: Actor) -> Post:
    """Say for the actor's departments that it is true.

    Raises NotFound, DoesNotApply if it is not asked for, NotAllowed if none of theirs is asked.
    """
    post = _locked(post_id, actor)
    _require_state(post, PostState.ASKED)
    mine = post.agreements.filter(department__in=actor.departments, agreed_at__isnull=True)
    now, codes = clock.now(), list(mine.values_list("department__code", flat=True))
    if not codes:
        raise NotAllowed(reason="not_asked")
    mine.update(agreed_by=actor.account_id, agreed_at=now)
    _note(post, "agreed", actor, now, ", ".join(sorted(codes)))
    return post


@transaction.atomic
def approve_post(post_id: int, *, version: int, actor: Actor) -> Post:
    """Let it be published, by somebody who wrote none of it, once all departments have agreed.

    Raises NotAllowed, NotFound, StaleForm, and DoesNotApply with a reason.
    """
    require(actor, Permission.APPROVE_POSTS)
    post = _locked(post_id, actor)
    _require_state(post, PostState.ASKED)
    if post.version != version:
        raise StaleForm(version=post.version)
    if actor.account_id is None or actor.account_id in _writers(post):
        raise NotAllowed(reason="own_words")
    if post.agreements.filter(agreed_at__isnull=True).exists():
        raise DoesNotApply(reason="not_agreed")
    _require_faultless(post)
    now = clock.now()
    post.approved_by_id, post.approved_at = actor.account_id, now
    post.save(update_fields=["approved_by", "approved_at"])
    due = max(post.publish_at or now, now)
    PostDelivery.objects.bulk_create(
        PostDelivery(post=post, network=network, next_try_at=due) for network in post.networks
    )
    return _move(post, PostState.APPROVED, "approved", actor)


@transaction.atomic
def send_back_post(post_id: int, why: str, *, actor: Actor) -> Post:
    """Hand it back to who wrote it. Raises NotAllowed, NotFound, DoesNotApply."""
    require(actor, Permission.APPROVE_POSTS)
    post = _locked(post_id, actor)
    _require_state(post, PostState.ASKED)
    return _move(post, PostState.DRAFT, "sent_back", actor, why)


@transaction.atomic
def take_back_post(post_id: int, why: str, *, actor: Actor) -> Post:
    """Take it back on every network together; what is not out yet never goes out.

    Raises NotAllowed, NotFound, DoesNotApply unless it is approved or published.
    """
    require(actor, Permission.APPROVE_POSTS)
    post = _locked(post_id, actor)
    _require_state(post, PostState.APPROVED, PostState.PUBLISHED)
    now = clock.now()
    # What is on its way just now has been tried: it is asked for again and then removed.
    there = post.deliveries.exclude(state="taken_back")
    there.filter(key="").exclude(state="waiting", attempts__gt=0).update(state="taken_back")
    there.exclude(state="taken_back").update(state="leaving", attempts=0, next_try_at=now)
    return _move(post, PostState.TAKEN_BACK, "taken_back", actor, why)


@transaction.atomic
def try_again(post_id: int, network: Network, *, actor: Actor) -> None:
    """Try a network once more that refused. Raises NotAllowed, NotFound."""
    require(actor, Permission.APPROVE_POSTS)
    post = _locked(post_id, actor)
    state = "leaving" if post.state == PostState.TAKEN_BACK.value else "waiting"
    changed = post.deliveries.filter(network=network.value, state="failed").update(
        state=state, attempts=0, next_try_at=clock.now(), failure=""
    )
    if not changed:
        raise NotFound(what="delivery")
    _note(post, "tried_again", actor, clock.now(), network.value)


def composed(post: Post) -> Composed:
    """The message as the rules of networks look at it."""
    return Composed(
        texts=post.texts,
        networks=frozenset(Network(one) for one in post.networks),
        has_picture=bool(post.picture),
        alternative=post.alternative,
        picture_is_wordless=post.is_wordless,
        has_owner=post.fact_owner_id is not None,
    )


def _fill(post: Post, draft: PostDraft) -> None:
    _require_colleague(draft.fact_owner_id, post.jurisdiction_id)
    post.texts = {name: text.strip() for name, text in draft.texts.items() if text.strip()}
    post.networks = sorted(one.value for one in draft.networks)
    post.language, post.fact_owner_id = draft.language, draft.fact_owner_id
    post.publish_at = draft.publish_at
    post.crawl, post.fact, post.fact_until = draft.crawl, draft.fact, draft.fact_until
    post.picture, post.alternative = draft.picture, draft.alternative.strip()
    post.is_wordless, post.alert_id = draft.is_wordless, draft.alert_id
    if draft.picture:
        media.settle(draft.picture)


def _ask_departments(post: Post, departments: Collection[int]) -> None:
    """Whose agreement is needed, of all of them anew."""
    post.agreements.all().delete()
    known = Department.objects.filter(jurisdiction=post.jurisdiction_id, pk__in=list(departments))
    found = list(known.values_list("pk", flat=True))
    if len(found) != len(set(departments)):
        raise NotFound(what="department")
    PostAgreement.objects.bulk_create(
        PostAgreement(post=post, department_id=one) for one in sorted(found)
    )


def _require_colleague(account_id: int | None, jurisdiction_id: int) -> None:
    if account_id is None:
        return
    rows = Account.objects.filter(
        pk=account_id, is_active=True, staff_roles__jurisdiction=jurisdiction_id
    )
    if not rows.exists():
        raise NotFound(what="colleague")


def _writers(post: Post) -> frozenset[int | None]:
    """Everybody whose words may stand in it."""
    steps = post.steps.filter(kind__in=["written", "changed"])
    return frozenset(steps.values_list("account", flat=True))


def _require_state(post: Post, *states: PostState) -> None:
    if PostState(post.state) not in states:
        raise DoesNotApply(reason="post_state")


def _require_faultless(post: Post) -> None:
    faults = faults_of(composed(post))
    if faults:
        raise DoesNotApply(reason=f"post_{faults[0][0].value}")


def _move(post: Post, state: PostState, kind: str, actor: Actor, note: str = "") -> Post:
    post.state = state.value
    post.save(update_fields=["state"])
    _note(post, kind, actor, clock.now(), note)
    return post


def _note(post: Post, kind: str, actor: Actor, at: datetime, note: str = "") -> None:
    PostStep.objects.create(
        post=post, kind=kind, at=at, account_id=actor.account_id, note=note[:500]
    )


def _locked(post_id: int, actor: Actor) -> Post:
    rows = Post.objects.select_for_update(no_key=True)
    post = rows.filter(pk=post_id, jurisdiction=actor.jurisdiction_id).first()
    if post is None:
        raise NotFound(what="post")
    return post
