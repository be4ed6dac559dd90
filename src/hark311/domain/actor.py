"""Who acts: a resident, a member of staff, a key, an import, or the system itself."""

from dataclasses import dataclass
from enum import StrEnum

from hark311.domain.vocabulary import Origin


class ActorKind(StrEnum):
    RESIDENT = "resident"
    STAFF = "staff"
    SYSTEM = "system"
    KEY = "key"
    IMPORT = "import"


class Role(StrEnum):
    """What a member of staff may do, within the queues and departments of the actor."""

    AGENT = "agent"
    CREW = "crew"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"
    VIEWER = "viewer"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in one jurisdiction only.

    queues: ids of those the actor may act in. roles_by_queue: which role holds in which of
    them, where roles differ; empty where every role holds in every queue. person_id and
    case_id: of a resident, as far as a session or a signed link has proved them. origin: what
    the events it writes came from; only live ones notify, escalate and fire webhooks.
    """

    kind: ActorKind
    jurisdiction_id: int
    account_id: int | None = None
    name: str = ""
    language: str = "en"
    roles: frozenset[Role] = frozenset()
    queues: frozenset[int] = frozenset()
    roles_by_queue: frozenset[tuple[int, Role]] = frozenset()
    departments: frozenset[int] = frozenset()
    person_id: int | None = None
    case_id: int | None = None
    origin: Origin = Origin.LIVE


def system_actor(jurisdiction_id: int) -> Actor:
    """Return the actor of sweeps, timers and rules that act by themselves."""
    return Actor(kind=ActorKind.SYSTEM, jurisdiction_id=jurisdiction_id, name="system")
