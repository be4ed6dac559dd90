"""Answers for editors: what is due to be looked at, what nobody answers, and each article."""

from dataclasses import dataclass
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hark311.access.policy import Permission
from hark311.answers.actions import retire_answer, settle_question, write_answer
from hark311.answers.queries import answer_by_id, answers_of, open_questions, opinions
from hark311.answers.records import Answer
from hark311.console.answer_forms import AnswerForm, departments_of
from hark311.console.desk import Desk, staff_page
from hark311.domain.errors import NotAllowed
from hark311.platform import clock


@dataclass(frozen=True, slots=True)
class Listed:
    """An answer in the list of editors: how many it helped lately, and how many not."""

    answer: Answer
    title: str
    helped: int
    failed: int
    is_late: bool
    is_own: bool


@require_safe
@staff_page(Permission.READ_CASES)
def answers(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What is due, what nobody answers, then all by title; the worst judged stand out."""
    now = clock.now()
    today = now.astimezone(desk.names.organisation.zone).date()
    judged, own = opinions(desk.jurisdiction, now=now), departments_of(desk)
    rows = [
        Listed(
            answer=one,
            title=one.title(desk.names.language),
            helped=judged.get(one.code, (0, 0))[0],
            failed=judged.get(one.code, (0, 0))[1],
            is_late=one.is_overdue(today),
            is_own=one.department_id in own,
        )
        for one in answers_of(desk.jurisdiction)
    ]
    context = {
        "desk": desk,
        "here": "answers",
        "rows": sorted(rows, key=lambda row: (not row.is_late, row.title.casefold())),
        "late": sum(row.is_late for row in rows),
        "questions": open_questions(desk.jurisdiction),
        "may_write": bool(own),
    }
    return render(request, "console/answers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.EDIT_ANSWERS)
def new_answer(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A new article; ``?question=`` brings the words that nobody answers."""
    question = request.GET.get("question", "")[:160]
    data = request.POST if request.method == "POST" else None
    form = AnswerForm(desk, data, question=question)
    if not form.is_valid():
        return _page(request, form)
    title = next(iter(form.draft().titles.values()))
    code = f"{slugify(title)[:60] or 'answer'}-{uuid4().hex[:6]}"
    write_answer(desk.jurisdiction, code, form.draft(), account_id=_account(desk), at=clock.now())
    return _back(request, _("The answer is published."))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.EDIT_ANSWERS)
def answer(request: HttpRequest, desk: Desk, article_id: int) -> HttpResponse:
    """The next version of an article."""
    found = _own(desk, article_id)
    form = AnswerForm(desk, request.POST if request.method == "POST" else None, answer=found)
    if not form.is_valid():
        return _page(request, form)
    write_answer(
        desk.jurisdiction, found.code, form.draft(), account_id=_account(desk), at=clock.now()
    )
    return _back(request, _("The answer is changed. The older words are kept."))


@require_POST
@staff_page(Permission.EDIT_ANSWERS)
def retire(request: HttpRequest, desk: Desk, article_id: int) -> HttpResponse:
    """No longer show an article."""
    retire_answer(desk.jurisdiction, _own(desk, article_id).id)
    return _back(request, _("The answer is no longer shown."))


@require_POST
@staff_page(Permission.EDIT_ANSWERS)
def settle(request: HttpRequest, desk: Desk, question_id: int) -> HttpResponse:
    """Take a question off the list."""
    settle_question(desk.jurisdiction, question_id, at=clock.now())
    return _back(request, _("The question is off the list. Asked again, it comes back."))


def _own(desk: Desk, article_id: int) -> Answer:
    """Raises NotFound, and NotAllowed for another department's."""
    found = answer_by_id(desk.jurisdiction, article_id)
    if found.department_id not in departments_of(desk):
        raise NotAllowed(permission=Permission.EDIT_ANSWERS.value)
    return found


def _account(desk: Desk) -> int:
    if desk.actor.account_id is None:
        raise NotAllowed(reason="signed_out")
    return desk.actor.account_id


def _page(request: HttpRequest, form: AnswerForm) -> HttpResponse:
    context = {"desk": form.desk, "here": "answers", "form": form, "answer": form.answer}
    return render(request, "console/answer.html", context, status=422 if form.is_bound else 200)


def _back(request: HttpRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("console:answers"))
