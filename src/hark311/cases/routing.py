"""Finds the queue of an incident that stands open already, by the rules of its government."""

from hark311.cases.models import Case, Incident
from hark311.catalog.queries import Service, routing_rules
from hark311.domain import routing
from hark311.government.queries import Organisation


def route_again(
    incident: Incident, case: Case, service: Service, organisation: Organisation
) -> routing.Routed:
    """Where the incident belongs as this service, by the answers and channel of its first case.

    The time of day that counts is that of the opening.
    """
    return routing.route(
        routing_rules(incident.jurisdiction),
        routing.RoutingFacts(
            service=service.code,
            areas=frozenset(incident.areas),
            local_at=incident.opened_at.astimezone(organisation.zone),
            answers={code: tuple(values) for code, values in case.answers.items()},
            channel=case.channel,
        ),
        service_queue=organisation.queues[service.queue_id].code,
        fallback_queue=organisation.fallback_queue.code,
        active_queues=frozenset(
            queue.code for queue in organisation.queues.values() if queue.is_active
        ),
    )
