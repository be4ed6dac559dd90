"""Deeds that join incidents that are one, and take a join back."""

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hark311.access.policy import Permission
from hark311.cases.actions.merge_incidents import OpenOrders, merge_incidents
from hark311.cases.actions.unmerge_case import unmerge_case
from hark311.cases.queries.staff_incident import StaffIncident
from hark311.cases.queries.staff_search import incident_by_number, merge_targets
from hark311.console.deeds.base import Deed, DeedForm, is_open, optional_text, radios
from hark311.domain.errors import NotFound

OTHER = "number"


class MergeForm(DeedForm):
    target = radios(
        _("Which one it is the same as"),
        _("The people of this one move there. Each keeps number and promise."),
    )
    number = forms.CharField(
        label=_("Or a case number of it"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"class": "in short"}),
    )

    orders = radios(_("Its open work orders"))
    text = optional_text(_("A word to the people of this one"))

    def prepare(self) -> None:
        self.offer(
            "orders",
            [
                (OpenOrders.MOVE.value, str(_("Move along"))),
                (OpenOrders.CANCEL.value, str(_("Are cancelled"))),
            ],
        )
        self.initial["orders"] = OpenOrders.MOVE.value
        near = merge_targets(self.incident, self.actor, self.desk.names)
        choices = [
            (
                str(one.incident_id),
                ngettext(
                    "%(service)s, %(place)s: %(distance)d m away, one case, %(number)s",
                    "%(service)s, %(place)s: %(distance)d m away, %(cases)d cases, %(number)s",
                    one.cases,
                )
                % {
                    "service": one.service,
                    "place": one.place,
                    "distance": one.distance_m,
                    "cases": one.cases,
                    "number": one.number,
                },
            )
            for one in near
        ]
        self.offer("target", [*choices, (OTHER, gettext("Another one, by its number"))])
        if not choices:
            self.initial["target"] = OTHER

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("target") != OTHER:
            return cleaned
        try:
            cleaned["target"] = incident_by_number(str(cleaned.get("number", "")), self.actor)
        except NotFound:
            self.add_error("number", _("No case that you may see has this number."))
        return cleaned

    def act(self) -> None:
        merge_incidents(
            self.incident.incident_id,
            int(self.cleaned_data["target"]),
            actor=self.actor,
            orders=OpenOrders(self.cleaned_data["orders"]),
            text=self.cleaned_data["text"],
            seen=self.seen_sequence,
        )


class UnmergeForm(DeedForm):
    case = radios(_("Which case goes back to where it came from"))

    def prepare(self) -> None:
        self.offer(
            "case",
            [
                (str(case.case_id), f"{case.number}  {case.text[:80]}".strip())
                for case in self.incident.cases
                if case.came_from_id is not None
            ],
        )

    def act(self) -> None:
        unmerge_case(int(self.cleaned_data["case"]), actor=self.actor, seen=self.seen_sequence)


def _can_merge(incident: StaffIncident) -> bool:
    return is_open(incident) and not incident.is_sensitive


def _has_joined(incident: StaffIncident) -> bool:
    return any(case.came_from_id is not None for case in incident.cases)


DEEDS = (
    Deed(
        "merge", _("Join with another one"), _("Join them"), Permission.MERGE, MergeForm,
        _can_merge, "join", done=_("They are one now."), icon="people", has_preview=True,
    ),
    Deed(
        "unmerge", _("Take a join back"), _("Take it back"), Permission.MERGE, UnmergeForm,
        _has_joined, "join", done=_("The case is back where it came from."), icon="return",
        has_preview=True,
    ),
)  # fmt: skip
