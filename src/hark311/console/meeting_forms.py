"""The form of a meeting, and the lines of what was told there as a form sends them."""

from datetime import datetime, timedelta

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from hark311.console.desk import Desk
from hark311.console.meeting_words import MEETING_KINDS
from hark311.domain.meetings import MeetingKind
from hark311.domain.texts import in_language
from hark311.outreach.actions import MOST_ROWS, MeetingFacts, TypedRow, typed_of
from hark311.outreach.queries import MeetingRecord
from hark311.places.queries import areas_of
from hark311.platform import clock

_LONGEST_KEY = 40
_FORM = "%Y-%m-%dT%H:%M"


def _moment(label: StrOrPromise) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "in"}, format=_FORM)
    return forms.DateTimeField(label=label, widget=widget, input_formats=[_FORM])


def _text(label: StrOrPromise, length: int, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=length,
        required=required,
        widget=forms.TextInput(attrs={"class": "in", "autocomplete": "off"}),
    )


class MeetingForm(forms.Form):
    """When, where and for whom."""

    title = _text(_("What it is called"), 200, required=True)
    kind = forms.ChoiceField(
        label=_("Kind of meeting"),
        choices=[(kind.value, words) for kind, words in MEETING_KINDS.items()],
        widget=forms.Select(attrs={"class": "in"}),
    )
    area = forms.ChoiceField(
        label=_("For which area"), required=False, widget=forms.Select(attrs={"class": "in"})
    )
    starts_at = _moment(_("It begins"))
    ends_at = _moment(_("It ends"))
    place = _text(_("Where"), 300)
    about = forms.CharField(
        label=_("What it is about"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"class": "in", "rows": 3}),
    )
    is_cancelled = forms.BooleanField(label=_("It is called off"), required=False)

    def __init__(
        self, desk: Desk, data: QueryDict | None = None, record: MeetingRecord | None = None
    ) -> None:
        super().__init__(data, initial=_first_values(record))
        area = self.fields["area"]
        if isinstance(area, forms.ChoiceField):
            area.choices = [("", _("The whole city")), *area_choices(desk)]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if isinstance(starts, datetime) and isinstance(ends, datetime) and ends <= starts:
            self.add_error("ends_at", _("It must end after it begins."))
        return cleaned

    def facts(self) -> MeetingFacts:
        said = self.cleaned_data
        return MeetingFacts(
            kind=MeetingKind(said["kind"]),
            title=said["title"],
            area=said["area"],
            place=said["place"],
            about=said["about"],
            starts_at=said["starts_at"],
            ends_at=said["ends_at"],
            is_cancelled=said["is_cancelled"],
        )


def area_choices(desk: Desk) -> list[tuple[str, str]]:
    """The areas of the city by name, as forms offer them."""
    areas = areas_of(desk.jurisdiction).areas
    named = [(one.key, in_language(one.names, desk.names.language) or one.code) for one in areas]
    return sorted(named, key=lambda pair: pair[1])


def typed_rows(data: QueryDict) -> list[TypedRow]:
    """The lines of the table, in the order of the form; each part is a list of its own."""
    names = ("said", "service", "address", "name", "email", "phone")
    parts = {name: data.getlist(name) for name in names}
    return [
        typed_of({name: _at(values, place) for name, values in parts.items()}, key[:_LONGEST_KEY])
        for place, key in enumerate(data.getlist("row")[:MOST_ROWS])
        if key
    ]


def _at(values: list[str], place: int) -> str:
    return values[place] if place < len(values) else ""


def _first_values(record: MeetingRecord | None) -> dict[str, object]:
    if record is None:
        evening = timezone.localtime(clock.now()).replace(
            hour=18, minute=30, second=0, microsecond=0
        )
        start = evening + timedelta(days=7)
        return {"starts_at": start, "ends_at": start + timedelta(hours=2)}
    return {
        "title": record.title,
        "kind": record.kind.value,
        "area": record.area,
        "starts_at": timezone.localtime(record.starts_at),
        "ends_at": timezone.localtime(record.ends_at),
        "place": record.place,
        "about": record.about,
        "is_cancelled": record.is_cancelled,
    }
