"""The form of an article: its words by language, whose it is, and when to look again."""

from datetime import timedelta

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hark311.access.policy import Permission
from hark311.answers.actions import ArticleDraft
from hark311.answers.records import Answer
from hark311.console.desk import Desk
from hark311.console.wording import language_name
from hark311.domain.texts import in_language
from hark311.platform import clock

_TITLE, _TEXT, _ASKED = "title_", "text_", "asked_"
_LOOK_AGAIN = timedelta(days=180)


class AnswerForm(forms.Form):
    """What an editor writes down."""

    department = forms.ChoiceField(
        label=_("Which department keeps it"), widget=forms.Select(attrs={"class": "in"})
    )
    topic = forms.ChoiceField(
        label=_("Under which heading"), required=False, widget=forms.Select(attrs={"class": "in"})
    )
    services = forms.MultipleChoiceField(
        label=_("What may be reported about it"),
        help_text=_("Hold Ctrl to choose several."),
        required=False,
        widget=forms.SelectMultiple(attrs={"class": "in", "size": 6}),
    )
    hotline = forms.ChoiceField(
        label=_("Whom to call about it"),
        required=False,
        widget=forms.Select(attrs={"class": "in"}),
    )
    often = forms.IntegerField(
        label=_("How much it is asked, from 0 to 100"),
        min_value=0,
        max_value=100,
        initial=0,
        widget=forms.NumberInput(attrs={"class": "in short"}),
    )
    review_on = forms.DateField(
        label=_("Look at it again on"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "in short"}),
    )
    is_sample = forms.BooleanField(
        label=_("This is a sample: the page says that it is invented"), required=False
    )

    def __init__(
        self,
        desk: Desk,
        data: QueryDict | None = None,
        *,
        answer: Answer | None = None,
        question: str = "",
    ) -> None:
        super().__init__(data, initial=_initial(answer) if answer else _first(desk, question))
        self.desk, self.answer = desk, answer
        rows = desk.jurisdiction.languages
        self.languages = [str(one["code"]) for one in rows] or ["en"]
        self.complete = [str(one["code"]) for one in rows if one.get("complete")] or ["en"]
        self._offer()
        for place, code in enumerate(self.languages):
            self._add_language(code, is_needed=place == 0)

    @property
    def words(self) -> list[forms.BoundField]:
        """The boxes of the languages in which every answer must be."""
        return [self[name + code] for code in self.complete for name in (_TITLE, _TEXT, _ASKED)]

    @property
    def more_words(self) -> list[forms.BoundField]:
        """The boxes of the others."""
        others = [code for code in self.languages if code not in self.complete]
        return [self[name + code] for code in others for name in (_TITLE, _TEXT, _ASKED)]

    def _add_language(self, code: str, *, is_needed: bool) -> None:
        name = language_name(code)
        box = {"class": "in", "lang": code}
        self.fields[_TITLE + code] = forms.CharField(
            label=_("Title in %(language)s") % {"language": name},
            max_length=160,
            required=is_needed,
            widget=forms.TextInput(attrs=box),
        )
        self.fields[_TEXT + code] = forms.CharField(
            label=_("Answer in %(language)s") % {"language": name},
            help_text=_("An empty line parts paragraphs; “- ” begins a point.")
            if is_needed
            else "",
            max_length=8000,
            required=is_needed,
            widget=forms.Textarea(attrs={**box, "rows": 6}),
        )
        self.fields[_ASKED + code] = forms.CharField(
            label=_("How else people ask it in %(language)s, one a line") % {"language": name},
            max_length=4000,
            required=False,
            widget=forms.Textarea(attrs={**box, "rows": 3}),
        )

    def _offer(self) -> None:
        desk, language = self.desk, self.desk.names.language
        settings = desk.jurisdiction.settings
        none = ("", str(_("None")))
        choices = {
            "department": [
                (str(one), desk.names.department(one)) for one in sorted(departments_of(desk))
            ],
            "topic": [
                none,
                *(
                    (str(row["code"]), in_language(row["names"], language))
                    for row in settings.get("groups", [])
                ),
            ],
            "services": sorted(
                (
                    (one.code, in_language(one.names, language))
                    for one in desk.names.services.values()
                ),
                key=lambda pair: pair[1],
            ),
            "hotline": [
                none,
                *(
                    (str(row["code"]), f"{row['number']} {in_language(row['names'], language)}")
                    for row in settings.get("hotlines", [])
                ),
            ],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = offered

    def draft(self) -> ArticleDraft:
        cleaned = self.cleaned_data
        return ArticleDraft(
            department_id=int(cleaned["department"]),
            topic=cleaned["topic"],
            titles=self._said(_TITLE),
            questions={
                code: lines
                for code, words in self._said(_ASKED).items()
                if (lines := [line.strip() for line in words.splitlines() if line.strip()])
            },
            texts=self._said(_TEXT),
            services=cleaned["services"],
            hotline=cleaned["hotline"],
            often=cleaned["often"],
            review_on=cleaned["review_on"],
            is_sample=cleaned["is_sample"],
        )

    def _said(self, prefix: str) -> dict[str, str]:
        said = {code: self.cleaned_data.get(prefix + code) or "" for code in self.languages}
        return {code: words.replace("\r", "") for code, words in said.items() if words}


def departments_of(desk: Desk) -> frozenset[int]:
    """The departments whose answers the reader may change."""
    queues = desk.names.organisation.queues.values()
    return frozenset(
        queue.department_id for queue in queues if desk.may(Permission.EDIT_ANSWERS, queue.id)
    )


def _first(desk: Desk, question: str) -> dict[str, object]:
    """What a new one begins with: the question that nobody answers yet."""
    again = (clock.now() + _LOOK_AGAIN).date()
    return {_TITLE + desk.names.language: question, "review_on": again}


def _initial(answer: Answer) -> dict[str, object]:
    return {
        **{_TITLE + code: said for code, said in answer.titles.items()},
        **{_TEXT + code: said for code, said in answer.texts.items()},
        **{_ASKED + code: "\n".join(lines) for code, lines in answer.questions.items()},
        "department": str(answer.department_id),
        "topic": answer.topic,
        "services": list(answer.services),
        "hotline": answer.hotline,
        "often": answer.often,
        "review_on": answer.review_on,
        "is_sample": answer.is_sample,
    }
