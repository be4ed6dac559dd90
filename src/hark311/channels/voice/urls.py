"""Where the telephone's providers ask: under /channels/voice/."""

from django.urls import path

from hark311.channels.voice import views

app_name = "voice"

urlpatterns = [
    path("call", views.call, name="call"),
    path("turn/<int:number>", views.turn, name="turn"),
    path("ended", views.ended, name="ended"),
    path("recordings", views.recording, name="recording"),
    path("prompts/<slug:language>/<slug:name>.wav", views.prompt, name="prompt"),
]
