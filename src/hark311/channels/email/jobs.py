"""Takes mail that was handed in by a web hook, once it was answered."""

from hark311.channels.email.taking import take
from hark311.platform import media
from hark311.platform.jobs import app


@app.task(queue="mail", name="hark311.channels.email.take_kept", retry=5)
def take_kept(key: str) -> None:
    """Take the mail that is kept under a key; twice is as once."""
    take(media.read(key))
