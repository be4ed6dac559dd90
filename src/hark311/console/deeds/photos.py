"""Deeds about photos: show or hide them one by one, add a photo of the work."""

from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext_lazy as _

from hark311.access.policy import Permission
from hark311.cases.actions.judge_pictures import judge_pictures
from hark311.cases.queries.staff_parts import PictureLine
from hark311.console.deeds.base import Deed, DeedForm, is_whole, radios
from hark311.console.wording import JUDGEMENTS, PICTURES

_PREFIX = "picture_"


class JudgeForm(DeedForm):
    """Each photo by itself, so that one that nobody looked at yet may wait."""

    def prepare(self) -> None:
        numbers = {case.case_id: case.number for case in self.incident.cases}
        for name, picture in self._pictures():
            of = str(_("Proof")) if picture.is_evidence else numbers.get(picture.case_id or 0, "")
            field = radios(
                f"{of} · {PICTURES[picture.state]}".removeprefix(" · "),
                _("No faces, no plates, nobody’s home from inside."),
            )
            field.choices = [
                (state, str(words))
                for state, words in JUDGEMENTS.items()
                if state != "checking" or picture.state == state
            ]
            self.fields[name] = field
            self.initial[name] = picture.state

    def act(self) -> None:
        judged = {
            picture.attachment_id: self.cleaned_data[name]
            for name, picture in self._pictures()
            if self.cleaned_data[name] != picture.state
        }
        judge_pictures(
            self.incident.incident_id,
            shown=[pk for pk, state in judged.items() if state == "shown"],
            hidden=[pk for pk, state in judged.items() if state == "hidden"],
            actor=self.actor,
            seen=self.seen_sequence,
        )

    def _pictures(self) -> Iterator[tuple[str, PictureLine]]:
        """The photos, each with the name of its field."""
        return ((f"{_PREFIX}{one.attachment_id}", one) for one in self.incident.pictures)


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
