"""Who acts in a demonstration."""

from dataclasses import dataclass, replace
from random import Random

from hark311.commands.demonstration.accounts import demo_actor
from hark311.domain.actor import Actor, ActorKind, Role, system_actor
from hark311.domain.vocabulary import Origin
from hark311.government.models import Jurisdiction
from hark311.government.queries import Organisation, organisation_of


@dataclass(frozen=True, slots=True)
class Cast:
    """The staff of the demonstration, and its residents; every event of theirs is a demo's."""

    jurisdiction: Jurisdiction
    organisation: Organisation
    crew: Actor
    agent: Actor
    supervisor: Actor
    # Acts where no account of the demonstration may: in queues of sensitive cases.
    system: Actor

    @property
    def passer_by(self) -> Actor:
        return self.resident(None)

    def resident(self, case_id: int | None) -> Actor:
        return Actor(
            kind=ActorKind.RESIDENT,
            jurisdiction_id=self.jurisdiction.pk,
            case_id=case_id,
            origin=Origin.DEMO,
        )

    def worker_of(self, queue_id: int) -> Actor:
        """Whoever may act in the queue, the one nearest to the work first."""
        for actor in (self.crew, self.agent, self.supervisor):
            if queue_id in actor.queues:
                return actor
        return self.system

    def other_queue(self, queue_id: int, rng: Random) -> int | None:
        """Some other queue that takes what is not sensitive."""
        others = [
            queue.id
            for queue in self.organisation.queues.values()
            if queue.is_active and not queue.is_sensitive and queue.id != queue_id
        ]
        return rng.choice(others) if others else None


def cast_of(jurisdiction: Jurisdiction) -> Cast:
    """The cast; the accounts must be there."""
    return Cast(
        jurisdiction=jurisdiction,
        organisation=organisation_of(jurisdiction),
        crew=demo_actor(Role.CREW, jurisdiction),
        agent=demo_actor(Role.AGENT, jurisdiction),
        supervisor=demo_actor(Role.SUPERVISOR, jurisdiction),
        system=replace(system_actor(jurisdiction.pk), origin=Origin.DEMO),
    )
