"""A fax as it was handed in, before anything was read of it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Incoming:
    """fax_id: the provider's. sender: their number, "" if withheld. key: where it is kept."""

    fax_id: str
    sender: str
    key: str
    received_at: datetime

    @property
    def source_key(self) -> str:
        return f"fax:{self.fax_id}"[:200]
