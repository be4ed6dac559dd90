"""Deeds that move an incident along: seen, given, handed over, started, waiting, dated."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hark311.access.policy import Permission
from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.assign_incident import assign_incident
from hark311.cases.actions.resume_incident import resume_incident
from hark311.cases.actions.set_expected import set_expected
from hark311.cases.actions.set_severity import set_severity
from hark311.cases.actions.start_work import start_work
from hark311.cases.actions.transfer_incident import transfer_incident
from hark311.cases.actions.wait_incident import wait_incident
from hark311.cases.queries.staff_incident import StaffIncident
from hark311.console.deeds.base import (
    Deed,
    DeedForm,
    colleague_choices,
    day_field,
    is_open,
    menu,
    radios,
    text_field,
)
from hark311.console.wording import SEVERITIES, WAITING
from hark311.domain.lifecycle import Verb, WaitingFor, possible_verbs
from hark311.domain.vocabulary import Severity
from hark311.government.accounts import colleagues_of_queue


class AcknowledgeForm(DeedForm):
    def act(self) -> None:
        acknowledge_incident(self.incident.incident_id, actor=self.actor, seen=self.seen_sequence)


class StartForm(DeedForm):
    def act(self) -> None:
        start_work(self.incident.incident_id, actor=self.actor, seen=self.seen_sequence)


class ResumeForm(DeedForm):
    def act(self) -> None:
        resume_incident(self.incident.incident_id, actor=self.actor, seen=self.seen_sequence)


class AssignForm(DeedForm):
    account = menu(_("Who takes it"))

    def prepare(self) -> None:
        queue = self.desk.names.organisation.queues[self.incident.queue_id]
        colleagues = colleagues_of_queue(self.desk.jurisdiction, queue)
        named = colleague_choices(colleagues)
        self.offer("account", [("nobody", gettext("Nobody")), *named])
        if self.incident.assignee_id is not None:
            self.initial["account"] = str(self.incident.assignee_id)

    def act(self) -> None:
        chosen = self.cleaned_data["account"]
        assign_incident(
            self.incident.incident_id,
            None if chosen == "nobody" else int(chosen),
            actor=self.actor,
            seen=self.seen_sequence,
        )


class TransferForm(DeedForm):
    queue = menu(_("To which queue"))
    reason = text_field(_("Why"), _("The next department reads this."), rows=3)

    def prepare(self) -> None:
        names = self.desk.names
        queues = [
            (str(queue.id), f"{names.department(queue.department_id)}: {names.queue(queue.id)}")
            for queue in names.organisation.queues.values()
            if queue.is_active
            and queue.id != self.incident.queue_id
            and (self.incident.is_sensitive or not queue.is_sensitive)
        ]
        self.offer("queue", sorted(queues, key=lambda choice: choice[1].casefold()))

    def act(self) -> None:
        transfer_incident(
            self.incident.incident_id,
            int(self.cleaned_data["queue"]),
            self.cleaned_data["reason"],
            actor=self.actor,
            seen=self.seen_sequence,
        )


class WaitForm(DeedForm):
    waiting_for = radios(_("What it waits for"))
    note = text_field(_("What exactly"), _("People read this."), rows=2)
    expected_on = day_field(_("Goes on about"), _("Leave it empty if nobody knows."))

    def prepare(self) -> None:
        self.offer("waiting_for", [(kind.value, str(WAITING[kind])) for kind in WaitingFor])

    def act(self) -> None:
        wait_incident(
            self.incident.incident_id,
            WaitingFor(self.cleaned_data["waiting_for"]),
            self.cleaned_data["note"],
            expected_on=self.cleaned_data["expected_on"],
            actor=self.actor,
            seen=self.seen_sequence,
        )


class ExpectedForm(DeedForm):
    expected_on = day_field(_("Expected on"), _("All who reported it see this day."))

    def prepare(self) -> None:
        self.initial["expected_on"] = self.incident.expected_on

    def act(self) -> None:
        set_expected(
            self.incident.incident_id,
            self.cleaned_data["expected_on"],
            actor=self.actor,
            seen=self.seen_sequence,
        )


class SeverityForm(DeedForm):
    severity = forms.ChoiceField(label=_("How urgent it is"), widget=forms.RadioSelect)

    def prepare(self) -> None:
        self.offer("severity", [(one.value, str(SEVERITIES[one])) for one in Severity])
        self.initial["severity"] = self.incident.severity.value

    def act(self) -> None:
        set_severity(
            self.incident.incident_id,
            Severity(self.cleaned_data["severity"]),
            actor=self.actor,
            seen=self.seen_sequence,
        )


def _can(verb: Verb, incident: StaffIncident) -> bool:
    return incident.merged_into_id is None and verb in possible_verbs(incident.state)


DEEDS = (
    Deed(
        "acknowledge", _("Mark as seen"), _("Mark as seen"), Permission.ACKNOWLEDGE,
        AcknowledgeForm, lambda incident: _can(Verb.ACKNOWLEDGE, incident), "next",
        done=_("Marked as seen."), icon="eye", is_plain=True, key="a",
    ),
    Deed(
        "start", _("Start work"), _("Start work"), Permission.WORK,
        StartForm, lambda incident: _can(Verb.START_WORK, incident), "next",
        done=_("Work has started."), icon="wrench", is_plain=True,
    ),
    Deed(
        "resume", _("Go on with the work"), _("Go on with the work"), Permission.WORK,
        ResumeForm, lambda incident: _can(Verb.RESUME, incident), "next",
        done=_("The work goes on."), icon="arrow", is_plain=True,
    ),
    Deed(
        "assign", _("Give it to somebody"), _("Give"), Permission.ASSIGN, AssignForm, is_open,
        "next", done=_("Given."), icon="person", key="g",
    ),
    Deed(
        "wait", _("Let it wait"), _("Let it wait"), Permission.WORK,
        WaitForm, lambda incident: _can(Verb.WAIT, incident), "next",
        done=_("It waits now."), icon="wait", has_preview=True,
    ),
    Deed(
        "transfer", _("Hand it over"), _("Hand over"), Permission.TRANSFER, TransferForm, is_open,
        "next", done=_("Handed over."), icon="hand", key="t", has_preview=True,
    ),
    Deed(
        "expected", _("Set the expected date"), _("Set the date"), Permission.WORK, ExpectedForm,
        is_open, "next", done=_("The date is set."), icon="clock", has_preview=True,
    ),
    Deed(
        "severity", _("Set how urgent it is"), _("Set"), Permission.SET_SEVERITY, SeverityForm,
        is_open, "correct", done=_("Set."), icon="flag",
    ),
)  # fmt: skip
