"""Saying more about a case: words, an answer, a dispute, a rating, taking it back, following it."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hark311.access.links import LinkKind, opens, token_for
from hark311.cases.queries.reporter import SpeakingFor, case_view
from hark311.channels.web import adapter
from hark311.channels.web.account import private
from hark311.channels.web.mailing import mail_link, spend_on_mail
from hark311.channels.web.report.draft import fresh_key
from hark311.channels.web.tracking import is_holder, is_reader, may_add, page_of, require_known
from hark311.channels.web.uploads import uploads_of
from hark311.channels.web.visitor import Visitor, held_token, may_read, visitor_of
from hark311.channels.web.words import refusal
from hark311.domain.actor import Actor
from hark311.domain.draft import Receipt, ReplyKind
from hark311.domain.errors import HarkError, LinkExpired, NotFound, TooMany
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import HazardLevel
from hark311.intake.reply import reply
from hark311.people.letters import send_case_link, send_follow_link
from hark311.people.proofs import address_behind, new_link, use_link
from hark311.platform import clock
from hark311.platform.problem import status_of
from hark311.platform.views import Audience, open_to

_OWN = {
    ReplyKind.WORDS,
    ReplyKind.ANSWER,
    ReplyKind.DISPUTE,
    ReplyKind.WITHDRAW,
    ReplyKind.RATE,
}


@open_to(Audience.REPORTER)
@require_POST
def say(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Take what the holder of a case says; refused, the page comes back with what was typed."""
    visitor = visitor_of(request)
    target = require_known(visitor.jurisdiction, number)
    if kind not in {one.value for one in _OWN} or not _may_say(request, visitor, target, kind):
        raise NotFound(what="case")
    files = request.FILES.getlist("pictures")
    uploads = uploads_of(request.POST.get("kept", ""), files, visitor.language)
    typed = {f"{kind}_text": request.POST.get("text", ""), "kept": uploads.packed}
    if uploads.faults:
        errors = [("pictures", fault) for fault in uploads.faults]
        return page_of(request, visitor, target, errors=errors, typed=typed, status=422)
    try:
        receipt = send_reply(request, visitor, target, ReplyKind(kind), pictures=uploads.keys)
    except HarkError as error:
        errors = [(f"{kind}-text", refusal(error, visitor.language))]
        return page_of(
            request, visitor, target, errors=errors, typed=typed, status=status_of(error)
        )
    return _thanks(request, target, receipt, kind)


def _may_say(request: HttpRequest, visitor: Visitor, target: SpeakingFor, kind: str) -> bool:
    """What cannot be undone needs the link or the account; the rest may do with less."""
    if kind == ReplyKind.WITHDRAW.value:
        return is_holder(request, visitor, target)
    return may_add(request, visitor, target)


@open_to(Audience.REPORTER)
@require_POST
def send_link(request: HttpRequest, number: str) -> HttpResponse:
    """Mail the link of a case to the address it was given with, for who may read it already.

    Raises NotFound for anybody else, and where no address was given.
    """
    visitor = visitor_of(request)
    target = require_known(visitor.jurisdiction, number)
    if not target.email or not is_reader(request, visitor, target):
        raise NotFound(what="case")
    context: dict[str, object] = {"here": "track", "number": number}
    try:
        spend_on_mail(request, target.email)
    except TooMany as error:
        errors = [("send-link", refusal(error, visitor.language))]
        return page_of(request, visitor, target, errors=errors, typed={}, status=429)
    token = token_for(LinkKind.CASE, target.case_id)
    link = mail_link(visitor.jurisdiction, "web:case", number, token=token)
    sent = send_case_link(
        target.email, number, link, visitor.jurisdiction, language=visitor.language
    )
    context["sent"] = sent
    return render(request, "web/link_sent.html", context, status=200 if sent else 503)


@open_to(Audience.REPORTER)
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, number: str) -> HttpResponse:
    """The page behind the link of a question: only the question, and a field for the answer."""
    visitor = visitor_of(request)
    target = behind_link(visitor, number, LinkKind.QUESTION)
    token = request.POST.get("t") or request.GET.get("t", "")
    if target.open_question_id is None or not opens(
        LinkKind.QUESTION, target.open_question_id, token
    ):
        raise LinkExpired(kind="question")
    view = case_view(visitor.jurisdiction, target.case_id)
    context: dict[str, object] = {
        "here": "track",
        "number": number,
        "asked": view.question,
        "title": in_language(view.public.service.names, visitor.language),
        "token": token,
        "key": request.POST.get("key") or fresh_key(),
        "typed": request.POST.get("text", ""),
    }
    if request.method != "POST":
        return private(render(request, "web/question.html", context))
    try:
        receipt = send_reply(request, visitor, target, ReplyKind.ANSWER, token=token)
    except HarkError as error:
        context["errors"] = [("answer-text", refusal(error, visitor.language))]
        return render(request, "web/question.html", context, status=status_of(error))
    if target.is_public or is_holder(request, visitor, target):
        return _thanks(request, target, receipt, "answer")
    return render(request, "web/question.html", {**context, "is_done": True})


