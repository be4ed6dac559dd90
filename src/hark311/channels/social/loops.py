"""What the worker does again and again for social networks."""

from hark311.channels.social.polling import ask_networks
from hark311.channels.social.publishing import publish_due
from hark311.channels.social.sending import send_answers, tell_numbers
from hark311.platform.loops import Loop


def loops() -> tuple[Loop, ...]:
    """Answers within seconds; networks are asked twice a minute."""
    return (
        Loop("ask_networks", 30, ask_networks),
        Loop("publish_posts", 5, publish_due),
        Loop("send_social_answers", 2, send_answers),
        Loop("tell_social_numbers", 5, tell_numbers),
    )
