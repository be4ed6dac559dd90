"""Deeds about work orders: write one, move one on."""

from django.utils.translation import gettext_lazy as _

from hark311.access.policy import Permission
from hark311.cases.actions.change_work_order import change_work_order
from hark311.cases.actions.order_work import order_work
from hark311.cases.queries.staff_incident import StaffIncident
from hark311.cases.queries.staff_parts import OrderLine
from hark311.console.deeds.base import (
    Deed,
    DeedForm,
    is_open,
    menu,
    optional_text,
    radios,
    text_field,
)
from hark311.console.wording import ORDER_KINDS, ORDER_STATES
from hark311.domain.vocabulary import WorkOrderKind, WorkOrderState
from hark311.domain.work import steps_from


class OrderForm(DeedForm):
    kind = radios(_("What kind of work"))
    queue = menu(_("Who does it"))
    text = text_field(_("What is to be done"), _("No names or telephone numbers of residents."))

    def prepare(self) -> None:
        names = self.desk.names
        self.offer("kind", [(kind.value, str(ORDER_KINDS[kind])) for kind in WorkOrderKind])
        queues = [
            (str(queue.id), f"{names.department(queue.department_id)}: {names.queue(queue.id)}")
            for queue in names.organisation.queues.values()
            if queue.is_active
        ]
        self.offer("queue", sorted(queues, key=lambda choice: choice[1].casefold()))
        self.initial["queue"] = str(self.incident.queue_id)

    def act(self) -> None:
        order_work(
            self.incident.incident_id,
            WorkOrderKind(self.cleaned_data["kind"]),
            int(self.cleaned_data["queue"]),
            self.cleaned_data["text"],
            actor=self.actor,
            seen=self.seen_sequence,
        )


class ChangeOrderForm(DeedForm):
    order = radios(_("Which work order"))
    state = radios(_("Its state now"))
    text = optional_text(_("What was found or done, or why it failed"))

    def prepare(self) -> None:
        orders = [
            (str(one.order_id), f"{ORDER_KINDS[one.kind]}, {one.department}: {one.text[:80]}")
            for one in _open_orders(self.incident)
        ]
        self.offer("order", orders)
        if len(orders) == 1:
            self.initial["order"] = orders[0][0]
        open_states = {one.state for one in _open_orders(self.incident)}
        possible = frozenset[WorkOrderState]().union(*(steps_from(one) for one in open_states))
        self.offer(
            "state",
            [(one.value, str(ORDER_STATES[one])) for one in WorkOrderState if one in possible],
        )

    def act(self) -> None:
        change_work_order(
            int(self.cleaned_data["order"]),
            WorkOrderState(self.cleaned_data["state"]),
            self.cleaned_data["text"],
            actor=self.actor,
            seen=self.seen_sequence,
        )


def _open_orders(incident: StaffIncident) -> tuple[OrderLine, ...]:
    """Those that the reader may move on: of the own queue all, else those of the own department."""
    return tuple(one for one in incident.orders if one.state.is_open and one.is_ours)


def _has_open_order(incident: StaffIncident) -> bool:
    return bool(_open_orders(incident))


DEEDS = (
    Deed(
        "order", _("Write a work order"), _("Write the order"), Permission.WORK, OrderForm,
        is_open, "work", done=_("The work order is written."), icon="wrench",
    ),
    Deed(
        "order-state", _("Move a work order on"), _("Save"), Permission.WORK, ChangeOrderForm,
        _has_open_order, "work", done=_("Saved."), icon="route",
    ),
)  # fmt: skip
