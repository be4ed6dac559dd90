"""Takes an account's proof of an address: what was given with it becomes the account's."""

from hark311.cases.actions.claim_cases import claim_cases
from hark311.domain.actor import Actor
from hark311.domain.errors import NotAllowed


def claim(address: str, *, actor: Actor) -> int:
    """Give the actor's account the cases given with ``address``; return how many are new to it.

    The caller has checked that the account reads the address; doing it twice claims nothing
    more, and what another account claimed before stays with that one.

    Raises NotAllowed for an actor without an account.
    """
    if actor.account_id is None:
        raise NotAllowed(what="claim")
    return len(claim_cases(actor.account_id, address, actor=actor))
