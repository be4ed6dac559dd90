"""What becomes of a matter: one function for each way that it may go, and how it ends."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from hark311.commands.simulating.chance import Draw
from hark311.commands.simulating.people import DOMAIN
from hark311.commands.simulating.profile import Profile
from hark311.commands.simulating.steps import Deed
from hark311.commands.simulating.thread import Thread
from hark311.domain.lifecycle import WaitingFor
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import Outcome, WorkOrderKind

_KINDS = tuple(kind.value for kind in WorkOrderKind)
# The number of an incident that is taken apart: a life has at most one.
_APART = 99
_WAITS = (WaitingFor.THIRD_PARTY, WaitingFor.SCHEDULE)


class Plots:
    """The plots of one profile, told into threads."""

    def __init__(self, profile: Profile) -> None:
        shares = profile.shares("plots")
        self._any = Draw.of({_PLOTS[name]: share for name, share in shares.items()})
        quiet = {name: share for name, share in shares.items() if name in _QUIET}
        self._quiet = Draw.of({_PLOTS[name]: share for name, share in quiet.items()})
        self._outcomes = Draw.of(profile.shares("outcomes"))
        self._disputes = Draw.of(profile.shares("disputes"))
        self._stars = (_stars(profile, "after.stars"), _stars(profile, "after.stars_if_dishonest"))
        self._numbers: Mapping[str, float] = {
            name: profile.number(name)
            for name in (
                "dishonest",
                "after.disputed",
                "after.disputed_if_dishonest",
                "after.asked_again_if_dishonest",
                "after.rated",
            )
        }

    def tell(self, thread: Thread) -> None:
        """Take all steps of the thread after its report."""
        draw = self._quiet if thread.service.is_sensitive else self._any
        if draw.one(thread.rng)(thread):
            self.end(thread)

    def end(self, thread: Thread) -> None:
        """Close, truly or not, and let the reporter say what they think of it."""
        rng = thread.rng
        is_dishonest = rng.random() < self._numbers["dishonest"]
        # What is closed without being done is closed early.
        thread.at_work(thread.hours / (6 if is_dishonest else 2))
        self.close(thread, Outcome.FIXED if is_dishonest else Outcome(self._outcomes.one(rng)))
        name = "after.disputed_if_dishonest" if is_dishonest else "after.disputed"
        if rng.random() < self._numbers[name] and not thread.service.is_sensitive:
            self._dispute(thread)
        elif is_dishonest and rng.random() < self._numbers["after.asked_again_if_dishonest"]:
            thread.is_unfinished = True
        elif rng.random() < self._numbers["after.rated"]:
            thread.later(rng.randint(1, 60))
            stars = self._stars[is_dishonest].one(rng)
            words = _comment(thread, stars)
            thread.take(Deed.RATE, stars=stars, text=words)

    def close(self, thread: Thread, outcome: Outcome) -> None:
        rng = thread.rng
        detail = thread.words(f"details.{outcome.value}") if outcome.needs_detail else ""
        texts = thread.service.closing_texts.get(outcome, {})
        text = in_language(texts, "en") or thread.words("closings")
        thread.take(Deed.CLOSE, choice=outcome.value, text=text, detail=detail)
        thread.later(rng.uniform(0.1, 1))

    def _dispute(self, thread: Thread) -> None:
        thread.later(thread.rng.randint(2, 90))
        thread.take(Deed.DISPUTE, text=thread.own_words("disputes"))
        end = self._disputes.one(thread.rng)
        if end == "left":
            return
        thread.at_work(thread.rng.uniform(4, 50))
        if end == "declined":
            thread.take(Deed.DECLINE, text=thread.words("declined"))
        elif end == "apart":
            closed, thread.thing = thread.thing, _APART
            thread.take(Deed.APART, other=closed, text=thread.words("upheld"))
            _begun(thread)
            thread.at_work(thread.hours / 2)
            self.close(thread, Outcome.FIXED)
        else:
            thread.take(Deed.REOPEN, text=thread.words("upheld"))
            thread.at_work(thread.hours / 2)
            self.close(thread, Outcome.FIXED)


def _comment(thread: Thread, stars: int) -> str:
    if thread.rng.random() < 0.5:
        return ""
    return thread.own_words("ratings_unhappy" if stars <= 2 else "ratings")


def _stars(profile: Profile, name: str) -> Draw[int]:
    return Draw.of({int(stars): share for stars, share in profile.shares(name).items()})


def _taken_up(thread: Thread) -> None:
    thread.at_work(thread.rng.uniform(0.1, min(3, thread.hours / 4)))
    thread.take(Deed.ACKNOWLEDGE)


def _begun(thread: Thread) -> None:
    thread.at_work(thread.hours * thread.rng.uniform(0.2, 0.6))
    thread.take(Deed.START)


def _routine(thread: Thread) -> bool:
    _taken_up(thread)
    _begun(thread)
    return True


def _forgotten(thread: Thread) -> bool:
    return False


def _seen_only(thread: Thread) -> bool:
    _taken_up(thread)
    return False


def _endless(thread: Thread) -> bool:
    _routine(thread)
    thread.at_work(thread.hours / 2)
    thread.take(Deed.NOTE, text=thread.words("notes.public"))
    return False


def _noted(thread: Thread) -> bool:
    _taken_up(thread)
    thread.at_work(3)
    thread.take(Deed.NOTE_INSIDE, text=thread.words("notes.internal"))
    if thread.rng.random() < 0.5:
        thread.at_work(0.3)
        thread.take(Deed.RAISE)
    _begun(thread)
    thread.at_work(thread.hours / 2)
    thread.take(Deed.NOTE, text=thread.words("notes.public"))
    return True


def _assigned(thread: Thread) -> bool:
    _taken_up(thread)
    thread.at_work(0.3)
    thread.take(Deed.ASSIGN)
    _begun(thread)
    return True


def _waiting(thread: Thread) -> bool:
    _routine(thread)
    thread.at_work(3)
    days = thread.rng.randint(5, 30)
    waits_for = thread.rng.choice(_WAITS).value
    thread.take(
        Deed.WAIT,
        choice=waits_for,
        text=thread.words(f"waits.{waits_for}"),
        on=thread.local_day + timedelta(days=days),
    )
    thread.later(days * 24)
    thread.at_work(0.5)
    thread.take(Deed.RESUME)
    return True


def _asked(thread: Thread) -> bool:
    _taken_up(thread)
    if thread.report.email:
        thread.at_work(1)
        thread.take(Deed.ASK, text=thread.own_words("questions"))
        thread.later(thread.rng.randint(24, 100))
        if thread.rng.random() < 0.6:
            thread.take(Deed.ANSWER, text=thread.own_words("replies"))
        else:
            # Nobody answers: the question lapses by itself.
            thread.later(150)
    _begun(thread)
    return True


def _withdrawn(thread: Thread) -> bool:
    thread.later(thread.rng.randint(2, 30))
    thread.take(Deed.WITHDRAW)
    return False


def _transferred(thread: Thread) -> bool:
    _taken_up(thread)
    thread.at_work(2)
    options = thread.options()
    if options:
        queue_id = thread.rng.choice(sorted(options))
        thread.take(Deed.TRANSFER, queue_id=queue_id, text=thread.words("transfers"))
        thread.queue_id = queue_id
        _taken_up(thread)
    _begun(thread)
    return True


def _ordered(thread: Thread) -> bool:
    _routine(thread)
    thread.at_work(0.3)
    thread.take(
        Deed.ORDER,
        choice=thread.rng.choice(_KINDS),
        queue_id=thread.queue_id,
        text=thread.words("orders"),
    )
    thread.at_work(1)
    thread.take(Deed.SEND_ORDER)
    thread.at_work(thread.hours / 2)
    thread.take(Deed.FINISH_ORDER)
    return True


def _followed(thread: Thread) -> bool:
    thread.later(thread.rng.randint(1, 20))
    who = f"follower-{thread.report.key.replace(':', '-')}@{DOMAIN}"
    thread.take(Deed.FOLLOW, detail=who)
    return _routine(thread)


Plot = Callable[[Thread], bool]
"""Takes steps; True if the matter comes to an end after them."""

_QUIET = frozenset({"routine", "forgotten", "seen_only"})
_PLOTS: Mapping[str, Plot] = {
    "routine": _routine,
    "forgotten": _forgotten,
    "seen_only": _seen_only,
    "endless": _endless,
    "noted": _noted,
    "assigned": _assigned,
    "waiting": _waiting,
    "asked": _asked,
    "withdrawn": _withdrawn,
    "transferred": _transferred,
    "ordered": _ordered,
    "followed": _followed,
}
