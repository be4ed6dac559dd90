"""The questions of a service as a script: words to say aloud, in the caller's own language."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hark311.catalog.queries import Service
from hark311.console.desk import Desk
from hark311.console.intake_form import IntakeForm
from hark311.domain.questions import Choice, Question
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import QuestionType

# More choices than this stand in a list that opens.
_AS_ROWS = 8


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of the script.

    say: as it is said to the caller. meaning: the same in the agent's language, "" if they
    share it. when, answers: asked only after one of these answers to that question.
    """

    field: forms.BoundField
    say: str
    meaning: str
    hint: str
    is_required: bool
    is_rows: bool
    is_answered: bool
    when: str
    answers: str


class CallForm(IntakeForm):
    """What a caller says, written down as they speak; a choice is answered with one key."""

    # A draft is one report, whatever its form is called.
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    description = forms.CharField(
        label=_("What the caller says"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "in"}),
    )

    def __init__(
        self,
        desk: Desk,
        service: Service | None,
        data: QueryDict | None = None,
        initial: Mapping[str, object] | None = None,
        *,
        spoken: str = "en",
    ) -> None:
        self.spoken = spoken
        super().__init__(desk, service, data, initial)

    def ask(self, question: Question) -> forms.Field:
        choices = [(one.key, self._choice(one)) for one in question.choices]
        label = in_language(question.texts, self.spoken) or question.code
        if question.kind is QuestionType.SINGLEVALUELIST and len(choices) <= _AS_ROWS:
            return forms.ChoiceField(
                label=label, required=False, choices=choices, widget=forms.RadioSelect
            )
        if question.kind is QuestionType.SINGLEVALUELIST:
            return forms.ChoiceField(
                label=label,
                required=False,
                choices=[("", _("Not asked")), *choices],
                widget=forms.Select(attrs={"class": "in"}),
            )
        return super().ask(question)

    @property
    def script(self) -> list[Ask]:
        """The questions in their order, each with the words to say."""
        if self.chosen is None:
            return []
        questions = sorted(self.chosen.questions, key=lambda one: one.order)
        return [self._asked(question) for question in questions]

    def _asked(self, question: Question) -> Ask:
        own = self.desk.names.language
        say = in_language(question.texts, self.spoken) or question.code
        meaning = in_language(question.texts, own)
        bound = self[f"q_{question.code}"]
        kind = getattr(bound.field.widget, "input_type", "")
        return Ask(
            field=bound,
            say=say,
            meaning="" if meaning == say else meaning,
            hint=in_language(question.hints, own),
            is_required=question.required,
            is_rows=kind in {"radio", "checkbox"},
            is_answered=bool(bound.value()),
            when=f"q_{question.when.question}" if question.when else "",
            answers=" ".join(sorted(question.when.answers)) if question.when else "",
        )

    def _choice(self, choice: Choice) -> str:
        """A choice as it is said, with what it means where the agent speaks otherwise."""
        say = in_language(choice.names, self.spoken) or choice.key
        meaning = in_language(choice.names, self.desk.names.language)
        return say if meaning in {"", say} else f"{say} ({meaning})"
