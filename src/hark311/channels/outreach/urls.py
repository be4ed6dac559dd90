"""The addresses of the calendar; each also stands under /es/ and so on."""

from django.urls import path

from hark311.channels.outreach import pages

app_name = "events"
urlpatterns = [
    path("events", pages.events, name="events"),
    path("events/<int:meeting_id>", pages.event, name="event"),
    path("events/<int:meeting_id>/paper", pages.paper, name="paper"),
]
