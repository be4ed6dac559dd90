"""Who is asking: the language, the signed-in account, and the cases a session has shown to own."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from hark311.access.links import LinkKind, opens
from hark311.domain.actor import Actor, ActorKind
from hark311.government.face import jurisdiction_of
from hark311.government.models import Account, Jurisdiction

_MINE = "hark311_mine"
_READ = "hark311_read"
_KEPT_AT_MOST = 50


@dataclass(frozen=True, slots=True)
class Visitor:
    """One request's person: a stranger until a link, a contact or an account has shown more."""

    jurisdiction: Jurisdiction
    language: str
    account: Account | None

    @property
    def actor(self) -> Actor:
        """The visitor as somebody who acts; holds no case."""
        return Actor(
            kind=ActorKind.RESIDENT,
            jurisdiction_id=self.jurisdiction.pk,
            account_id=self.account.pk if self.account else None,
            language=self.language,
        )


def visitor_of(request: HttpRequest) -> Visitor:
    """Who asks; from here to the end of the request, times are shown as the city's clocks do.

    Raises UnknownJurisdiction if no city is loaded.
    """
    user = request.user
    jurisdiction = jurisdiction_of(request)
    timezone.activate(ZoneInfo(jurisdiction.zone))
    return Visitor(
        jurisdiction=jurisdiction,
        language=get_language() or "en",
        account=user if isinstance(user, Account) else None,
    )


def hold(session: SessionBase, case_id: int, token: str) -> None:
    """Remember in the session that its owner holds this case's link."""
    mine: dict[str, str] = session.get(_MINE, {})
    mine.pop(str(case_id), None)
    mine[str(case_id)] = token
    session[_MINE] = dict(list(mine.items())[-_KEPT_AT_MOST:])


def holds(session: SessionBase, case_id: int) -> bool:
    """True if the session holds the case's link; checked anew, so a change of key ends it."""
    token = session.get(_MINE, {}).get(str(case_id), "")
    return bool(token) and opens(LinkKind.CASE, case_id, token)


def held_token(session: SessionBase, case_id: int) -> str:
    """The case's link in the session, '' if there is none."""
    return str(session.get(_MINE, {}).get(str(case_id), ""))


def recent_ids(session: SessionBase) -> tuple[int, ...]:
    """The cases whose link the session still holds, the last one first."""
    mine: dict[str, str] = session.get(_MINE, {})
    return tuple(int(one) for one in reversed(mine) if holds(session, int(one)))


def let_read(session: SessionBase, case_id: int) -> None:
    """Remember that its owner knows how the reporter of this case is reached."""
    known: list[int] = session.get(_READ, [])
    kept = [one for one in known if one != case_id]
    session[_READ] = [*kept, case_id][-_KEPT_AT_MOST:]


def may_read(session: SessionBase, case_id: int) -> bool:
    """True if that was shown in this session; it proves less than the case's link."""
    return case_id in session.get(_READ, [])
