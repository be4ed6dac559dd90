"""What an account wants to be told: which topics, to which address, in which language."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from hark311.channels.web.account import private
from hark311.channels.web.visitor import visitor_of
from hark311.domain.wishes import Topic, Wish
from hark311.people.accounts import rename
from hark311.people.wishes import keep_wish, own_addresses, wish_of
from hark311.platform.languages import OWN_NAMES
from hark311.platform.views import Audience, open_to

_LANGUAGES = ("en", "es")
_TOPICS = {
    Topic.PROGRESS: (
        gettext_lazy("How it goes"),
        gettext_lazy("A date that moved, news from the crew, another department."),
    ),
    Topic.CLOSING: (
        gettext_lazy("When it is closed or opened again"),
        gettext_lazy("With the reason, and how to say that it is not right."),
    ),
    Topic.SURVEY: (
        gettext_lazy("One reminder to say if it is fixed"),
        gettext_lazy("Five days after it was closed, if we have not heard from you."),
    ),
}


@open_to(Audience.REPORTER)
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Name, language, and which news goes where."""
    visitor = visitor_of(request)
    account, city = visitor.account, visitor.jurisdiction
    if account is None:
        return redirect("web:account")
    addresses = own_addresses(account, city)
    if request.method == "POST":
        wish = _read(request.POST, addresses, account.language)
        rename(account, name=request.POST.get("name", ""), language=wish.language)
        keep_wish(account, city, wish)
        return redirect(f"{reverse('web:preferences')}?saved=1")
    wish = wish_of(account, city)
    context = {
        "here": "account",
        "tab": "preferences",
        "account": account,
        "wish": wish,
        "offered_languages": [(code, OWN_NAMES[code]) for code in _LANGUAGES],
        "topics": [(one, *_TOPICS[one], one in wish.topics) for one in Topic],
        "addresses": addresses if len(addresses) > 1 else (),
    }
    return private(render(request, "web/preferences.html", context))


def _read(form: QueryDict, addresses: tuple[str, ...], language: str) -> Wish:
    """The wish that a form holds; what it does not offer is as if not chosen."""
    chosen, address = form.get("language", ""), form.get("address", "")
    return Wish(
        is_on="wants_updates" in form,
        address=address if address in addresses else "",
        language=chosen if chosen in _LANGUAGES else language,
        topics=frozenset(topic for topic in Topic if topic.value in form.getlist("topics")),
    )
