"""What can be done with many incidents at once. Closing is not: it is done one by one, with proof.

Each form knows the action that it calls for one incident, and by which event it is known
again when the same is sent a second time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from hark311.access.policy import Permission
from hark311.cases.actions.acknowledge_incident import acknowledge_incident
from hark311.cases.actions.add_note import add_internal_note, add_public_note
from hark311.cases.actions.assign_incident import assign_incident
from hark311.cases.actions.transfer_incident import transfer_incident
from hark311.cases.queries.staff_queue import QueueRow
from hark311.console.deeds.base import Choices, colleague_choices, menu, radios, text_field
from hark311.console.desk import Desk
from hark311.console.staff_form import StaffForm
from hark311.domain.lifecycle import State
from hark311.domain.vocabulary import EventKind
from hark311.government.accounts import colleagues_of_queues
from hark311.privacy.text import mask_text

NOBODY = "nobody"
_STAFF, _EVERYBODY = "staff", "everybody"


@dataclass(frozen=True, slots=True)
class Trace:
    """The event that an action leaves, with the facts that tell it from another of its kind."""

    kind: EventKind
    facts: Mapping[str, object]


class BulkForm(StaffForm):
    """Filled once for many rows of a list."""

    def __init__(self, desk: Desk, rows: Sequence[QueueRow], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.desk, self.rows = desk, rows
        self.prepare()

    def prepare(self) -> None:
        """Fill choices from the rows."""

    def act(self, row: QueueRow, seen: int) -> None:
        """Call the action for one row, as it was seen."""
        raise NotImplementedError

    def will(self, row: QueueRow) -> str:
        """What a row would be afterwards, as a sentence."""
        raise NotImplementedError

    def trace(self) -> Trace:
        """What the action leaves behind."""
        raise NotImplementedError

    def offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(f"{name} is no choice")
        field.choices = choices


class AcknowledgeMany(BulkForm):
    def act(self, row: QueueRow, seen: int) -> None:
        acknowledge_incident(row.incident_id, actor=self.desk.actor, seen=seen)

    def will(self, row: QueueRow) -> str:
        label = self.desk.state_label(State.ACKNOWLEDGED)
        return gettext("Its state becomes “%(state)s”.") % {"state": label}

    def trace(self) -> Trace:
        return Trace(EventKind.ACKNOWLEDGED, {})


class AssignMany(BulkForm):
    account = menu(_("Who takes them"), _("Those who work in the departments of these matters."))

    def prepare(self) -> None:
        queues = self.desk.names.organisation.queues
        here = [queues[pk] for pk in {row.queue_id for row in self.rows}]
        colleagues = colleagues_of_queues(self.desk.jurisdiction, here)
        named = colleague_choices(colleagues)
        self.offer("account", [("", gettext("Choose")), (NOBODY, gettext("Nobody")), *named])

    def act(self, row: QueueRow, seen: int) -> None:
        assign_incident(row.incident_id, self._account_id, actor=self.desk.actor, seen=seen)

    def will(self, row: QueueRow) -> str:
        names = dict(self.fields["account"].choices)  # type: ignore[attr-defined]  # a menu
        said = {
            "before": row.assignee or gettext("Nobody"),
            "after": names[self.cleaned_data["account"]],
        }
        return gettext("With %(after)s from now on; before: %(before)s.") % said

    def trace(self) -> Trace:
        return Trace(EventKind.ASSIGNED, {"account": self._account_id})

    @property
    def _account_id(self) -> int | None:
        chosen = self.cleaned_data["account"]
        return None if chosen == NOBODY else int(chosen)


class TransferMany(BulkForm):
    queue = menu(_("To which queue"))
    reason = text_field(_("Why"), _("The next department reads this."), rows=3)

    def prepare(self) -> None:
        names = self.desk.names
        queues = [
            (str(queue.id), f"{names.department(queue.department_id)}: {names.queue(queue.id)}")
            for queue in names.organisation.queues.values()
            if queue.is_active and not queue.is_sensitive
        ]
        chosen = sorted(queues, key=lambda choice: choice[1].casefold())
        self.offer("queue", [("", gettext("Choose")), *chosen])

    def act(self, row: QueueRow, seen: int) -> None:
        transfer_incident(
            row.incident_id,
            self._queue_id,
            self.cleaned_data["reason"],
            actor=self.desk.actor,
            seen=seen,
        )

    def will(self, row: QueueRow) -> str:
        said = {"before": row.queue, "after": self.desk.names.queue(self._queue_id)}
        words = gettext(
            "Goes from %(before)s to %(after)s, as newly received; nobody has it there."
        )
        return words % said

    def trace(self) -> Trace:
        queue = self.desk.names.organisation.queues[self._queue_id]
        return Trace(EventKind.TRANSFERRED, {"queue": queue.code})

    @property
    def _queue_id(self) -> int:
        return int(self.cleaned_data["queue"])


class NoteMany(BulkForm):
    readers = radios(_("Who reads it"))
    text = text_field(_("Note"), _("The same words stand on each of them."))

    def prepare(self) -> None:
        self.initial["readers"] = _STAFF
        self.offer(
            "readers",
            [
                (_STAFF, gettext("Staff only")),
                (_EVERYBODY, gettext("Everybody: all who reported it are told")),
            ],
        )

    def act(self, row: QueueRow, seen: int) -> None:
        add_note = add_public_note if self._is_public else add_internal_note
        add_note(row.incident_id, self.cleaned_data["text"], actor=self.desk.actor, seen=seen)

    def will(self, row: QueueRow) -> str:
        if self._is_public:
            return gettext("Gets the note; all who reported it are told.")
        return gettext("Gets the note; only staff read it.")

    def trace(self) -> Trace:
        text = self.cleaned_data["text"].strip()
        return Trace(EventKind.NOTED, {"text": mask_text(text) if self._is_public else text})

    @property
    def _is_public(self) -> bool:
        return bool(self.cleaned_data["readers"] == _EVERYBODY)


@dataclass(frozen=True, slots=True)
class BulkDeed:
    """One thing to do with many rows. key: the letter that begins it, from a row."""

    code: str
    title: StrOrPromise
    button: StrOrPromise
    permission: Permission
    form: type[BulkForm]
    icon: str
    key: str


_DEEDS = (
    BulkDeed(
        "acknowledge", _("Mark as seen"), _("Mark as seen"), Permission.ACKNOWLEDGE,
        AcknowledgeMany, "eye", "a",
    ),
    BulkDeed(
        "assign", _("Give to somebody"), _("Give"), Permission.ASSIGN, AssignMany, "person", "g",
    ),
    BulkDeed(
        "transfer", _("Hand over"), _("Hand over"), Permission.TRANSFER, TransferMany, "hand", "t",
    ),
    BulkDeed("note", _("Note"), _("Write the note"), Permission.NOTE, NoteMany, "edit", "n"),
)  # fmt: skip
BULK_DEEDS: Mapping[str, BulkDeed] = MappingProxyType({deed.code: deed for deed in _DEEDS})


def offered_deeds(desk: Desk) -> tuple[BulkDeed, ...]:
    """What the reader may do somewhere; whether here is asked row by row."""
    return tuple(deed for deed in _DEEDS if desk.may(deed.permission))