@open_to(Audience.PUBLIC)
@require_POST
def follow(request: HttpRequest, number: str) -> HttpResponse:
    """Send the link that confirms a follow; the address is not used before it is opened."""
    visitor = visitor_of(request)
    target = require_known(visitor.jurisdiction, number)
    if not target.is_public:
        raise NotFound(what="case")
    email = request.POST.get("email", "").strip().lower()[:254]
    try:
        validate_email(email)
        spend_on_mail(request, email)
    except ValidationError:
        errors = [("follow-email", _("An e-mail address looks like name@mail.com."))]
        return page_of(
            request, visitor, target, errors=errors, typed={"follow_email": email}, status=422
        )
    except TooMany as error:
        errors = [("follow-email", refusal(error, visitor.language))]
        return page_of(
            request, visitor, target, errors=errors, typed={"follow_email": email}, status=429
        )
    token = new_link(LinkKind.FOLLOW, email, visitor.jurisdiction, now=clock.now())
    link = mail_link(visitor.jurisdiction, "web:confirm_follow", number, token=token)
    sent = send_follow_link(email, number, link, visitor.jurisdiction, language=visitor.language)
    context = {"here": "track", "number": number, "email": email, "sent": sent}
    return render(request, "web/follow_sent.html", context, status=200 if sent else 503)


@open_to(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_follow(request: HttpRequest, number: str) -> HttpResponse:
    """The page behind the link of the mail; its button follows, so that no scanner does."""
    visitor = visitor_of(request)
    target = behind_link(visitor, number, LinkKind.FOLLOW)
    if not target.is_public:
        raise LinkExpired(kind=LinkKind.FOLLOW.value)
    token = request.POST.get("t") or request.GET.get("t", "")
    email = address_behind(LinkKind.FOLLOW, token, visitor.jurisdiction, now=clock.now())
    if request.method != "POST":
        context = {"here": "track", "number": number, "email": email, "token": token}
        return render(request, "web/follow_confirm.html", context)
    use_link(LinkKind.FOLLOW, token, visitor.jurisdiction, now=clock.now())
    draft = adapter.read_reply(
        ReplyKind.FOLLOW,
        key=fresh_key(),
        jurisdiction_id=visitor.jurisdiction.pk,
        language=visitor.language,
        received_at=clock.now(),
        email=email,
    )
    reply(draft, target.case_id, actor=visitor.actor)
    return render(
        request, "web/follow_done.html", {"here": "track", "number": number, "email": email}
    )


@open_to(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def unfollow(request: HttpRequest, number: str) -> HttpResponse:
    """The page behind the link in every notice to a follower; its button ends the following.

    The page itself looks nothing up: it is the same for a number that nobody has.
    """
    visitor = visitor_of(request)
    token = request.POST.get("t") or request.GET.get("t", "")
    context = {"here": "track", "number": number, "token": token}
    if request.method != "POST":
        return render(request, "web/unfollow.html", context)
    target = behind_link(visitor, number, LinkKind.FOLLOW)
    draft = adapter.read_reply(
        ReplyKind.UNFOLLOW,
        key=f"unfollow:{token}",
        jurisdiction_id=visitor.jurisdiction.pk,
        language=visitor.language,
        received_at=clock.now(),
        token=token,
    )
    reply(draft, target.case_id, actor=visitor.actor)
    return render(request, "web/unfollow.html", {**context, "is_done": True})


def behind_link(visitor: Visitor, number: str, kind: LinkKind) -> SpeakingFor:
    """The case of this number. Raises LinkExpired, as for a link that opens nothing."""
    try:
        return require_known(visitor.jurisdiction, number)
    except NotFound as absent:
        raise LinkExpired(kind=kind.value) from absent


def send_reply(  # a form's parts, each by name
    request: HttpRequest,
    visitor: Visitor,
    target: SpeakingFor,
    kind: ReplyKind,
    *,
    pictures: tuple[str, ...] = (),
    token: str = "",
) -> Receipt:
    """Hand what a form said to the one path in; token: of the link, else that of the session."""
    stars, fixed = request.POST.get("stars", ""), request.POST.get("fixed", "")
    draft = adapter.read_reply(
        kind,
        key=request.POST.get("key", "")[:60] or fresh_key(),
        jurisdiction_id=visitor.jurisdiction.pk,
        language=visitor.language,
        received_at=clock.now(),
        text=request.POST.get("text", ""),
        rating=int(stars) if stars in {"1", "2", "3", "4", "5"} else None,
        is_fixed={"yes": True, "no": False}.get(fixed),
        pictures=pictures,
        token=token or held_token(request.session, target.case_id),
        phone=target.phone if may_read(request.session, target.case_id) else "",
    )
    actor: Actor = visitor.actor
    return reply(draft, target.case_id, actor=actor)


def _thanks(request: HttpRequest, target: SpeakingFor, receipt: Receipt, kind: str) -> HttpResponse:
    """Back to the case, saying what was taken; words of danger get their number first."""
    hazard = receipt.hazard
    if hazard is not None and hazard.level is not HazardLevel.NONE:
        context = {"here": "track", "number": target.number, "hazard": hazard}
        return render(request, "web/reply_danger.html", context)
    response = redirect("web:case", number=target.number)
    response["Location"] += f"?said={kind}"
    return response
