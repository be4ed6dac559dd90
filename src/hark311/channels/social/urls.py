"""The addresses of this channel; only providers ask for them."""

from django.urls import path

from hark311.channels.social.hook import meta_hook, x_hook

app_name = "social"
urlpatterns = [
    path("meta", meta_hook, name="meta"),
    path("x", x_hook, name="x"),
]
