"""Who acts."""

from hark311.domain.actor import ActorKind, system_actor


def test_the_system_acts_in_one_jurisdiction_and_holds_no_role():
    actor = system_actor(7)

    assert (actor.kind, actor.jurisdiction_id) == (ActorKind.SYSTEM, 7)
    assert not actor.roles
    assert not actor.queues
    assert actor.account_id is None
