"""The form by which staff report for somebody: the same questions as on every channel."""

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from hark311.catalog.queries import Service, active_services
from hark311.console.desk import Desk
from hark311.console.staff_form import StaffForm
from hark311.console.wording import CHANNELS
from hark311.domain.draft import Contact, IntakeDraft
from hark311.domain.errors import BadAnswer, BadPlace, MissingAnswer
from hark311.domain.place import Point, point_from
from hark311.domain.questions import Question, check_answers
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import Channel, QuestionType
from hark311.platform.languages import OWN_NAMES
from hark311.platform.problem import wording_of

# The channels on which an agent writes down what somebody says.
TAKEN_BY_AGENTS = (
    Channel.PHONE,
    Channel.DESK,
    Channel.EMAIL,
    Channel.FAX,
    Channel.SMS,
    Channel.CHAT,
    Channel.SOCIAL,
    Channel.OUTREACH,
    Channel.STAFF,
)
NOT_THE_SAME = "none"


def _line(label: StrOrPromise, *, kind: str = "text", length: int = 300) -> forms.CharField:
    attributes = {"class": "in", "type": kind, "autocomplete": "off"}
    return forms.CharField(
        label=label, required=False, max_length=length, widget=forms.TextInput(attrs=attributes)
    )


class IntakeForm(StaffForm):
    """What somebody reports, written down by staff; the questions are the service's own."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=60)
    channel = forms.ChoiceField(
        label=_("How they reached us"), widget=forms.Select(attrs={"class": "in"})
    )
    language = forms.ChoiceField(label=_("They speak"), widget=forms.Select(attrs={"class": "in"}))
    description = forms.CharField(
        label=_("In their words"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "in"}),
    )
    service = forms.ChoiceField(label=_("Service"), widget=forms.Select(attrs={"class": "in"}))
    address = _line(_("Address or description of the place"))
    area = forms.ChoiceField(
        label=_("Or at least the area"), required=False, widget=forms.Select(attrs={"class": "in"})
    )
    lat = _line(_("Latitude"), length=30)
    lon = _line(_("Longitude"), length=30)
    name = _line(_("Name"), length=200)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"class": "in", "autocomplete": "off"}),
    )
    phone = _line(_("Telephone"), kind="tel", length=40)
    wants_updates = forms.BooleanField(
        label=_("Wants to be told what happens"), required=False, initial=True
    )
    wants_public = forms.BooleanField(
        label=_("The public may read it, without who reported it"), required=False, initial=True
    )

    def __init__(
        self,
        desk: Desk,
        service: Service | None,
        data: QueryDict | None = None,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        first = {"key": uuid4().hex, "channel": Channel.PHONE.value, "language": "en"}
        super().__init__(data, initial={**first, **(initial or {})})
        self.desk, self.chosen = desk, service
        self._offer()
        for question in service.questions if service else ():
            self.fields[f"q_{question.code}"] = self.ask(question)

    def ask(self, question: Question) -> forms.Field:
        """The field for one question of the service."""
        return question_field(question, self.desk.names.language)

    def _offer(self) -> None:
        language = self.desk.names.language
        services = active_services(self.desk.jurisdiction)
        choices: dict[str, list[tuple[str, str]]] = {
            "channel": [(one.value, str(CHANNELS[one])) for one in TAKEN_BY_AGENTS],
            "language": _languages(self.desk),
            "service": [
                ("", gettext("Choose a service")),
                *((one.code, in_language(one.names, language)) for one in services),
            ],
            "area": [
                ("", gettext("Not known")),
                *(
                    (one.key, in_language(one.names, language))
                    for one in self.desk.names.areas.areas
                ),
            ],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = offered

    @property
    def question_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("q_")]

    @property
    def point(self) -> Point | None:
        found: Point | None = self.cleaned_data.get("point")
        return found

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        try:
            cleaned["point"] = point_from(cleaned.get("lat"), cleaned.get("lon"))
        except BadPlace as error:
            self.add_error("lat", wording_of(error))
        if self.chosen is not None:
            try:
                check_answers(self.chosen.questions, self._answers())
            except (MissingAnswer, BadAnswer) as error:
                self.add_error(f"q_{error.facts['question']}", wording_of(error))
        return cleaned

    def draft(self, *, received_at: datetime, join: int | None) -> IntakeDraft:
        """What was written down, for the one way in. join: the incident it is the same as."""
        cleaned = self.cleaned_data
        actor = self.desk.actor
        return IntakeDraft(
            jurisdiction_id=actor.jurisdiction_id,
            channel=Channel(cleaned["channel"]),
            source_key=f"desk:{actor.account_id}:{cleaned['key']}",
            received_at=received_at,
            language=cleaned["language"],
            service_code=cleaned["service"],
            description=cleaned["description"],
            point=self.point,
            address_text=cleaned["address"],
            area=cleaned["area"],
            answers=self._answers(),
            contact=Contact(
                name=cleaned["name"],
                email=cleaned["email"],
                phone=cleaned["phone"],
                wants_updates=cleaned["wants_updates"],
            ),
            join_incident=join,
            acknowledge_candidates=True,
            wants_public=cleaned["wants_public"],
            handler_account_id=actor.account_id,
        )

    def _answers(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name in self.fields:
            if name.startswith("q_"):
                said = self.cleaned_data.get(name) or ()
                values = (said,) if isinstance(said, str) else tuple(said)
                found[name.removeprefix("q_")] = values
        return {code: values for code, values in found.items() if values}


def _languages(desk: Desk) -> list[tuple[str, str]]:
    """What people of this city may speak: its own languages, by their names."""
    known = [(str(one["code"]), str(one.get("name", ""))) for one in desk.jurisdiction.languages]
    return [(code, name or OWN_NAMES.get(code.lower(), code)) for code, name in known] or [
        ("en", OWN_NAMES["en"])
    ]


def question_field(question: Question, language: str) -> forms.Field:
    """The field for one question; what counts as an answer is checked by the domain."""
    label = in_language(question.texts, language) or question.code
    if question.required:
        label = gettext("%(question)s (must be answered)") % {"question": label}
    hint = in_language(question.hints, language)
    choices = [(one.key, in_language(one.names, language) or one.key) for one in question.choices]
    if question.kind is QuestionType.SINGLEVALUELIST:
        return forms.ChoiceField(
            label=label,
            help_text=hint,
            required=False,
            choices=[("", gettext("Not asked")), *choices],
            widget=forms.Select(attrs={"class": "in"}),
        )
    if question.kind is QuestionType.MULTIVALUELIST:
        return forms.MultipleChoiceField(
            label=label,
            help_text=hint,
            required=False,
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
        )
    widget: forms.Widget = forms.TextInput(attrs={"class": "in"})
    if question.kind is QuestionType.TEXT:
        widget = forms.Textarea(attrs={"rows": 3, "class": "in"})
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=10_000, widget=widget
    )
