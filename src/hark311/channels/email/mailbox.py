"""Reads the mailbox that residents write to, for as long as the worker lives."""

from functools import partial

from django.conf import settings

from hark311.channels.email.taking import take
from hark311.platform import log
from hark311.platform.loops import Loop
from hark311.platform.mailbox import AWAY, Mailbox, address_of

WAIT_S = 5.0

_log = log.get(__name__)


class Reading:
    """One open mailbox, opened again when the server went away."""

    def __init__(self, url: str) -> None:
        self._address = address_of(url)
        self._box: Mailbox | None = None

    def read(self) -> int:
        """Take what came, or wait a little for it; return how many.

        Any number may read the same mailbox: a mail that two of them take is taken once.
        """
        try:
            box = self._box = self._box or Mailbox(self._address)
            taken = box.take_each(take, partial(take, cut_off=True))
            return taken or int(box.wait(WAIT_S))
        except AWAY as away:
            self._box = None
            _log.warning("mailbox_away", error=type(away).__name__)
            return 0


def loops() -> tuple[Loop, ...]:
    """What the worker runs: nothing where no mailbox is set."""
    if not settings.IMAP_URL:
        return ()
    return (Loop("read_mailbox", 1, Reading(settings.IMAP_URL).read),)
