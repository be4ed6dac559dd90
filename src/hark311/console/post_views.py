"""Messages to everybody: written once, agreed, approved by a second person, taken back together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hark311.access.policy import Permission
from hark311.console.desk import Desk, staff_page
from hark311.console.post_forms import PostForm
from hark311.console.post_words import fault_sentence
from hark311.console.problems import sentence_of
from hark311.disruptions.queries import alert_by_id
from hark311.domain.errors import Conflict, DoesNotApply, NotAllowed, NotFound
from hark311.domain.social import LONGEST, Composed, Network, PostState, length_on
from hark311.outreach.posts.queries import Message, listed_posts, post_by_id
from hark311.outreach.posts.writing import (
    agree_to_post,
    approve_post,
    ask_for_post,
    change_post,
    send_back_post,
    take_back_post,
    try_again,
    write_post,
)
from hark311.platform import media

_LONGEST_WHY = 500


@dataclass(frozen=True, slots=True)
class Preview:
    """How the message stands on one network."""

    network: Network
    text: str
    length: int
    limit: int

    @property
    def is_too_long(self) -> bool:
        return self.length > self.limit


@require_safe
@staff_page(Permission.READ_CASES)
def posts(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All messages, the newest first."""
    context = {
        "desk": desk,
        "here": "posts",
        "posts": listed_posts(desk.actor.jurisdiction_id),
        "may_write": desk.may(Permission.WRITE_POSTS),
    }
    return render(request, "console/posts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.WRITE_POSTS)
def new_post(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A new message; ``?alert=`` begins it with what an alert says."""
    is_sent = request.method == "POST"
    form = PostForm(
        desk,
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        initial=_from_alert(request.GET.get("alert", ""), desk),
    )
    alert = request.POST.get("alert") or request.GET.get("alert", "")
    form.alert_id = int(alert) if alert.isdecimal() and len(alert) < 10 else None
    if not form.is_valid():
        return _form_page(request, form)
    made = write_post(form.draft(), actor=desk.actor)
    messages.success(request, _("It is kept. Look at it, then ask for approval."))
    return HttpResponseRedirect(reverse("console:post", args=[made.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.WRITE_POSTS)
def change(request: HttpRequest, desk: Desk, post_id: int) -> HttpResponse:
    """Other words: whoever had agreed is asked again."""
    found = post_by_id(desk.actor.jurisdiction_id, post_id)
    is_sent = request.method == "POST"
    data, files = (request.POST, request.FILES) if is_sent else (None, None)
    form = PostForm(desk, data, files, post=found)
    if not form.is_valid():
        return _form_page(request, form)
    try:
        change_post(post_id, form.draft(), version=_version(request), actor=desk.actor)
    except (Conflict, DoesNotApply) as error:
        form.add_error(None, sentence_of(error, desk.names.language))
        return _form_page(request, form)
    messages.success(request, _("It is changed. Whoever had agreed is asked again."))
    return HttpResponseRedirect(reverse("console:post", args=[post_id]))


@require_safe
@staff_page(Permission.READ_CASES)
def post(request: HttpRequest, desk: Desk, post_id: int) -> HttpResponse:
    """One message: how it stands on each network, who agreed, what was done and by whom."""
    found = post_by_id(desk.actor.jurisdiction_id, post_id)
    mine = {one.department_id for one in found.agreements if one.at is None}
    context = {
        "desk": desk,
        "here": "posts",
        "post": found,
        "previews": previews(found),
        "faults": [fault_sentence(*one) for one in found.faults],
        "may_write": desk.may(Permission.WRITE_POSTS) and found.state.may_change,
        "may_agree": found.state is PostState.ASKED and bool(mine & desk.actor.departments),
        "may_decide": desk.may(Permission.APPROVE_POSTS),
        "is_own": desk.actor.account_id in found.writers,
        "is_out": found.state in {PostState.APPROVED, PostState.PUBLISHED},
    }
    return render(request, "console/post.html", context)


@require_safe
@staff_page(Permission.READ_CASES)
def slide(request: HttpRequest, desk: Desk, post_id: int) -> HttpResponse:
    """The message as a slide for a city channel, 1920 by 1080."""
    found = post_by_id(desk.actor.jurisdiction_id, post_id)
    return render(request, "console/post_slide.html", {"post": found})


@require_safe
@staff_page(Permission.READ_CASES)
def picture(request: HttpRequest, desk: Desk, post_id: int) -> HttpResponse:
    """The picture of a message, for staff, also before it is published."""
    found = post_by_id(desk.actor.jurisdiction_id, post_id)
    if not found.picture or not media.exists(found.picture):
        raise NotFound(what="picture")
    return HttpResponse(
        media.read(found.picture), content_type=media.content_type_of(found.picture)
    )


@require_POST
@staff_page(Permission.READ_CASES)
def act(request: HttpRequest, desk: Desk, post_id: int, deed: str) -> HttpResponse:
    """One step with a message; each asks for its own right. Raises NotFound for no such step."""
    if deed not in _DEEDS:
        raise NotFound(what="page")
    try:
        _DEEDS[deed](request, desk, post_id)
    except (Conflict, DoesNotApply, NotAllowed) as error:
        messages.error(request, sentence_of(error, desk.names.language))
    return HttpResponseRedirect(reverse("console:post", args=[post_id]))


def previews(found: Message) -> list[Preview]:
    """How a message stands on each of its networks."""
    composed = Composed(texts=found.texts, networks=frozenset(found.networks))
    return [
        Preview(one, text, length_on(one, text), LONGEST[one])
        for one in found.networks
        for text in [composed.text_on(one)]
    ]


def _ask(request: HttpRequest, desk: Desk, post_id: int) -> None:
    ask_for_post(post_id, actor=desk.actor)
    messages.success(request, _("A second person is asked to approve it."))


def _agree(request: HttpRequest, desk: Desk, post_id: int) -> None:
    agree_to_post(post_id, actor=desk.actor)
    messages.success(request, _("Your department has agreed."))


def _approve(request: HttpRequest, desk: Desk, post_id: int) -> None:
    approve_post(post_id, version=_version(request), actor=desk.actor)
    messages.success(request, _("It is approved and goes out at its time."))


def _send_back(request: HttpRequest, desk: Desk, post_id: int) -> None:
    send_back_post(post_id, _why(request), actor=desk.actor)
    messages.success(request, _("It is with who wrote it."))


def _take_back(request: HttpRequest, desk: Desk, post_id: int) -> None:
    take_back_post(post_id, _why(request), actor=desk.actor)
    messages.success(request, _("It is taken back on every network."))


def _again(request: HttpRequest, desk: Desk, post_id: int) -> None:
    named = request.POST.get("network", "")
    if named not in set(Network):
        raise NotFound(what="delivery")
    try_again(post_id, Network(named), actor=desk.actor)
    messages.success(request, _("It is tried once more."))


_DEEDS: Mapping[str, Callable[[HttpRequest, Desk, int], None]] = MappingProxyType(
    {
        "ask": _ask,
        "agree": _agree,
        "approve": _approve,
        "send-back": _send_back,
        "take-back": _take_back,
        "again": _again,
    }
)


def _from_alert(named: str, desk: Desk) -> dict[str, object]:
    if not named.isdecimal() or len(named) > 9:
        return {}
    alert, language = alert_by_id(desk.jurisdiction, int(named)), desk.names.language
    title, text = alert.title(language), alert.text(language)
    return {"text": f"{title}. {text}", "crawl": title, "fact": f"{title}. {text}"[:300]}


def _version(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else -1


def _why(request: HttpRequest) -> str:
    return request.POST.get("why", "").strip()[:_LONGEST_WHY]


def _form_page(request: HttpRequest, form: PostForm) -> HttpResponse:
    context = {"desk": form.desk, "here": "posts", "form": form, "post": form.post}
    return render(request, "console/post_form.html", context, status=422 if form.is_bound else 200)
