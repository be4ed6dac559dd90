"""The small city in which every page is looked at: what makers of pages build their data with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from tests.channels.web.cases import make_report, staff_of
from tests.channels.web.walk import Walker

from hark311.access.links import LinkKind, token_for
from hark311.cases.models import Case
from hark311.commands import demo_city
from hark311.commands.demonstration.accounts import email_of
from hark311.domain.actor import Actor, Role
from hark311.domain.draft import Contact
from hark311.government.models import Account, Jurisdiction
from hark311.platform import clock

RESIDENT = "resident"
AGENT, CREW = Role.AGENT.value, Role.CREW.value
SUPERVISOR, ADMIN = Role.SUPERVISOR.value, Role.ADMIN.value
# Long words that never break by themselves, two directions in one line, and marks of HTML.
AWKWARD = (
    "Wasserschadensbegutachtungsverzögerungsbeschwerdeformularausfüllhilfestellungsantrag "
    "at <b>Elm</b> & 5th: مرحبا, a hole of 40 cm, see https://example.test/" + "a" * 90
)


@dataclass(frozen=True, slots=True)
class Town:
    """The city, with its staff and a few days of sample cases."""

    city: Jurisdiction

    def report(self, *, days_ago: float = 0, **given: object) -> Case:
        """A report of somebody, as tests.channels.web.cases.make_report takes it."""
        with clock.held(clock.now() - timedelta(days=days_ago)):
            return make_report(self.city, **given)

    def reporter(self, name: str = "Ada Poe") -> Contact:
        return Contact(name=name, email=f"{name.split()[0].lower()}@people.test")

    @property
    def staff(self) -> Actor:
        """Somebody who may do everything in every queue."""
        return staff_of(self.city)

    def own_link(self, case: Case) -> str:
        """Where the reporter of a case goes from a letter."""
        return f"/track/{case.number}?t={token_for(LinkKind.CASE, case.pk)}"

    def walker(self, role: str = RESIDENT) -> Walker:
        """A browser without scripts, signed in as the demonstration's account of that role."""
        client = Client(headers={"host": "127.0.0.1"})
        if role != RESIDENT:
            client.force_login(self.account(role))
        return Walker(client)

    def account(self, role: str) -> Account:
        return Account.objects.get(email=email_of(Role(role)))


@dataclass(frozen=True, slots=True)
class Seen:
    """A page that is reached with a session: the address, and the key of that session."""

    path: str
    session: str = ""


def seen_by(walker: Walker, path: str = "") -> Seen:
    """The page at which a walker stands, or another one, in the walker's session."""
    cookie = walker.client.cookies.get(settings.SESSION_COOKIE_NAME)
    return Seen(path or walker.url, cookie.value if cookie else "")


@dataclass(frozen=True, slots=True)
class FacePage:
    """One page that is looked at.

    name    "report/where": area and page; unique, and what a failure is reported under
    make    builds what the page shows and returns its path, or what ``seen_by`` gives
    who     RESIDENT, AGENT, CREW, SUPERVISOR or ADMIN: whose browser opens it
    status  the answer that the page is
    but_not what is not looked at, each with its reason: ("grade", "the words of a resident")
    """

    name: str
    make: Callable[[Town], str | Seen]
    who: str = RESIDENT
    status: int = 200
    but_not: tuple[tuple[str, str], ...] = ()


def found(path: str) -> Callable[[Town], str]:
    """A maker for a page that needs nothing beyond the sample cases."""
    return lambda _town: path


def make_town() -> Town:
    """Load the smallest city, its staff and five days of sample cases."""
    demo_city.load("smallville")
    demo_city.people("smallville")
    city = Jurisdiction.objects.get(key="smallville")
    demo_city.seed(city, now=clock.now(), days=5, wanted=50)
    return Town(city)


def session_of(account: Account) -> str:
    """The key of a new session in which the account is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)
