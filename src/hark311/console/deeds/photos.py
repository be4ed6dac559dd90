"""Deeds about photos: show or hide them, add a photo of the work."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from hark311.access.policy import Permission
from hark311.cases.actions.judge_pictures import judge_pictures
from hark311.cases.queries.staff_parts import PictureLine
from hark311.console.deeds.base import Deed, DeedForm, is_whole
from hark311.console.wording import PICTURES


class JudgeForm(DeedForm):
    pictures = forms.MultipleChoiceField(
        label=_("The public may see"),
        help_text=_(
            "No faces, no plates, nobody’s home from inside. What is not ticked is hidden."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def prepare(self) -> None:
        known = self.incident.pictures
        numbers = {case.case_id: case.number for case in self.incident.cases}
        self.offer("pictures", [(str(one.attachment_id), _caption(one, numbers)) for one in known])
        self.initial["pictures"] = [str(one.attachment_id) for one in known if one.state == "shown"]

    def act(self) -> None:
        ticked = {int(one) for one in self.cleaned_data["pictures"]}
        known = [one.attachment_id for one in self.incident.pictures]
        judge_pictures(
            self.incident.incident_id,
            shown=[one for one in known if one in ticked],
            hidden=[one for one in known if one not in ticked],
            actor=self.actor,
            seen=self.seen_sequence,
        )


class ProofForm(DeedForm):
    """The photos are kept as they arrive; all that is left is to see that there are any."""

    evidence = forms.MultipleChoiceField(
        label=_("Photos as proof"), widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        ids = [str(one.attachment_id) for one in self.incident.pictures if one.is_evidence]
        self.offer("evidence", [(one, one) for one in ids])
        self.initial["evidence"] = ids

    def act(self) -> None:
        """Nothing is left to do."""


def _caption(picture: PictureLine, numbers: Mapping[int, str]) -> str:
    """The case it came with, or that it shows the work, and what the public gets of it now."""
    number = str(_("Proof")) if picture.is_evidence else numbers.get(picture.case_id or 0, "")
    return f"{number} · {PICTURES[picture.state]}".removeprefix(" · ")


DEEDS = (
    Deed(
        "proof", _("Add a photo of the work"), _("Add"), Permission.WORK, ProofForm, is_whole,
        "work", done=_("The photo is kept."), icon="photo", takes_photos=True,
    ),
    Deed(
        "pictures", _("Show or hide photos"), _("Save"), Permission.NOTE, JudgeForm,
        lambda incident: bool(incident.pictures), "correct", done=_("Saved."), icon="photo",
    ),
)  # fmt: skip
