"""Deeds that correct what it is and where: service, place, split, relate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hark311.access.policy import Permission
from hark311.cases.actions.change_service import change_service
from hark311.cases.actions.correct_place import correct_place
from hark311.cases.actions.relate_incidents import relate_incidents
from hark311.cases.actions.split_case import split_case
from hark311.cases.queries.staff_incident import StaffIncident
from hark311.cases.queries.staff_search import incident_by_number
from hark311.catalog.queries import active_services
from hark311.console.deeds.base import Deed, DeedForm, is_open, is_whole, menu
from hark311.console.deeds.words import CaseForm
from hark311.domain.errors import HarkError, NotFound
from hark311.domain.place import point_from
from hark311.domain.texts import in_language
from hark311.platform.problem import wording_of


class ServiceForm(DeedForm):
    service = menu(
        _("Which service it is"),
        _("Its people get the promise of that service, counted from when they reported."),
    )

    def prepare(self) -> None:
        language = self.desk.names.language
        here = self.incident.service
        self.offer(
            "service",
            [
                (one.code, in_language(one.names, language))
                for one in active_services(self.desk.jurisdiction)
                if one.code != here.code
            ],
        )

    def act(self) -> None:
        change_service(
            self.incident.incident_id,
            self.cleaned_data["service"],
            actor=self.actor,
            seen=self.seen_sequence,
        )


class PlaceForm(DeedForm):
    address = forms.CharField(
        label=_("Address or description of the place"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "in"}),
    )
    lat = forms.CharField(label=_("Latitude"), widget=forms.TextInput(attrs={"class": "in short"}))
    lon = forms.CharField(label=_("Longitude"), widget=forms.TextInput(attrs={"class": "in short"}))

    def prepare(self) -> None:
        point = self.incident.point
        self.initial.update(address=self.incident.address, lat=point.lat, lon=point.lon)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        try:
            point = point_from(cleaned.get("lat"), cleaned.get("lon"))
        except HarkError as error:
            self.add_error("lat", wording_of(error))
            return cleaned
        if point is not None:
            cleaned["point"] = point
        return cleaned

    def act(self) -> None:
        correct_place(
            self.incident.incident_id,
            self.cleaned_data["point"],
            self.cleaned_data["address"],
            actor=self.actor,
            seen=self.seen_sequence,
        )


class SplitForm(CaseForm):
    def act(self) -> None:
        split_case(self.case_id, actor=self.actor, seen=self.seen_sequence)


class RelateForm(DeedForm):
    number = forms.CharField(
        label=_("A case number of the other one"),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "in short"}),
    )

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"])
        try:
            self.cleaned_data["other"] = incident_by_number(number, self.actor)
        except NotFound as error:
            raise forms.ValidationError(_("No case that you may see has this number.")) from error
        return number

    def act(self) -> None:
        relate_incidents(self.incident.incident_id, self.cleaned_data["other"], actor=self.actor)


def _has_several(incident: StaffIncident) -> bool:
    return is_open(incident) and len(incident.active_cases) > 1


DEEDS = (
    Deed(
        "service", _("Change the service"), _("Change it"), Permission.CHANGE_SERVICE, ServiceForm,
        is_open, "correct", done=_("The service is changed."), icon="list", has_preview=True,
    ),
    Deed(
        "place", _("Correct the place"), _("Correct it"), Permission.CORRECT_PLACE, PlaceForm,
        is_open, "correct", done=_("The place is corrected."), icon="pin", has_preview=True,
    ),
    Deed(
        "split", _("Take one case out"), _("Take it out"), Permission.SPLIT, SplitForm,
        _has_several, "join", hint=_("It becomes a matter of its own. Its promise stays."),
        done=_("It is on its own now."), icon="share", has_preview=True,
    ),
    Deed(
        "relate", _("Link to another one"), _("Link"), Permission.RELATE, RelateForm, is_whole,
        "join", done=_("Linked."), icon="share",
    ),
)  # fmt: skip
