"""The shape of each step's form; what may be reported where is decided by intake."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hark311.channels.web.words import refusal
from hark311.domain.errors import BadAnswer, MissingAnswer
from hark311.domain.questions import Question, check_answers
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import QuestionType
from hark311.people.actions import normal_phone

_IN = {"class": "in"}
_SHORT = {"class": "in short"}
# Up to this many choices stand as a list of whole rows; more fold into one control.
_OPEN_CHOICES = 8


class StepForm(forms.Form):
    """A step. Labels stand above, errors name what to do, nothing is validated by browsers."""

    use_required_attribute = False

    def error_pairs(self) -> list[tuple[str, str]]:
        """The id of each field at fault, and what to do about it."""
        return [
            (self._place_of(name), str(error))
            for name, errors in self.errors.items()
            for error in errors
        ]

    def _place_of(self, name: str) -> str:
        """Where the link of an error leads: the field, or the whole group of choices."""
        if name not in self.fields:
            return ""
        field = self[name]
        return field.id_for_label or f"{field.auto_id}-group"


class WhereForm(StepForm):
    address = forms.CharField(
        label=_("Address, corner, or a well-known place"),
        help_text=_("Such as “Main Street at 4th Avenue”, or the name of a park."),
        max_length=300,
        required=False,
        widget=forms.TextInput({**_IN, "autocomplete": "address-line1"}),
    )
    area = forms.ChoiceField(label=_("Part of the city"), required=False, widget=forms.Select(_IN))
    lat = forms.CharField(
        label=_("Latitude"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"class": "in num", "inputmode": "decimal", "dir": "ltr"}),
    )
    lon = forms.CharField(
        label=_("Longitude"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"class": "in num", "inputmode": "decimal", "dir": "ltr"}),
    )

    # The address that a script found the coordinates for.
    found_for = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, areas: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = self.fields["area"]
        if isinstance(area, forms.ChoiceField):
            area.choices = [("", _("Choose, if you know it")), *areas]
        if not areas:
            del self.fields["area"]


class ContactForm(StepForm):
    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        required=False,
        widget=forms.TextInput({**_SHORT, "autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("For news about your report."),
        max_length=254,
        required=False,
        error_messages={"invalid": _("An e-mail address looks like name@mail.com.")},
        widget=forms.EmailInput({**_IN, "autocomplete": "email", "dir": "ltr"}),
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput({**_SHORT, "type": "tel", "autocomplete": "tel", "dir": "ltr"}),
    )
    wants_updates = forms.BooleanField(
        label=_("Send me news about this report"), required=False, initial=True
    )
    wants_public = forms.BooleanField(
        label=_("Everyone may see this report"),
        help_text=_(
            "Without your name and how to reach you. Neighbors see it and need not repeat it."
        ),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, may_be_public: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_be_public:
            del self.fields["wants_public"]

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if not phone:
            return phone
        try:
            parsed = phonenumbers.parse(normal_phone(phone), "US")
        except phonenumbers.NumberParseException as bad:
            raise ValidationError(_("Write the number with its area code.")) from bad
        if not phonenumbers.is_possible_number(parsed):
            raise ValidationError(_("Write the number with its area code."))
        return phone


class DetailsForm(StepForm):
    """The questions that are asked now, then a link to a photo; photos come beside it."""

    photo = forms.CharField(
        label=_("A link to a photo"),
        help_text=_("If you have put one on the web. It must begin with https://"),
        max_length=500,
        required=False,
        widget=forms.URLInput({**_IN, "dir": "ltr", "autocomplete": "off"}),
    )

    def __init__(
        self, *args: Any, questions: Iterable[Question], language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._language = language
        self._questions = sorted(questions, key=lambda question: question.order)
        for question in self._questions:
            if question.variable:
                self.fields[field_name(question)] = question_field(question, language)
        self.order_fields([*(field_name(one) for one in self._questions), "photo"])

    @property
    def notices(self) -> list[str]:
        """What the service says without asking."""
        return [
            in_language(question.texts, self._language)
            for question in self._questions
            if not question.variable
        ]

    def clean_photo(self) -> str:
        photo: str = self.cleaned_data["photo"].strip()
        if photo:
            URLValidator(
                schemes=["https", "http"],
                message=_("This is not a web address. It begins with https://"),
            )(photo)
        return photo

    def clean(self) -> dict[str, Any]:
        for question in self._questions:
            name = field_name(question)
            if question.variable and name not in self.errors:
                alone = replace(question, when=None)
                try:
                    check_answers([alone], {question.code: self._said(name)})
                except (MissingAnswer, BadAnswer) as error:
                    self.add_error(name, refusal(error, self._language))
        return self.cleaned_data

    def answers(self) -> Mapping[str, list[str]]:
        """What was answered, as typed; a question left out has no entry."""
        said = {one.code: list(self._said(field_name(one))) for one in self._questions}
        return {code: values for code, values in said.items() if any(values)}

    def as_typed(self) -> Mapping[str, list[str]]:
        """What was answered, right or wrong, while it is not yet to be judged."""
        given = {
            one.code: self.data.getlist(field_name(one))
            for one in self._questions
            if one.variable and isinstance(self.data, QueryDict)
        }
        return {code: values for code, values in given.items() if any(values)}

    def question_fields(self) -> list[forms.BoundField]:
        """The fields of questions, in their order."""
        return [self[field_name(one)] for one in self._questions if one.variable]

    def _said(self, name: str) -> tuple[str, ...]:
        value = self.cleaned_data.get(name) or ()
        return (value,) if isinstance(value, str) else tuple(value)


def field_name(question: Question) -> str:
    return f"q-{question.code}"


def question_field(question: Question, language: str) -> forms.Field:
    """The field for a question. Required ones are marked; check_answers judges the answer."""
    label = in_language(question.texts, language) or question.code
    hint = in_language(question.hints, language)
    choices = [
        (choice.key, in_language(choice.names, language) or choice.key)
        for choice in question.choices
    ]
    field = _field_of(question, choices)
    field.label, field.help_text = label, hint
    # The mark "(if you like)" reads this; a missing answer is found by check_answers.
    field.required = question.required
    field.error_messages["required"] = _("Answer this question; we cannot send anyone without it.")
    return field


def _field_of(question: Question, choices: list[tuple[str, str]]) -> forms.Field:
    match question.kind:
        case QuestionType.TEXT:
            return forms.CharField(widget=forms.Textarea({**_IN, "rows": 3}))
        case QuestionType.NUMBER:
            return forms.CharField(widget=forms.TextInput({**_SHORT, "inputmode": "decimal"}))
        case QuestionType.DATETIME:
            return forms.CharField(widget=forms.TextInput({**_SHORT, "type": "datetime-local"}))
        case QuestionType.SINGLEVALUELIST if len(choices) > _OPEN_CHOICES:
            return forms.ChoiceField(choices=[("", "—"), *choices], widget=forms.Select(_IN))
        case QuestionType.SINGLEVALUELIST:
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)
        case QuestionType.MULTIVALUELIST:
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple)
    return forms.CharField(widget=forms.TextInput(_IN))
