"""The shape of a deed: a form over one incident that knows which action it calls."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import ClassVar

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from hark311.access.policy import Permission
from hark311.cases.queries.staff_incident import StaffIncident
from hark311.console.deeds.preview import Preview, preview_of
from hark311.console.desk import Desk
from hark311.console.staff_form import StaffForm
from hark311.domain.actor import Actor
from hark311.government.accounts import Colleague
from hark311.platform import clock

DONE = _("Done.")
Choices = list[tuple[str, str]]


class DeedForm(StaffForm):
    """Filled by staff about one incident; ``seen`` tells what they had before their eyes."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        incident: StaffIncident,
        desk: Desk,
        data: QueryDict | None = None,
        *,
        asked: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """asked: first values that the link to the form gave."""
        super().__init__(data, initial={"seen": incident.seen})
        self.incident, self.desk = incident, desk
        self.prepare()
        self.initial.update((name, asked[name]) for name in asked if name in self.linkable)

    # The fields whose first value a link may give.
    linkable: ClassVar[frozenset[str]] = frozenset({"case", "order", "state", "dispute"})

    def prepare(self) -> None:
        """Fill choices and first values from the incident."""

    def act(self) -> None:
        """Call the action with what was typed; called once the form is valid."""
        raise NotImplementedError

    def preview(self) -> Preview:
        """What people get once it is done. Raises what the action itself refuses."""
        return preview_of(self.act, self.incident.incident_id, self.incident.seen, self.desk)

    def offer(self, name: str, choices: Choices) -> None:
        """Set the choices of a field."""
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(f"{name} is no choice")
        field.choices = choices

    def typed_with(self, seen: int) -> QueryDict:
        """What was typed, as a form that was made from ``seen``."""
        if not isinstance(self.data, QueryDict):
            raise TypeError("a deed is filled from a request")
        typed = self.data.copy()
        typed["seen"] = str(seen)
        return typed

    @property
    def seen_sequence(self) -> int:
        return int(self.cleaned_data["seen"])

    @property
    def actor(self) -> Actor:
        return self.desk.actor


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done. group: where the page of the incident lists it.

    is_plain: nothing to fill in, a button is enough. fits: whether it makes sense now.
    key: the letter that opens it on the page of the incident, "" for none.
    """

    code: str
    title: StrOrPromise
    button: StrOrPromise
    permission: Permission
    form: type[DeedForm]
    fits: Callable[[StaffIncident], bool]
    group: str
    hint: StrOrPromise = ""
    done: StrOrPromise = DONE
    icon: str = "edit"
    is_plain: bool = False
    has_preview: bool = False
    takes_photos: bool = False
    key: str = ""


def text_field(label: StrOrPromise, hint: StrOrPromise = "", *, rows: int = 4) -> forms.CharField:
    """A box for words, of at most 4,000 characters."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows, "class": "in"}),
    )


def optional_text(label: StrOrPromise, hint: StrOrPromise = "") -> forms.CharField:
    """A box for words that may stay empty."""
    field = text_field(label, hint, rows=3)
    field.required = False
    return field


def radios(label: StrOrPromise, hint: StrOrPromise = "") -> forms.ChoiceField:
    """One choice of several, all in sight."""
    return forms.ChoiceField(label=label, help_text=hint, widget=forms.RadioSelect)


def menu(label: StrOrPromise, hint: StrOrPromise = "") -> forms.ChoiceField:
    """One choice of many, folded."""
    return forms.ChoiceField(
        label=label, help_text=hint, widget=forms.Select(attrs={"class": "in"})
    )


def day_field(label: StrOrPromise, hint: StrOrPromise = "") -> forms.DateField:
    """A day that may stay empty."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "in short"}),
    )


def colleague_choices(colleagues: Iterable[Colleague]) -> Choices:
    """Colleagues by name; of who is away today it is said until when."""
    today = timezone.localdate(clock.now())
    return [(str(one.account_id), _named(one, today)) for one in colleagues]


def _named(one: Colleague, today: date) -> str:
    if not one.is_away_on(today):
        return one.name
    if one.absent_to is None:
        return gettext("%(name)s (away)") % {"name": one.name}
    facts = {"name": one.name, "day": date_format(one.absent_to, "DATE_FORMAT")}
    return gettext("%(name)s (away until %(day)s)") % facts


def case_choices(incident: StaffIncident) -> Choices:
    """The active cases, each by its number and the beginning of its words."""
    return [
        (str(case.case_id), f"{case.number}  {case.text[:80]}".strip())
        for case in incident.active_cases
    ]


def is_open(incident: StaffIncident) -> bool:
    return incident.state.is_open and incident.merged_into_id is None


def is_closed(incident: StaffIncident) -> bool:
    return not incident.state.is_open and incident.merged_into_id is None


def is_whole(incident: StaffIncident) -> bool:
    """True unless it was joined into another and only its history is left."""
    return incident.merged_into_id is None
