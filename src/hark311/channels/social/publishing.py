"""Publishes on each network what was approved, and removes what was taken back."""

from hark311.domain.social import Composed, Network
from hark311.government.address import base_of
from hark311.outreach.posts.deliveries import (
    claim_due,
    note_failed,
    note_published,
    note_taken_back,
)
from hark311.outreach.posts.models import PostDelivery
from hark311.outreach.posts.writing import composed
from hark311.platform import clock, log, media
from hark311.platform.social.accounts import account_on
from hark311.platform.social.network import Away, Connection, Picture, Refused

_log = log.get(__name__)


def publish_due() -> int:
    """Do what is due on the networks; return how much was tried."""
    due = claim_due(clock.now())
    for delivery in due:
        _do(delivery)
    return len(due)


def _do(delivery: PostDelivery) -> None:
    network = Network(delivery.network)
    account = account_on(network)
    try:
        if account is None:
            raise Refused("no_account")
        if delivery.state == "leaving":
            if delivery.key:
                account.take_back(delivery.key)
            note_taken_back(delivery, at=clock.now())
        else:
            _publish(delivery, account, composed(delivery.post))
    except Away as away:
        note_failed(delivery, str(away), is_final=False, at=clock.now())
    except Refused as refused:
        note_failed(delivery, refused.reason, is_final=True, at=clock.now())
    _log.info("post_delivery", network=network.value, state=delivery.state)


def _publish(delivery: PostDelivery, account: Connection, post: Composed) -> None:
    text = post.text_on(Network(delivery.network))
    language = delivery.post.language
    made = account.publish(text, language=language, picture=_picture(delivery))
    note_published(delivery, made.key, made.address, at=clock.now())


def _picture(delivery: PostDelivery) -> Picture | None:
    post = delivery.post
    if not post.picture:
        return None
    return Picture(
        content=media.read(post.picture),
        content_type=media.content_type_of(post.picture),
        alternative=post.alternative,
        address=f"{base_of(post.jurisdiction)}{media.address_of(post.picture)}",
    )
