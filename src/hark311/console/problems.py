"""Shows staff what was refused: a page with the right status and what to do."""

from collections.abc import Mapping
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hark311.domain.errors import HarkError
from hark311.domain.texts import in_language
from hark311.platform.problem import status_of, wording_of

# Refusals say by a reason what exactly does not fit; these have words of their own for staff.
_REASONS: Mapping[str, LazyText] = MappingProxyType(
    {
        "answered": gettext_lazy("This dispute is answered already."),
        "attached": gettext_lazy("It is with another case already."),
        "approved": gettext_lazy("It is approved. Take it back first."),
        "claimed": gettext_lazy("A colleague works on it."),
        "closed": gettext_lazy("It is closed."),
        "draft_done": gettext_lazy("It was seen to meanwhile."),
        "last_admin": gettext_lazy("Nobody else administers the whole city. Appoint one first."),
        "left": gettext_lazy("This account is closed."),
        "newer": gettext_lazy("Another window has kept more. Load the page again."),
        "no_role": gettext_lazy("Give at least one role, or close the account."),
        "own_roles": gettext_lazy("Nobody changes their own account here. Ask a colleague."),
        "seen_to": gettext_lazy("It was seen to meanwhile."),
        "works_here": gettext_lazy("Somebody with this address works here already."),
        "dispute_open": gettext_lazy("Answer the dispute first."),
        "home_merged": gettext_lazy("The matter it came from was itself joined into another."),
        "merged": gettext_lazy("It was joined into another one. Work on that one."),
        "no_active_case": gettext_lazy("Nobody wants it done any more: all cases were taken back."),
        "no_reporter": gettext_lazy("Nobody to ask: this case came without a person."),
        "name_taken": gettext_lazy("There is a view of this name already. Choose another name."),
        "no_name": gettext_lazy("Give it a name."),
        "no_rows": gettext_lazy("Choose one or more rows first."),
        "not_merged": gettext_lazy("This case was never joined to another matter."),
        "not_agreed": gettext_lazy("Not every department has agreed yet."),
        "not_asked": gettext_lazy("Your department was not asked, or has agreed already."),
        "own_words": gettext_lazy("Somebody else must approve what you wrote."),
        "post_state": gettext_lazy("A colleague has moved it on. Load the page again."),
        "post_no_alternative": gettext_lazy("Say in words what the picture shows."),
        "post_too_long": gettext_lazy("It is too long for one of the networks."),
        "not_of_department": gettext_lazy("This person does not work in its department."),
        "only_case": gettext_lazy("It is the only case: there is nothing to take it out of."),
        "past": gettext_lazy("This day is over. Choose one to come."),
        "question_open": gettext_lazy("A question to this person still waits for its answer."),
        "queue_not_sensitive": gettext_lazy("A sensitive matter goes to sensitive queues only."),
        "not_found": gettext_lazy("These words stand nowhere in this case."),
        "rated": gettext_lazy("It was rated more than 30 days ago, and stays so."),
        "related": gettext_lazy("These two are linked already."),
        "same": gettext_lazy("That is this one itself."),
        "same_queue": gettext_lazy("It is in this queue already."),
        "sensitive": gettext_lazy("Sensitive matters are never joined or linked."),
        "shared": gettext_lazy("It holds or held several cases. Take them out first."),
        "too_late": gettext_lazy(
            "The time to question this closing is over. If it is true, open it again."
        ),
        "too_long": gettext_lazy("This list is narrowed by too many words to keep it."),
        "too_many_rows": gettext_lazy("At most 200 can be done at once. Choose fewer."),
        "too_many_views": gettext_lazy("There are 30 views already. Remove one first."),
        "too_short": gettext_lazy("Give at least three letters to cover."),
        "unchanged": gettext_lazy("Nothing would change."),
        "withdrawn": gettext_lazy("This case was taken back."),
    }
)


def sentence_of(error: HarkError, language: str) -> str:
    """What staff read about a refusal, in the language that is active."""
    names = error.facts.get("responsible")
    if error.code == "outside_city" and isinstance(names, dict) and names:
        whose = in_language(names, language)
        return _("This place is outside our area. It belongs to %(name)s.") % {"name": whose}
    reason = _REASONS.get(str(error.facts.get("reason", "")))
    return f"{wording_of(error)} {reason}" if reason else wording_of(error)


def problem_page(request: HttpRequest, error: HarkError, *, desk: object | None) -> HttpResponse:
    """A page that says what is so; ``desk`` is None where nobody is known to be staff."""
    status = status_of(error)
    language = getattr(request, "LANGUAGE_CODE", "en")
    context = {"sentence": sentence_of(error, language), "status": status, "desk": desk}
    return render(request, "console/problem.html", context, status=status)
