"""Reads a fax that was handed in, once it was answered."""

from datetime import datetime

from hark311.channels.fax.incoming import Incoming
from hark311.channels.fax.taking import take
from hark311.government.models import Jurisdiction
from hark311.platform.jobs import app


@app.task(queue="fax", name="hark311.channels.fax.take_kept", retry=3)
def take_kept(fax_id: str, sender: str, key: str, received_at: str, jurisdiction_id: int) -> None:
    """Take the fax that is kept under a key; twice is as once."""
    jurisdiction = Jurisdiction.objects.get(pk=jurisdiction_id)
    take(Incoming(fax_id, sender, key, datetime.fromisoformat(received_at)), jurisdiction)
