"""A message to everybody: two people, all departments asked, one step a row, taken back as one."""

from dataclasses import replace

import pytest
from tests.cases.make import City, make_city, staff_actor

from hark311.domain.actor import Actor, Role
from hark311.domain.errors import DoesNotApply, NotAllowed, NotFound, StaleForm
from hark311.domain.social import Network, PostState
from hark311.outreach.posts.deliveries import (
    claim_due,
    note_failed,
    note_published,
    note_taken_back,
)
from hark311.outreach.posts.models import Post
from hark311.outreach.posts.queries import facts_now, post_by_id
from hark311.outreach.posts.writing import (
    PostDraft,
    agree_to_post,
    approve_post,
    ask_for_post,
    change_post,
    send_back_post,
    take_back_post,
    try_again,
    write_post,
)
from hark311.platform import clock


@pytest.fixture
def city(db, frozen_clock) -> City:
    return make_city()


@pytest.fixture
def writer(city) -> Actor:
    return staff_actor(city, role=Role.AGENT)


@pytest.fixture
def approver(city) -> Actor:
    return staff_actor(city)


def draft_of(writer: Actor, **more: object) -> PostDraft:
    plain = PostDraft(
        texts={"": "Elm Street is closed until Friday."},
        networks=[Network.BLUESKY, Network.MASTODON],
        language="en",
        fact_owner_id=writer.account_id,
        fact="Elm Street is closed until Friday.",
    )
    return replace(plain, **more)


def asked(writer: Actor, **more: object) -> Post:
    return ask_for_post(write_post(draft_of(writer, **more), actor=writer).pk, actor=writer)


def out(writer: Actor, approver: Actor) -> Post:
    post = asked(writer)
    return approve_post(post.pk, version=1, actor=approver)


def kinds(post: Post) -> list[str]:
    return list(post.steps.order_by("id").values_list("kind", flat=True))


def publish(post: Post) -> None:
    for delivery in claim_due(clock.now()):
        note_published(delivery, f"key-{delivery.network}", "", at=clock.now())


def test_a_second_person_approves_and_it_goes_out_once(writer, approver):
    post = out(writer, approver)
    publish(post)

    post.refresh_from_db()
    assert post.state == PostState.PUBLISHED.value
    assert claim_due(clock.now()) == []
    assert kinds(post) == ["written", "asked", "approved", "published", "published"]


def test_nobody_approves_their_own_words(city):
    supervisor = staff_actor(city)
    post = asked(supervisor)

    with pytest.raises(NotAllowed):
        approve_post(post.pk, version=1, actor=supervisor)


def test_whoever_changed_it_wrote_it_as_well(city, writer, approver):
    post = write_post(draft_of(writer), actor=writer)
    change_post(post.pk, draft_of(writer, crawl="Closed"), version=1, actor=approver)
    ask_for_post(post.pk, actor=writer)

    with pytest.raises(NotAllowed):
        approve_post(post.pk, version=2, actor=approver)


def test_an_agent_approves_nothing(city, writer):
    post = asked(writer)

    with pytest.raises(NotAllowed):
        approve_post(post.pk, version=1, actor=staff_actor(city, role=Role.AGENT))


def test_what_was_read_is_what_is_approved(writer, approver):
    post = asked(writer)
    change_post(post.pk, draft_of(writer, crawl="Other"), version=1, actor=writer)
    ask_for_post(post.pk, actor=writer)

    with pytest.raises(StaleForm):
        approve_post(post.pk, version=1, actor=approver)


def test_every_department_that_is_named_must_agree(city, writer, approver):
    parks = city.departments["community"].pk
    post = asked(writer, agree=[parks])
    with pytest.raises(DoesNotApply):
        approve_post(post.pk, version=1, actor=approver)

    with pytest.raises(NotAllowed):
        agree_to_post(post.pk, actor=approver)
    agree_to_post(post.pk, actor=staff_actor(city, queues=("parks",)))
    assert approve_post(post.pk, version=1, actor=approver).state == "approved"


