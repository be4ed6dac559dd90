"""Names this package to Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "hark311.channels.web"
    label = "web"
