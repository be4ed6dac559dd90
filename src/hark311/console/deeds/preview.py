"""What would be so once a deed is done: it is done, looked at, and undone."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hark311.cases.queries.timeline import incident_since
from hark311.console.desk import Desk
from hark311.console.happenings import Happening, happenings
from hark311.console.shown import Shown, shown
from hark311.domain.vocabulary import Visibility
from hark311.notifications.rehearsal import Rehearsal, rehearse


@dataclass(frozen=True, slots=True)
class Preview:
    """What people get and what the public page says then.

    letters: who gets which words. shown: the answer of the page, None if no case is left.
    lines: what the page adds to what happened, word by word.
    """

    letters: Rehearsal
    shown: Shown | None
    lines: tuple[Happening, ...]


@dataclass(slots=True)
class _Look:
    shown: Shown | None = None
    lines: tuple[Happening, ...] = field(default_factory=tuple)


def preview_of(act: Callable[[], None], incident_id: int, seen: int, desk: Desk) -> Preview:
    """Raises what ``act`` itself refuses. seen: the last sequence that is no news."""
    look = _Look()

    def act_and_look() -> None:
        act()
        since = incident_since(incident_id, seen, audience=Visibility.PUBLIC)
        look.shown = shown(incident_id, desk)
        look.lines = happenings(since, {}, desk)

    letters = rehearse(act_and_look, account_id=desk.actor.account_id)
    return Preview(letters, look.shown, look.lines)
