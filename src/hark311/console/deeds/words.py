"""Deeds of words: notes, questions to a reporter, redaction, withdrawal."""

from django.utils.translation import gettext_lazy as _

from hark311.access.policy import Permission
from hark311.cases.actions.add_note import add_internal_note, add_public_note
from hark311.cases.actions.add_words import add_words
from hark311.cases.actions.ask_reporter import ask_reporter
from hark311.cases.actions.redact_case import redact_case
from hark311.cases.actions.withdraw_case import withdraw_case
from hark311.cases.queries.staff_incident import StaffIncident
from hark311.console.deeds.base import (
    Deed,
    DeedForm,
    case_choices,
    is_open,
    is_whole,
    radios,
    text_field,
)
from hark311.console.deeds.compose import ComposeForm, OneReaderForm
from hark311.domain.canned import TextUse


class InternalNoteForm(DeedForm):
    text = text_field(_("Note for staff"), _("Only staff read it."))

    def act(self) -> None:
        add_internal_note(
            self.incident.incident_id,
            self.cleaned_data["text"],
            actor=self.actor,
            seen=self.seen_sequence,
        )


class PublicNoteForm(ComposeForm):
    use = TextUse.NEWS
    text = text_field(
        _("News for people"), _("Everybody who reported it is told. Anyone may read it.")
    )

    def act(self) -> None:
        add_public_note(
            self.incident.incident_id,
            self.cleaned_data["text"],
            actor=self.actor,
            translations=self.translations,
            seen=self.seen_sequence,
        )


class CaseForm(DeedForm):
    """About one of the incident's cases."""

    case = radios(_("Which case"))

    def prepare(self) -> None:
        super().prepare()
        choices = case_choices(self.incident)
        self.offer("case", choices)
        if len(choices) == 1:
            self.initial["case"] = choices[0][0]

    @property
    def case_id(self) -> int:
        return int(self.cleaned_data["case"])


class AskForm(CaseForm, OneReaderForm):
    use = TextUse.QUESTION
    text = text_field(
        _("Your question"),
        _("The clock of this one case stands still until they answer, five days at most."),
    )

    def _case_id(self) -> int | None:
        return self._chosen("case")

    def act(self) -> None:
        ask_reporter(
            self.case_id, self.cleaned_data["text"], actor=self.actor, seen=self.seen_sequence
        )


class AddForm(CaseForm):
    text = text_field(
        _("What they say"),
        _("In their words. It stands with their case, and the department sees it."),
    )

    def act(self) -> None:
        add_words(self.case_id, self.cleaned_data["text"], (), actor=self.actor)


class RedactForm(CaseForm):
    words = text_field(
        _("The words to cover"),
        _("Exactly as they stand there. They are covered everywhere and cannot be brought back."),
        rows=2,
    )
    reason = text_field(_("Why"), _("For colleagues, without the words themselves."), rows=2)

    def act(self) -> None:
        redact_case(
            self.case_id,
            self.cleaned_data["words"],
            self.cleaned_data["reason"],
            actor=self.actor,
            seen=self.seen_sequence,
        )


class WithdrawForm(CaseForm):
    def act(self) -> None:
        withdraw_case(self.case_id, actor=self.actor)


def _has_reporter(incident: StaffIncident) -> bool:
    return is_open(incident) and any(case.has_person for case in incident.active_cases)


DEEDS = (
    Deed(
        "note", _("Write a note for staff"), _("Add the note"), Permission.NOTE, InternalNoteForm,
        is_whole, "tell", done=_("Noted."), icon="lock", key="n",
    ),
    Deed(
        "news", _("Tell people the news"), _("Tell them"), Permission.NOTE, PublicNoteForm,
        is_open, "tell", done=_("People are told."), icon="bell", has_preview=True,
    ),
    Deed(
        "ask", _("Ask a reporter"), _("Ask"), Permission.ASK, AskForm, _has_reporter,
        "tell", done=_("The question is on its way."), icon="chat", has_preview=True,
    ),
    Deed(
        "add", _("Add what a caller says"), _("Add it"), Permission.REPORT_FOR_OTHERS, AddForm,
        lambda incident: is_whole(incident) and bool(incident.active_cases), "tell",
        done=_("Added. The department sees it."), icon="plus",
    ),
    Deed(
        "redact", _("Cover private details"), _("Cover them"),
        Permission.REDACT, RedactForm, lambda incident: bool(incident.active_cases), "correct",
        done=_("The words are covered."), icon="lock",
    ),
    Deed(
        "withdraw", _("Take a case back for its reporter"), _("Take it back"),
        Permission.REPORT_FOR_OTHERS, WithdrawForm, is_open, "correct",
        hint=_("Only if the person asked for it. It cannot be undone."),
        done=_("Taken back."), icon="return",
    ),
)  # fmt: skip
