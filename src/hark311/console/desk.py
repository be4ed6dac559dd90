"""Who asks for a page of the workspace: the one gate in front of every staff view."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers

from hark311.access.policy import Permission, may, require
from hark311.cases.queries.staff_inbox import COUNTED, inbox_count
from hark311.cases.queries.staff_known import Names, names_of
from hark311.cases.wording import outcome_label, state_label
from hark311.console.problems import problem_page
from hark311.domain.actor import Actor
from hark311.domain.errors import HarkError, NotAllowed, NotFound
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import Outcome
from hark311.government.accounts import staff_actor
from hark311.government.models import Account, Jurisdiction
from hark311.government.queries import jurisdiction_for_host
from hark311.platform import clock
from hark311.platform.views import Audience, open_to


@dataclass(frozen=True, slots=True)
class Desk:
    """A member of staff at work: who, for which government, and its names in their language."""

    actor: Actor
    jurisdiction: Jurisdiction
    names: Names

    def may(self, permission: Permission, queue_id: int | None = None) -> bool:
        return may(self.actor, permission, queue_id=queue_id)

    @property
    def manages_people(self) -> bool:
        return self.may(Permission.MANAGE_PEOPLE)

    @property
    def inbox_waiting(self) -> str:
        """How much waits in the inbox, "" if nothing does or it is not for them; one statement."""
        if not self.may(Permission.HANDLE_INBOX):
            return ""
        count = inbox_count(self.actor, now=clock.now())
        return f"{COUNTED - 1}+" if count >= COUNTED else str(count or "")

    def state_label(self, state: State) -> str:
        return state_label(state, self.jurisdiction.settings, self.names.language)

    def outcome_label(self, outcome: Outcome) -> str:
        return outcome_label(outcome, self.jurisdiction.settings, self.names.language)

    def require(self, permission: Permission) -> None:
        """Raises NotAllowed."""
        require(self.actor, permission)


StaffView = Callable[..., HttpResponse]
Wrapped = Callable[..., HttpResponseBase]


def jurisdiction_of(request: HttpRequest) -> Jurisdiction:
    """The government at whose address the page was asked for."""
    return jurisdiction_for_host(request.get_host().rsplit(":", 1)[0])


def actor_of(request: HttpRequest) -> Actor:
    """Who is signed in, as staff of the government at this address.

    Raises NotAllowed if nobody is signed in, NotFound if the account has no role here.
    """
    return desk_of(request).actor


def desk_of(request: HttpRequest) -> Desk:
    """Raises NotAllowed if nobody is signed in, NotFound if the account has no role here."""
    account = request.user
    if not isinstance(account, Account):
        raise NotAllowed(reason="signed_out")
    jurisdiction = jurisdiction_of(request)
    language = translation.get_language() or "en"
    actor = staff_actor(account, jurisdiction, language=language)
    if actor is None:
        raise NotFound(what="page")
    return Desk(actor=actor, jurisdiction=jurisdiction, names=names_of(jurisdiction, language))


def staff_page(permission: Permission) -> Callable[[StaffView], Wrapped]:
    """A view for staff with this permission: it is handed the desk after the request.

    Who is signed out is sent to sign in and back; who may not gets 403; another
    government's staff get 404. Times are local, and nothing is kept by caches.
    """

    def wrap(view: StaffView) -> Wrapped:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **named: object) -> HttpResponseBase:
            if not isinstance(request.user, Account):
                here = quote(request.get_full_path())
                return HttpResponseRedirect(f"{reverse('console:sign_in')}?next={here}")
            response = _answer(view, permission, request, args, named)
            add_never_cache_headers(response)
            return response

        return open_to(Audience.STAFF, permission.value)(guarded)

    return wrap


def _answer(
    view: StaffView,
    permission: Permission,
    request: HttpRequest,
    args: tuple[object, ...],
    named: dict[str, object],
) -> HttpResponse:
    try:
        desk = desk_of(request)
    except HarkError as error:
        return problem_page(request, error, desk=None)
    with timezone.override(desk.names.organisation.zone):
        try:
            desk.require(permission)
            return view(request, desk, *args, **named)
        except HarkError as error:
            return problem_page(request, error, desk=desk)
