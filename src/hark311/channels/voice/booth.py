"""What a node of the menus may use: the city, its telephone, this call, and the instant."""

from dataclasses import dataclass, field
from datetime import datetime

from hark311.channels.voice.phone import Phone
from hark311.contacts.models import Call, Conversation, Interaction
from hark311.domain.actor import Actor, ActorKind
from hark311.government.models import Jurisdiction


@dataclass(slots=True)
class Booth:
    """One request of one call. counted: what to put down in the tally of this turn.

    received_at: local to the city.
    """

    jurisdiction: Jurisdiction
    phone: Phone
    conversation: Conversation
    call: Call
    received_at: datetime
    counted: list[str] = field(default_factory=list)

    @property
    def interaction(self) -> Interaction:
        return self.conversation.interaction

    def actor(self, language: str) -> Actor:
        """The caller: a resident of whom only the number is known, which proves nothing."""
        return Actor(
            kind=ActorKind.RESIDENT, jurisdiction_id=self.jurisdiction.pk, language=language
        )

    def count(self, what: str) -> None:
        """Put down once that this happened, in this version of the menus."""
        self.counted.append(f"menu:v{self.phone.version}:{what}")
