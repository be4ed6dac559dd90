"""Deeds that close, open again, and answer who says that a closing is not true."""

from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext_lazy as _

from hark311.access.policy import Permission
from hark311.cases.actions.close_incident import close_incident
from hark311.cases.actions.decline_dispute import decline_dispute
from hark311.cases.actions.reopen_incident import reopen_incident
from hark311.cases.actions.uphold_dispute import (
    uphold_dispute_apart,
    uphold_dispute_by_reopening,
)
from hark311.cases.queries.staff_incident import StaffIncident
from hark311.console.deeds.base import (
    Deed,
    day_field,
    is_closed,
    is_open,
    is_whole,
    radios,
    text_field,
)
from hark311.console.deeds.compose import ComposeForm, Offered, OneReaderForm
from hark311.domain.canned import TextUse
from hark311.domain.closing import Closing, check_closing
from hark311.domain.errors import MissingEvidence, MissingOutcome, MissingText
from hark311.domain.texts import in_language
from hark311.domain.vocabulary import Outcome
from hark311.platform.problem import wording_of


class CloseForm(ComposeForm):
    use = TextUse.CLOSING
    outcome = radios(_("How it ended"))
    detail = forms.CharField(
        label=_("Whose it is, why it cannot be done, or when it will be"),
        help_text=_("Only for those three outcomes. A day below is enough for what is planned."),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "in"}),
    )
    planned_on = day_field(
        _("The day it is planned for"),
        _("Only for what is planned. We ask people on the next morning if it was done."),
    )
    text = text_field(
        _("What you tell people"),
        _("In your words, as you write them. Telephone numbers and addresses are covered."),
    )
    evidence = forms.MultipleChoiceField(
        label=_("Photos as proof"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        super().prepare()
        self.offer(
            "outcome",
            [(one.value, self.desk.outcome_label(one)) for one in Outcome if one.is_for_staff],
        )
        photos = [one for one in self.incident.pictures if one.is_evidence]
        self.offer("evidence", [(str(one.attachment_id), str(one.attachment_id)) for one in photos])
        self.initial["evidence"] = [str(one.attachment_id) for one in photos]
        texts = self.incident.service.closing_texts.get(Outcome.FIXED, {})
        self.initial["text"] = in_language(texts, self.desk.names.language)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        photos = {"photo"} if cleaned["evidence"] else set()
        try:
            check_closing(
                self.closing(),
                evidence_needed=self.incident.service.evidence,
                evidence_kinds=frozenset(photos | {"text"}),
            )
        except MissingOutcome as error:
            self.add_error("detail", wording_of(error))
        except (MissingEvidence, MissingText) as error:
            self.add_error("evidence", wording_of(error))
        return cleaned

    def closing(self) -> Closing:
        cleaned = self.cleaned_data
        return Closing(
            outcome=Outcome(cleaned["outcome"]),
            text=cleaned["text"],
            detail=cleaned["detail"],
            evidence=tuple(int(one) for one in cleaned["evidence"]),
            translations=self.translations,
            planned_on=cleaned["planned_on"],
        )

    def _of_service(self) -> Iterator[Offered]:
        """What the catalog says of each outcome of this service."""
        for outcome, texts in self.incident.service.closing_texts.items():
            name = self.desk.outcome_label(outcome)
            yield self._offered(f"closing-{outcome.value}", name, texts)

    def act(self) -> None:
        close_incident(
            self.incident.incident_id,
            self.closing(),
            actor=self.actor,
            seen=self.seen_sequence,
        )


class ReopenForm(ComposeForm):
    use = TextUse.REOPENING
    text = text_field(_("What you tell people"), _("Everybody who reported it is told."))

    def act(self) -> None:
        reopen_incident(
            self.incident.incident_id,
            self.cleaned_data["text"],
            actor=self.actor,
            translations=self.translations,
            seen=self.seen_sequence,
        )


class DisputeForm(OneReaderForm):
    use = TextUse.ANSWER
    dispute = radios(_("Whose dispute"))
    text = text_field(_("Your answer"), _("The person reads it."))

    def _case_id(self) -> int | None:
        chosen = self._chosen("dispute")
        found = (one.case_id for one in self.incident.disputes if one.dispute_id == chosen)
        return next(found, None)

    def prepare(self) -> None:
        super().prepare()
        numbers = {case.case_id: case.number for case in self.incident.cases}
        choices = [
            (str(one.dispute_id), f"{numbers.get(one.case_id, '')}  {one.text[:100]}".strip())
            for one in self.incident.open_disputes
        ]
        self.offer("dispute", choices)
        if len(choices) == 1:
            self.initial["dispute"] = choices[0][0]


class DeclineForm(DisputeForm):
    def act(self) -> None:
        decline_dispute(
            int(self.cleaned_data["dispute"]),
            self.cleaned_data["text"],
            actor=self.actor,
            seen=self.seen_sequence,
        )


class UpholdForm(DisputeForm):
    how = radios(_("What happens"))

    def prepare(self) -> None:
        super().prepare()
        self.offer(
            "how",
            [
                ("reopen", str(_("It is opened again for all. All who reported it are told."))),
                ("new", str(_("This case goes on in a new matter. Only this person is told."))),
            ],
        )

    def act(self) -> None:
        is_for_all = self.cleaned_data["how"] == "reopen"
        uphold = uphold_dispute_by_reopening if is_for_all else uphold_dispute_apart
        uphold(
            int(self.cleaned_data["dispute"]),
            self.cleaned_data["text"],
            actor=self.actor,
            seen=self.seen_sequence,
        )


def _is_disputed(incident: StaffIncident) -> bool:
    return is_whole(incident) and bool(incident.open_disputes)


DEEDS = (
    Deed(
        "close", _("Close it"), _("Close it"), Permission.CLOSE, CloseForm, is_open,
        "next", done=_("Closed. Everybody who reported it is told."), icon="check",
        has_preview=True, takes_photos=True, key="c",
    ),
    Deed(
        "uphold", _("Agree with a dispute"), _("Agree"), Permission.DECIDE_DISPUTE, UpholdForm,
        _is_disputed, "next", done=_("The dispute is upheld."), icon="return",
        has_preview=True,
    ),
    Deed(
        "decline", _("Decline a dispute"), _("Decline"), Permission.DECIDE_DISPUTE, DeclineForm,
        _is_disputed, "next", done=_("The dispute is answered."), icon="chat",
        has_preview=True,
    ),
    Deed(
        "reopen", _("Open it again"), _("Open it again"), Permission.REOPEN, ReopenForm,
        is_closed, "next", done=_("It is open again."), icon="return", has_preview=True,
    ),
)  # fmt: skip
