"""What somebody said on a network, the same whichever network it was."""

from dataclasses import dataclass
from datetime import datetime

from hark311.domain.place import Point
from hark311.domain.social import Network

LONGEST_TEXT = 4000


@dataclass(frozen=True, slots=True)
class Said:
    """One mention, comment or message. key: by which the network knows it.

    is_public: everybody can read it. is_answer: it goes on with something said before. post: what
    an answer in public answers. is_machine: its account says that it is one.
    """

    network: Network
    key: str
    author: str
    author_name: str
    text: str
    at: datetime
    is_public: bool
    is_answer: bool = False
    post: str = ""
    address: str = ""
    language: str = ""
    phone: str = ""
    pictures: tuple[str, ...] = ()
    point: Point | None = None
    is_machine: bool = False

    @property
    def source_key(self) -> str:
        return f"{self.network.value}:{self.key}"[:200]
