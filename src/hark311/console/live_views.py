"""Hands a page the signature with which it may listen to what its reader may know of."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from hark311.access.policy import Permission
from hark311.cases.announcing import incident_topic, queue_topic
from hark311.cases.queries.staff_search import may_know
from hark311.console.desk import Desk, staff_page
from hark311.platform.live import sign_topics
from hark311.platform.place import live_address


@require_safe
@staff_page(Permission.READ_CASES)
def live(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Where to listen, and the signed topics: the reader's queues, and one incident if asked."""
    topics = [queue_topic(pk) for pk in desk.actor.queues]
    incident = request.GET.get("incident", "")
    if incident.isdecimal() and len(incident) < 18 and may_know(int(incident), desk.actor):
        topics.append(incident_topic(int(incident)))
    signed = sign_topics(topics, person=str(desk.actor.account_id))
    return JsonResponse({"at": f"{live_address(request)}/live/stream", "topics": signed})
