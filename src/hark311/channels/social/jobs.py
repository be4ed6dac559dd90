"""Takes what a provider handed in, once it was answered."""

import json

from hark311.channels.social.readers import HANDED_IN
from hark311.channels.social.taking import take
from hark311.government.models import Jurisdiction
from hark311.platform import media
from hark311.platform.jobs import app


@app.task(queue="social", name="hark311.channels.social.take_kept", retry=5)
def take_kept(provider: str, key: str, jurisdiction_id: int) -> None:
    """Take all that was said in the delivery kept under a key; twice is as once."""
    jurisdiction = Jurisdiction.objects.get(pk=jurisdiction_id)
    for said in HANDED_IN[provider](json.loads(media.read(key))):
        take(said, jurisdiction, original=key)
    media.settle(key)