def test_other_words_must_be_agreed_anew(city, writer):
    parks = city.departments["community"].pk
    post = asked(writer, agree=[parks])
    agree_to_post(post.pk, actor=staff_actor(city, queues=("parks",)))
    change_post(post.pk, draft_of(writer, agree=[parks]), version=1, actor=writer)

    assert not post_by_id(city.jurisdiction.pk, post.pk).is_agreed


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"picture": "aa/a.png"}, id="a picture without words for it"),
        pytest.param({"picture": "aa/a.png", "alternative": "A road"}, id="words in the picture"),
        pytest.param({"networks": []}, id="no network"),
        pytest.param({"texts": {"": "x" * 301}}, id="too long for Bluesky"),
        pytest.param({"fact_owner_id": None}, id="nobody answers for the facts"),
    ],
)
def test_what_has_a_fault_is_not_asked_for(writer, fault):
    with pytest.raises(DoesNotApply):
        asked(writer, **fault)


def test_a_text_of_its_own_makes_it_short_enough(writer):
    post = asked(writer, texts={"": "x" * 301, "bluesky": "Short."})

    assert post.state == "asked"


def test_it_waits_for_its_time(writer, approver, frozen_clock):
    later = clock.now().replace(hour=15)
    post = asked(writer, publish_at=later)
    approve_post(post.pk, version=1, actor=approver)
    assert claim_due(clock.now()) == []

    frozen_clock.move_to(later)
    assert len(claim_due(clock.now())) == 2


def test_it_is_taken_back_everywhere_together(writer, approver):
    post = out(writer, approver)
    publish(post)
    take_back_post(post.pk, "It was wrong.", actor=approver)
    leaving = claim_due(clock.now())
    for delivery in leaving:
        note_taken_back(delivery, at=clock.now())

    assert {one.key for one in leaving} == {"key-bluesky", "key-mastodon"}
    assert set(post.deliveries.values_list("state", flat=True)) == {"taken_back"}
    assert facts_now(post.jurisdiction_id, at=clock.now()) == ()


def test_what_is_not_out_yet_never_goes_out(writer, approver):
    post = out(writer, approver)
    take_back_post(post.pk, "", actor=approver)

    assert claim_due(clock.now()) == []


def test_what_was_on_its_way_when_it_was_taken_back_leaves_again(writer, approver):
    post = out(writer, approver)
    on_its_way = claim_due(clock.now())
    take_back_post(post.pk, "", actor=approver)
    for delivery in on_its_way:
        note_published(delivery, "key", "", at=clock.now())

    assert set(post.deliveries.values_list("state", flat=True)) == {"leaving"}


def test_what_a_network_refused_is_tried_again_by_hand(writer, approver):
    post = out(writer, approver)
    for delivery in claim_due(clock.now()):
        note_failed(delivery, "status_403", is_final=True, at=clock.now())
    assert claim_due(clock.now()) == []

    try_again(post.pk, Network.BLUESKY, actor=approver)
    assert [one.network for one in claim_due(clock.now())] == ["bluesky"]


def test_it_goes_back_to_who_wrote_it(writer, approver):
    post = send_back_post(asked(writer).pk, "Say until when.", actor=approver)

    assert post.state == "draft"
    assert post.steps.latest("id").note == "Say until when."


def test_agents_say_only_what_is_approved_and_still_true(writer, approver, frozen_clock):
    post = asked(writer)
    assert facts_now(post.jurisdiction_id, at=clock.now()) == ()
    approve_post(post.pk, version=1, actor=approver)
    assert facts_now(post.jurisdiction_id, at=clock.now()) == (post.fact,)

    after = clock.now().replace(day=9)
    assert facts_now(post.jurisdiction_id, at=after) == ()


def test_another_city_knows_nothing_of_it(city, writer):
    post = write_post(draft_of(writer), actor=writer)
    other = make_city("elsewhere")

    with pytest.raises(NotFound):
        post_by_id(other.jurisdiction.pk, post.pk)
    with pytest.raises(NotFound):
        ask_for_post(post.pk, actor=staff_actor(other))
