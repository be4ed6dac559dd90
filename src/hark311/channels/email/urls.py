"""The addresses of this channel; machines and mail programs ask for them."""

from django.urls import path

from hark311.channels.email.hook import take_hook
from hark311.channels.email.stopping import stop

app_name = "email"
urlpatterns = [
    path("in/<slug:provider>", take_hook, name="hook"),
    path("stop/<int:notice_id>-<str:token>", stop, name="stop"),
]
