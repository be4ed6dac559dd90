"""Fetches the photos of text messages from the provider, once each, through the photo rules."""

from hark311.channels.sms.pictures import take_picture
from hark311.platform.jobs import app


@app.task(queue="notices", name="hark311.channels.sms.fetch_picture", retry=5)
def fetch_picture(file_id: int) -> None:
    """Fetch one photo, and put it with the report or the case; twice is as once."""
    take_picture(file_id)
