"""Who acts in a simulated city: the accounts of a demonstration where there are any."""

from dataclasses import dataclass, replace

from hark311.domain.actor import Actor, ActorKind, system_actor
from hark311.domain.vocabulary import Origin
from hark311.government.models import Jurisdiction


@dataclass(frozen=True, slots=True)
class Staff:
    """workers: those who take up and close, the nearest to the work first.

    chief: who decides. Where none of them may act, the system does.
    """

    system: Actor
    workers: tuple[Actor, ...] = ()
    chief: Actor | None = None

    def worker_of(self, queue_id: int) -> Actor:
        return next((one for one in self.workers if queue_id in one.queues), self.system)

    def chief_of(self, queue_id: int) -> Actor:
        chief = self.chief
        return chief if chief is not None and queue_id in chief.queues else self.system

    def assignee_of(self, queue_id: int) -> int | None:
        """The account to which work of the queue is given by name; None if there is none."""
        nearest = self.workers[0] if self.workers else None
        return nearest.account_id if nearest is not None and queue_id in nearest.queues else None


def nobody(jurisdiction: Jurisdiction) -> Staff:
    """A city without accounts: all that staff would do, the system does."""
    return Staff(replace(system_actor(jurisdiction.pk), origin=Origin.DEMO))


def resident(jurisdiction: Jurisdiction, case_id: int | None = None) -> Actor:
    """Somebody who reports, or the holder of a case."""
    return Actor(
        kind=ActorKind.RESIDENT,
        jurisdiction_id=jurisdiction.pk,
        case_id=case_id,
        origin=Origin.DEMO,
    )
