"""The addresses of the kiosk and of its screen."""

from django.urls import path

from hark311.channels.desk import kiosk, screen

app_name = "kiosk"
urlpatterns = [
    path("kiosk", kiosk.begin, name="begin"),
    path("kiosk/need", kiosk.need, name="need"),
    path("kiosk/open/<str:token>", kiosk.open_kiosk, name="open"),
    path("kiosk/screen", screen.screen, name="screen"),
    path("kiosk/screen/live", screen.live, name="live"),
    path("kiosk/ticket/<int:ticket_id>-<str:token>", kiosk.ticket, name="ticket"),
]
