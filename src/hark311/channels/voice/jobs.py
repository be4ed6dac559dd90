"""Brings recordings here from the provider, once each."""

from hark311.contacts.files import fetch_recording
from hark311.platform.jobs import app


@app.task(queue="notices", name="hark311.channels.voice.fetch", retry=5)
def fetch(file_id: int) -> None:
    """Fetch one recording."""
    fetch_recording(file_id)
