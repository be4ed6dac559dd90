"""The addresses of this channel that only providers and gateways ask for."""

from django.urls import path

from hark311.channels.fax.hook import take_fax

app_name = "fax"
urlpatterns = [path("in", take_fax, name="hook")]
