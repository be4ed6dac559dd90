"""Where everything of Open311 stands: under /open311/."""

from django.urls import path, re_path

from hark311.channels.open311.case_lists import list_requests, show_request, show_token
from hark311.channels.open311.catalog_pages import list_services, show_definition
from hark311.channels.open311.discovery import show_discovery
from hark311.channels.open311.exchange import address, unknown_address
from hark311.channels.open311.posting import post_request
from hark311.channels.open311.updates import list_updates, post_update

app_name = "open311"

_FORM = r"\.(?P<form>json|xml)$"

urlpatterns = [
    re_path(rf"^(?:v2/)?discovery{_FORM}", address(show_discovery), name="discovery"),
    re_path(rf"^v2/services{_FORM}", address(list_services), name="services"),
    re_path(rf"^v2/services/(?P<code>.+){_FORM}", address(show_definition), name="service"),
    re_path(rf"^v2/requests{_FORM}", address(list_requests, post_request), name="requests"),
    re_path(rf"^v2/requests/(?P<number>.+){_FORM}", address(show_request), name="request"),
    re_path(rf"^v2/tokens/(?P<token>.+){_FORM}", address(show_token), name="token"),
    re_path(
        rf"^v2/servicerequestupdates{_FORM}", address(list_updates, post_update), name="updates"
    ),
    path("", unknown_address),
    path("<path:rest>", unknown_address),
]
